/** How each kind of panel is drawn: the same settings on the builders of either schema, which have the same methods. */
import type { PanelKind, PlannedPanel } from "../../plan/dashboard/planned.ts";
import { type Sdk, sdk } from "./sdk.ts";

type Builder<M extends VisualModule> = InstanceType<Sdk<M>["PanelBuilder"]>;

type VisualModule = "timeseries" | "stat" | "gauge" | "bargauge" | "table" | "heatmap" | "statetimeline" | "text";

/** The settings that every kind has. */
export type FieldBuilder = Pick<
  Builder<"timeseries">,
  "unit" | "min" | "max" | "decimals" | "mappings" | "thresholds" | "colorScheme"
>;

interface Visual<M extends VisualModule> {
  readonly module: M;
  readonly set: (builder: Builder<M>, panel: PlannedPanel) => void;
}

/** Which of the library's modules draws a panel, and how. */
export const VISUALS: { readonly [K in PanelKind]: Visual<VisualModule> } = {
  timeseries: visual("timeseries", (builder, panel) => {
    const { GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode, VisibilityMode } = sdk("common");
    const { StackingConfigBuilder, StackingMode } = sdk("common");
    builder
      .fillOpacity(panel.stack ? 30 : 8)
      .lineWidth(1)
      .showPoints(VisibilityMode.Never)
      .legend(legend())
      .tooltip(tooltip());
    if (panel.stack) builder.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A"));
    if (panel.thresholds.length > 0) {
      const mode = GraphThresholdsStyleMode.Dashed;
      builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(mode));
    }
  }),
  stat: visual("stat", (builder) => {
    const { BigValueColorMode, BigValueGraphMode } = sdk("common");
    builder.colorMode(BigValueColorMode.Value).graphMode(BigValueGraphMode.None).reduceOptions(last());
  }),
  gauge: visual("gauge", (builder) => {
    builder.reduceOptions(last());
  }),
  "bar gauge": visual("bargauge", (builder) => {
    const { BarGaugeDisplayMode, VizOrientation } = sdk("common");
    builder.displayMode(BarGaugeDisplayMode.Basic).orientation(VizOrientation.Horizontal).reduceOptions(last());
  }),
  table: visual("table", (builder) => {
    builder.filterable(true);
  }),
  heatmap: visual("heatmap", (builder, panel) => {
    const { HeatmapColorOptionsBuilder, HeatmapTooltipBuilder, YAxisConfigBuilder } = sdk("heatmap");
    builder
      .calculate(false)
      .color(new HeatmapColorOptionsBuilder().scheme("Oranges").steps(32))
      .tooltip(new HeatmapTooltipBuilder().yHistogram(true))
      .yAxis(new YAxisConfigBuilder().unit(panel.unit ?? "short"));
  }),
  "state timeline": visual("statetimeline", (builder) => {
    const { VisibilityMode } = sdk("common");
    builder.mergeValues(true).showValue(VisibilityMode.Never).rowHeight(0.8).legend(legend()).tooltip(tooltip());
  }),
  text: visual("text", (builder, panel) => {
    builder.mode(sdk("text").TextMode.Markdown).content(panel.content ?? "");
  }),
  logs: visual("text", (builder, panel) => {
    builder.mode(sdk("text").TextMode.Markdown).content(panel.content ?? "");
  }),
  alerts: visual("table", (builder) => {
    builder.filterable(true);
  }),
};

/** The kind of a panel that is built; what was read of an unknown kind is never built. */
export function kindOf({ as }: PlannedPanel): PanelKind {
  return as === "other" ? "table" : as;
}

/** Sets what every kind has. */
export function setField(builder: FieldBuilder, panel: PlannedPanel): void {
  const { unit, min, max, decimals, mappings, thresholds } = panel;
  if (unit !== undefined) builder.unit(unit);
  if (min !== undefined) builder.min(min);
  if (max !== undefined) builder.max(max);
  if (decimals !== undefined) builder.decimals(decimals);
  const { MappingType, ThresholdsConfigBuilder, ThresholdsMode } = sdk("dashboard");
  if (Object.keys(mappings).length > 0) {
    const options = Object.fromEntries(
      Object.entries(mappings).map(([value, { text, color }], index) => [
        value,
        color === undefined ? { text, index } : { text, color, index },
      ]),
    );
    builder.mappings([{ type: MappingType.ValueToText, options }]);
  }
  if (thresholds.length > 0) {
    const [first] = thresholds;
    const base = first?.from === undefined ? [] : [{ value: null, color: "text" }];
    const steps = thresholds.map(({ from, color }) => ({ value: from ?? null, color: color as string }));
    builder.thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps([...base, ...steps]));
  }
}

/** What is done to a query's answer before it is drawn: of firing alerts, only what tells them apart. */
export function transformationsOf({ as }: PlannedPanel): readonly { readonly id: string; readonly options: object }[] {
  if (as === "alerts")
    return [
      { id: "organize", options: { excludeByName: { Time: true, Value: true, __name__: true, alertstate: true } } },
    ];
  return as === "table" ? [{ id: "organize", options: { excludeByName: { Time: true, __name__: true } } }] : [];
}

function visual<M extends VisualModule>(module: M, set: Visual<M>["set"]): Visual<VisualModule> {
  return { module, set } as unknown as Visual<VisualModule>;
}

function legend() {
  const { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } = sdk("common");
  return new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true);
}

function tooltip() {
  const { SortOrder, TooltipDisplayMode, VizTooltipOptionsBuilder } = sdk("common");
  return new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending);
}

function last() {
  return new (sdk("common").ReduceDataOptionsBuilder)().calcs(["lastNotNull"]);
}
