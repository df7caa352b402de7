/** Dashboards in Grafana's classic schema. https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
import type {
  PlannedAnnotation,
  PlannedDashboard,
  PlannedLink,
  PlannedPanel,
  PlannedQuery,
} from "../../plan/dashboard/planned.ts";
import { classicVariable } from "./classic-variable.ts";
import { type FieldBuilder, setField } from "./field.ts";
import { layOut } from "./layout.ts";
import { refOf } from "./reference.ts";
import { sdk } from "./sdk.ts";
import { kindOf, VISUALS } from "./visualization.ts";

/** The dashboard as Grafana imports and provisions it. */
export function toClassic(dashboard: PlannedDashboard): object {
  const { DashboardBuilder, DashboardCursorSync, RowBuilder } = sdk("dashboard");
  const builder = new DashboardBuilder(dashboard.title)
    .uid(dashboard.uid)
    .tags([...dashboard.tags])
    .time({ from: dashboard.time.from, to: dashboard.time.to })
    .refresh(dashboard.time.refresh)
    .timezone(dashboard.time.timezone)
    .tooltip(DashboardCursorSync.Crosshair)
    .variables(dashboard.variables.map(classicVariable))
    .annotations(dashboard.annotations.map(annotation))
    .links(dashboard.links.map(link));
  if (dashboard.description !== undefined) builder.description(dashboard.description);
  if (!dashboard.editable) builder.readonly();
  for (const { row, header, panels } of layOut(dashboard.rows)) {
    const rowBuilder = new RowBuilder(row.title ?? "").id(row.id).gridPos(header).collapsed(row.collapsed);
    if (row.repeat !== undefined) rowBuilder.repeat(row.repeat);
    const built = panels.map(({ panel, place }) => panelBuilder(panel).gridPos(place));
    // The panels of a closed row lie in it; those of an open one follow it.
    if (row.collapsed) for (const one of built) rowBuilder.withPanel(one);
    builder.withRow(rowBuilder);
    if (!row.collapsed) for (const one of built) builder.withPanel(one);
  }
  return builder.build();
}

type PanelBuilder = InstanceType<ReturnType<typeof sdk<"timeseries">>["PanelBuilder"]>;

function panelBuilder(panel: PlannedPanel): PanelBuilder {
  const { module, set } = VISUALS[kindOf(panel)];
  const builder = new (sdk(module).PanelBuilder)() as unknown as PanelBuilder;
  set(builder as never, panel);
  setField(builder as FieldBuilder, panel);
  builder.id(panel.id).title(panel.title);
  if (panel.description !== undefined) builder.description(panel.description);
  if (panel.queries.length > 0) builder.datasource(refOf(panel.datasource));
  if (panel.links.length > 0) builder.links(panel.links.map(link));
  if (panel.transformations.length > 0) builder.transformations([...panel.transformations]);
  const { transparent, over, minInterval } = panel.look;
  if (transparent === true) builder.transparent(true);
  if (over !== undefined) builder.timeFrom(over);
  if (minInterval !== undefined) builder.interval(minInterval);
  if (panel.repeat !== undefined) builder.repeat(panel.repeat).repeatDirection("h");
  for (const query of panel.queries) builder.withTarget(target(query));
  return builder;
}

/** A query on the builder of either schema. */
export function target(query: PlannedQuery) {
  const { DataqueryBuilder, PromQueryFormat } = sdk("prometheus");
  const builder = new DataqueryBuilder().refId(query.refId).datasource(refOf(query.datasource)).expr(query.text);
  if (query.legend !== undefined) builder.legendFormat(query.legend);
  if (query.format === "table") builder.format(PromQueryFormat.Table);
  if (query.format === "heatmap") builder.format(PromQueryFormat.Heatmap);
  return query.instant ? builder.instant() : builder.range();
}

function annotation({ name, datasource, enabled, color, query, titleFormat, textFormat }: PlannedAnnotation) {
  const builder = new (sdk("dashboard").AnnotationQueryBuilder)()
    .name(name)
    .datasource(refOf(datasource))
    .enable(enabled);
  if (color !== undefined) builder.iconColor(color);
  if (query !== undefined) builder.expr(query.text);
  if (titleFormat !== undefined) builder.titleFormat(titleFormat);
  if (textFormat !== undefined) builder.textFormat(textFormat);
  return builder;
}

function link({ title, url, newTab }: PlannedLink) {
  const { DashboardLinkBuilder, DashboardLinkType } = sdk("dashboard");
  return new DashboardLinkBuilder(title).type(DashboardLinkType.Link).url(url).targetBlank(newTab).keepTime(true);
}
