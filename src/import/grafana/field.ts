/** How values are shown: in `fieldConfig` now; in axes, formats and styles of the kind of panel formerly. */
import type {
  PlannedPanel,
  PlannedSeriesLook,
  PlannedThreshold,
  ThresholdColor,
  ValueWord,
} from "../../plan/dashboard/planned.ts";
import { at, type Json, number, object, objects, text } from "./json.ts";
import { readLinks } from "./link.ts";

type Field = Pick<
  PlannedPanel,
  "unit" | "min" | "max" | "decimals" | "stack" | "thresholds" | "mappings" | "series" | "transformations"
>;

/** What a panel says of its values. */
export function fieldOf(panel: Json): Field {
  const config = at(panel, "fieldConfig");
  const defaults = at(config, "defaults");
  const [axis] = objects(at(panel, "yaxes"));
  const gauge = at(panel, "gauge");
  const steps = objects(at(at(defaults, "thresholds"), "steps")).map(threshold);
  const overrides = objects(at(config, "overrides")).flatMap(override);
  return {
    unit: text(at(defaults, "unit")) ?? text(at(axis, "format")) ?? text(at(panel, "format")),
    min: firstNumber(at(defaults, "min"), at(axis, "min"), at(gauge, "minValue")),
    max: firstNumber(at(defaults, "max"), at(axis, "max"), at(gauge, "maxValue")),
    decimals: firstNumber(at(defaults, "decimals"), at(panel, "decimals")),
    stack: stackOf(panel, defaults),
    thresholds: steps.length > 0 ? steps : oldThresholds(panel),
    mappings: { ...oldWords(panel), ...mappingsOf(at(defaults, "mappings")) },
    series: [...overrides, ...objects(at(panel, "seriesOverrides")).flatMap(oldOverride), ...oldStyles(panel)],
    transformations: objects(at(panel, "transformations")).flatMap((one) => {
      // Schema v2 names a transformation by its kind at first, by its group later.
      const spec = object(at(one, "spec"));
      const id = text(at(one, "id")) ?? text(at(spec, "id")) ?? text(at(one, "group")) ?? text(at(one, "kind"));
      return id === undefined ? [] : [{ id, options: object(at(one, "options") ?? at(spec, "options")) }];
    }),
  };
}

function firstNumber(...values: readonly unknown[]): number | undefined {
  return values.map(number).find((value) => value !== undefined);
}

function stackOf(panel: Json, defaults: unknown): PlannedPanel["stack"] {
  const mode = at(at(at(defaults, "custom"), "stacking"), "mode");
  if (mode === "percent" || (at(panel, "stack") === true && at(panel, "percentage") === true)) return "percent";
  return mode === "normal" || at(panel, "stack") === true;
}

function threshold(step: Json): PlannedThreshold {
  return { from: number(at(step, "value")), color: colorOf(at(step, "color")) ?? "text" };
}

const COLORS = ["green", "yellow", "orange", "red", "blue", "text"] as const;

/** A colour by the name that stands in it: `dark-red` is red. */
export function colorOf(value: unknown): ThresholdColor | undefined {
  const written = text(value);
  if (written !== undefined && /^#[0-9a-f]{6}$/i.test(written)) return written as `#${string}`;
  return COLORS.find((color) => written?.includes(color));
}

/** Of a number before Grafana 7: `"65,90"`, and a colour for what is below, between and above. */
function oldThresholds(panel: Json): readonly PlannedThreshold[] {
  const written = text(at(panel, "thresholds"));
  if (written === undefined) return [];
  const colors = Array.isArray(panel.colors) ? panel.colors : [];
  const limits = written.split(",").map((limit) => number(limit.trim()));
  return [undefined, ...limits].flatMap((from, i) =>
    i > 0 && from === undefined ? [] : [{ from, color: colorOf(colors[i]) ?? OLD_COLORS[i] ?? "red" }],
  );
}

const OLD_COLORS: readonly ThresholdColor[] = ["green", "orange", "red"];

/** Words for values, as all ages of `mappings` write them. */
export function mappingsOf(mappings: unknown): Readonly<Record<string, ValueWord>> {
  return Object.fromEntries(objects(mappings).flatMap(words));
}

function words(mapping: Json): readonly (readonly [string, ValueWord])[] {
  const type = at(mapping, "type");
  if (type === "value")
    return Object.entries(object(at(mapping, "options"))).map(([value, word]) => [
      value,
      { text: text(at(word, "text")) ?? value, color: colorOf(at(word, "color")) },
    ]);
  // Before Grafana 8 each was one of its own.
  const [value, word] = [at(mapping, "value"), text(at(mapping, "text"))];
  return type === 1 && word !== undefined ? [[String(value), { text: word, color: undefined }]] : [];
}

function oldWords(panel: Json): Readonly<Record<string, ValueWord>> {
  const known = objects(at(panel, "valueMaps")).filter((map) => text(at(map, "value")) !== "null");
  return Object.fromEntries(
    known.flatMap((map) => {
      const [value, word] = [text(String(at(map, "value"))), text(at(map, "text"))];
      return value === undefined || word === undefined ? [] : [[value, { text: word, color: undefined }]];
    }),
  );
}

/** For which series an override is; those of a kind of value, or that are chosen by hand, are left out. */
const MATCHERS: Readonly<Record<string, (options: string) => Pick<PlannedSeriesLook, "of" | "refId">>> = {
  byName: (of) => ({ of }),
  byRegexp: (pattern) => ({ of: /^\/.+\/\w*$/s.test(pattern) ? pattern : `/${pattern}/` }),
  byFrameRefID: (refId) => ({ of: "", refId }),
};

const CELLS: Readonly<Record<string, NonNullable<PlannedSeriesLook["cell"]>>> = {
  "color-text": "text color",
  "color-background": "background color",
  gauge: "bar",
};

/** What each property of an override says. */
const PROPERTIES: Readonly<Record<string, (value: unknown) => Omit<PlannedSeriesLook, "of">>> = {
  displayName: (value) => given("name", text(value)),
  color: (value) => given("color", hex(text(at(value, "fixedColor")))),
  unit: (value) => given("unit", text(value)),
  decimals: (value) => given("decimals", number(value)),
  min: (value) => given("min", number(value)),
  max: (value) => given("max", number(value)),
  mappings: (value) => ({ mappings: mappingsOf(value) }),
  thresholds: (value) => ({ thresholds: objects(at(value, "steps")).map(threshold) }),
  links: (value) => ({ links: readLinks(value) }),
  "custom.fillOpacity": (value) => given("fill", number(value)),
  "custom.axisPlacement": (value) => (value === "left" || value === "right" ? { axis: value } : {}),
  "custom.lineStyle": (value) => ({ dashed: at(value, "fill") === "dash" }),
  "custom.transform": (value) => ({ negative: value === "negative-Y" }),
  "custom.stacking": (value) => ({ apart: at(value, "mode") === "none" }),
  "custom.hideFrom": (value) => ({ hidden: at(value, "viz") === true }),
  "custom.hidden": (value) => ({ hidden: value === true }),
  "custom.width": (value) => given("width", number(value)),
  "custom.cellOptions": (value) => given("cell", CELLS[text(at(value, "type")) ?? ""]),
  "custom.displayMode": (value) => given("cell", CELLS[text(value) ?? ""]),
};

function given<K extends keyof PlannedSeriesLook>(key: K, value: PlannedSeriesLook[K] | undefined) {
  return value === undefined ? {} : { [key]: value };
}

function hex(color: string | undefined): PlannedSeriesLook["color"] {
  const known = colorOf(color);
  return known === "text" ? undefined : known;
}

function override(one: Json): readonly PlannedSeriesLook[] {
  const matcher = at(one, "matcher");
  const options = at(matcher, "options");
  const matched = MATCHERS[text(at(matcher, "id")) ?? ""]?.(typeof options === "string" ? options : "");
  if (matched === undefined || typeof options !== "string") return [];
  const looks = objects(at(one, "properties")).map((property) =>
    PROPERTIES[text(at(property, "id")) ?? ""]?.(at(property, "value")),
  );
  return [Object.assign({}, ...looks, matched) as PlannedSeriesLook];
}

/** Of a graph before Grafana 7. */
function oldOverride(one: Json): readonly PlannedSeriesLook[] {
  const of = text(at(one, "alias"));
  if (of === undefined) return [];
  const fill = number(at(one, "fill"));
  return [
    {
      of,
      ...given("color", hex(text(at(one, "color")))),
      ...(at(one, "yaxis") === 2 ? { axis: "right" as const } : {}),
      ...(at(one, "dashes") === true ? { dashed: true } : {}),
      ...(at(one, "transform") === "negative-Y" ? { negative: true } : {}),
      ...(at(one, "stack") === false ? { apart: true } : {}),
      ...(at(one, "lines") === false ? { hidden: true } : {}),
      ...(fill === undefined ? {} : { fill: Math.min(100, fill * 10) }),
    },
  ];
}

/** Of a table before Grafana 7: what each column is called, and how its values are shown. */
function oldStyles(panel: Json): readonly PlannedSeriesLook[] {
  return objects(at(panel, "styles")).flatMap((style) => {
    const of = text(at(style, "pattern"));
    if (of === undefined) return [];
    const url = at(style, "link") === true ? text(at(style, "linkUrl")) : undefined;
    const title = text(at(style, "linkTooltip")) ?? "";
    const newTab = at(style, "linkTargetBlank") === true;
    return [
      {
        of,
        ...given("name", text(at(style, "alias"))),
        ...given("unit", text(at(style, "unit"))),
        ...given("decimals", number(at(style, "decimals"))),
        ...(at(style, "type") === "hidden" ? { hidden: true } : {}),
        ...(url === undefined ? {} : { links: [{ title, url, newTab }] }),
      },
    ];
  });
}
