/** What every kind of panel can be told of its values, and of some of its series: on the builders of either schema. */
import type { PlannedPanel, PlannedSeriesLook, PlannedThreshold, ValueWord } from "../../plan/dashboard/planned.ts";
import { type Sdk, sdk } from "./sdk.ts";

type PanelBuilder = InstanceType<Sdk<"timeseries">["PanelBuilder"]>;

type ValueMap = import("@grafana/grafana-foundation-sdk/dashboard").ValueMap;

/** The settings that every kind has, in both schemas. */
export type FieldBuilder = Pick<
  PanelBuilder,
  | "unit"
  | "min"
  | "max"
  | "decimals"
  | "mappings"
  | "thresholds"
  | "colorScheme"
  | "noValue"
  | "overrideByName"
  | "overrideByRegexp"
  | "overrideByQuery"
>;

/** Sets what every kind has. */
export function setField(builder: FieldBuilder, panel: PlannedPanel): void {
  const { unit, min, max, decimals, mappings, thresholds, look, series } = panel;
  if (unit !== undefined) builder.unit(unit);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (decimals !== undefined) builder.decimals(decimals);
  if (look.noValue !== undefined) builder.noValue(look.noValue);
  if (look.color !== undefined) {
    const { FieldColorBuilder, FieldColorModeId } = sdk("dashboard");
    builder.colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(look.color));
  }
  if (Object.keys(mappings).length > 0) builder.mappings([mapping(mappings)]);
  if (thresholds.length > 0) {
    const { ThresholdsConfigBuilder } = sdk("dashboard");
    const { mode, steps } = thresholdsConfig(thresholds);
    builder.thresholds(new ThresholdsConfigBuilder().mode(mode).steps(steps));
  }
  for (const one of series) override(builder, one);
}

function mapping(mappings: Readonly<Record<string, ValueWord>>): ValueMap {
  const options = Object.fromEntries(
    Object.entries(mappings).map(([value, { text, color }], index) => [
      value,
      color === undefined ? { text, index } : { text, color, index },
    ]),
  );
  return { type: sdk("dashboard").MappingType.ValueToText, options };
}

function thresholdsConfig(thresholds: readonly PlannedThreshold[]) {
  const [first] = thresholds;
  const base = first?.from === undefined ? [] : [{ value: null, color: "text" }];
  const steps = thresholds.map(({ from, color }) => ({ value: from ?? null, color: color as string }));
  return { mode: sdk("dashboard").ThresholdsMode.Absolute, steps: [...base, ...steps] };
}

type Property = { id: string; value: unknown };

function override(builder: FieldBuilder, look: PlannedSeriesLook): void {
  const properties = propertiesOf(look);
  if (look.refId !== undefined) builder.overrideByQuery(look.refId, properties);
  else if (/^\/.+\/\w*$/s.test(look.of)) builder.overrideByRegexp(look.of, properties);
  else builder.overrideByName(look.of, properties);
}

type Setting = Exclude<keyof PlannedSeriesLook, "of" | "refId">;

const CELLS = { "text color": "color-text", "background color": "color-background", bar: "gauge" } as const;

/** What each setting is called in an override. https://grafana.com/docs/grafana/latest/panels-visualizations/configure-overrides/ */
const PROPERTIES: {
  readonly [K in Setting]: (value: NonNullable<PlannedSeriesLook[K]>) => Property | readonly Property[];
} = {
  name: (value) => ({ id: "displayName", value }),
  color: (fixedColor) => ({ id: "color", value: { mode: "fixed", fixedColor } }),
  unit: (value) => ({ id: "unit", value }),
  decimals: (value) => ({ id: "decimals", value }),
  min: (value) => ({ id: "min", value }),
  max: (value) => ({ id: "max", value }),
  fill: (value) => ({ id: "custom.fillOpacity", value }),
  axis: (value) => ({ id: "custom.axisPlacement", value }),
  dashed: (value) => ({
    id: "custom.lineStyle",
    value: value ? { fill: "dash", dash: [10, 10] } : { fill: "solid" },
  }),
  negative: (value) => (value ? { id: "custom.transform", value: "negative-Y" } : []),
  apart: (value) => (value ? { id: "custom.stacking", value: { mode: "none", group: "A" } } : []),
  // A series is hidden from the plot, and a column from the table.
  hidden: (value) => [
    { id: "custom.hideFrom", value: { legend: value, tooltip: value, viz: value } },
    { id: "custom.hidden", value },
  ],
  width: (value) => ({ id: "custom.width", value }),
  cell: (value) => ({ id: "custom.cellOptions", value: { type: CELLS[value] } }),
  mappings: (value) => ({ id: "mappings", value: [mapping(value)] }),
  thresholds: (value) => ({ id: "thresholds", value: thresholdsConfig(value) }),
  links: (links) => ({
    id: "links",
    value: links.map(({ title, url, newTab }) => ({ title, url, targetBlank: newTab })),
  }),
};

function propertiesOf(look: PlannedSeriesLook): Property[] {
  return (Object.keys(PROPERTIES) as Setting[]).flatMap((setting) => {
    const value = look[setting];
    return value === undefined ? [] : (PROPERTIES[setting] as (value: unknown) => Property | Property[])(value);
  });
}
