/** How each kind of panel is drawn: the same settings on the builders of either schema, which have the same methods. */
import type { Calculation } from "../../model/dashboard/look.ts";
import type { PanelKind, PlannedPanel } from "../../plan/dashboard/planned.ts";
import { type Sdk, sdk } from "./sdk.ts";

type Builder<M extends VisualModule> = InstanceType<Sdk<M>["PanelBuilder"]>;

type VisualModule =
  | "timeseries"
  | "stat"
  | "gauge"
  | "bargauge"
  | "piechart"
  | "table"
  | "heatmap"
  | "statetimeline"
  | "statushistory"
  | "text";

interface Visual<M extends VisualModule> {
  readonly module: M;
  readonly set: (builder: Builder<M>, panel: PlannedPanel) => void;
}

/** Which of the library's modules draws a panel, and how. */
export const VISUALS: { readonly [K in PanelKind]: Visual<VisualModule> } = {
  timeseries: visual("timeseries", (builder, panel) => {
    const { GraphDrawStyle, GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode, VisibilityMode } =
      sdk("common");
    const { draw = "lines", fill, axis } = panel.look;
    const styles = { lines: GraphDrawStyle.Line, bars: GraphDrawStyle.Bars, points: GraphDrawStyle.Points };
    builder
      .fillOpacity(fill ?? (draw === "bars" ? 80 : panel.stack !== false ? 30 : 8))
      .lineWidth(1)
      .showPoints(draw === "points" ? VisibilityMode.Auto : VisibilityMode.Never)
      .legend(legend(panel))
      .tooltip(tooltip());
    if (draw !== "lines") builder.drawStyle(styles[draw]);
    if (axis?.label !== undefined) builder.axisLabel(axis.label);
    if (axis?.scale !== undefined) builder.scaleDistribution(scale(axis.scale));
    if (panel.stack !== false) builder.stacking(stacking(panel.stack));
    if (panel.thresholds.length > 0) {
      const mode = GraphThresholdsStyleMode.Dashed;
      builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(mode));
    }
  }),
  stat: visual("stat", (builder, panel) => {
    const { BigValueColorMode, BigValueGraphMode } = sdk("common");
    const { colored = "text", sparkline = false } = panel.look;
    const modes = {
      text: BigValueColorMode.Value,
      background: BigValueColorMode.Background,
      nothing: BigValueColorMode.None,
    };
    builder
      .colorMode(modes[colored])
      .graphMode(sparkline ? BigValueGraphMode.Area : BigValueGraphMode.None)
      .reduceOptions(reduced(panel));
  }),
  gauge: visual("gauge", (builder, panel) => {
    builder.reduceOptions(reduced(panel));
  }),
  "bar gauge": visual("bargauge", (builder, panel) => {
    const { BarGaugeDisplayMode, VizOrientation } = sdk("common");
    builder.displayMode(BarGaugeDisplayMode.Basic).orientation(VizOrientation.Horizontal).reduceOptions(reduced(panel));
  }),
  "pie chart": visual("piechart", (builder, panel) => {
    const { LegendDisplayMode, LegendPlacement } = sdk("common");
    const { PieChartLegendOptionsBuilder, PieChartLegendValues, PieChartType } = sdk("piechart");
    const { legendAt = "right" } = panel.look;
    builder
      .pieType(PieChartType.Donut)
      .reduceOptions(reduced(panel))
      .tooltip(tooltip())
      .legend(
        new PieChartLegendOptionsBuilder()
          .displayMode(LegendDisplayMode.Table)
          .placement(legendAt === "bottom" ? LegendPlacement.Bottom : LegendPlacement.Right)
          .showLegend(legendAt !== "nowhere")
          .values([PieChartLegendValues.Value, PieChartLegendValues.Percent]),
      );
  }),
  table: visual("table", (builder, { look: { sortBy } }) => {
    builder.filterable(true);
    if (sortBy === undefined) return;
    const { TableSortByFieldStateBuilder } = sdk("common");
    builder.sortBy([new TableSortByFieldStateBuilder().displayName(sortBy.column).desc(sortBy.descending)]);
  }),
  heatmap: visual("heatmap", (builder, panel) => {
    const { HeatmapColorOptionsBuilder, HeatmapTooltipBuilder, YAxisConfigBuilder } = sdk("heatmap");
    builder
      .calculate(false)
      .color(new HeatmapColorOptionsBuilder().scheme("Oranges").steps(32))
      .tooltip(new HeatmapTooltipBuilder().yHistogram(true))
      .yAxis(new YAxisConfigBuilder().unit(panel.unit ?? "short"));
  }),
  "state timeline": visual("statetimeline", (builder, panel) => {
    const { VisibilityMode } = sdk("common");
    builder.mergeValues(true).showValue(VisibilityMode.Never).rowHeight(0.8).legend(legend(panel)).tooltip(tooltip());
  }),
  "status history": visual("statushistory", (builder, panel) => {
    const { VisibilityMode } = sdk("common");
    builder.showValue(VisibilityMode.Never).rowHeight(0.8).legend(legend(panel)).tooltip(tooltip());
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

function visual<M extends VisualModule>(module: M, set: Visual<M>["set"]): Visual<VisualModule> {
  return { module, set } as unknown as Visual<VisualModule>;
}

function stacking(stack: true | "percent") {
  const { StackingConfigBuilder, StackingMode } = sdk("common");
  return new StackingConfigBuilder().mode(stack === true ? StackingMode.Normal : StackingMode.Percent).group("A");
}

function scale(kind: "linear" | "log2" | "log10") {
  const { ScaleDistribution, ScaleDistributionConfigBuilder } = sdk("common");
  const builder = new ScaleDistributionConfigBuilder();
  return kind === "linear"
    ? builder.type(ScaleDistribution.Linear)
    : builder.type(ScaleDistribution.Log).log(kind === "log2" ? 2 : 10);
}

function legend({ look: { legendAt = "bottom", legendShows = [] } }: PlannedPanel) {
  const { LegendDisplayMode, LegendPlacement, VizLegendOptionsBuilder } = sdk("common");
  const builder = new VizLegendOptionsBuilder()
    .displayMode(legendShows.length > 0 ? LegendDisplayMode.Table : LegendDisplayMode.List)
    .placement(legendAt === "right" ? LegendPlacement.Right : LegendPlacement.Bottom)
    .showLegend(legendAt !== "nowhere");
  return legendShows.length === 0 ? builder : builder.calcs(legendShows.map((one) => CALCULATIONS[one]));
}

function tooltip() {
  const { SortOrder, TooltipDisplayMode, VizTooltipOptionsBuilder } = sdk("common");
  return new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending);
}

/** How Grafana calls what makes one number of many. */
const CALCULATIONS: Readonly<Record<Calculation, string>> = {
  last: "lastNotNull",
  mean: "mean",
  max: "max",
  min: "min",
  sum: "sum",
};

function reduced({ look }: PlannedPanel) {
  return new (sdk("common").ReduceDataOptionsBuilder)().calcs([CALCULATIONS[look.shows ?? "last"]]);
}
