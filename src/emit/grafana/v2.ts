/** Dashboards in Grafana's schema v2. https://grafana.com/docs/grafana/latest/observability-as-code/schema-v2/ */
import type {
  DatasourceRef,
  PlannedAnnotation,
  PlannedDashboard,
  PlannedLink,
  PlannedPanel,
  PlannedQuery,
  PlannedVariable,
} from "../../plan/dashboard/planned.ts";
import { chosen } from "./classic.ts";
import { layOut } from "./layout.ts";
import { sdk } from "./sdk.ts";
import { type FieldBuilder, kindOf, setField, transformationsOf, VISUALS } from "./visualization.ts";

/** The dashboard as an object of Grafana's API. */
export function toV2(dashboard: PlannedDashboard): object {
  const {
    DashboardBuilder,
    DashboardCursorSync,
    GridBuilder,
    GridItemBuilder,
    RowBuilder,
    RowsBuilder,
    TimeSettingsBuilder,
  } = sdk("dashboardv2beta1");
  const rows = new RowsBuilder();
  const builder = new DashboardBuilder(dashboard.title)
    .tags([...dashboard.tags])
    .editable(dashboard.editable)
    .cursorSync(DashboardCursorSync.Crosshair)
    .timeSettings(new TimeSettingsBuilder().from("now-6h").to("now").autoRefresh("1m").timezone("browser"))
    .variables(dashboard.variables.map(variable))
    .annotations(dashboard.annotations.map(annotation))
    .links(dashboard.links.map(dashboardLink));
  if (dashboard.description !== undefined) builder.description(dashboard.description);
  for (const { row, header, panels } of layOut(dashboard.rows)) {
    const grid = new GridBuilder();
    for (const { panel, place } of panels) {
      const name = `panel-${panel.id}`;
      builder.element(name, panelBuilder(panel));
      // Within a row of v2, places count from its top.
      const y = place.y - header.y - header.h;
      grid.item(new GridItemBuilder().name(name).x(place.x).y(y).width(place.w).height(place.h));
    }
    const rowBuilder = new RowBuilder()
      .title(row.title ?? "")
      .collapse(row.collapsed)
      .layout(grid);
    if (row.repeat !== undefined)
      rowBuilder.repeat(new (sdk("dashboardv2beta1").RowRepeatOptionsBuilder)().value(row.repeat));
    rows.row(rowBuilder);
  }
  const { DashboardKind, DashboardV2Beta1, ManifestBuilder, MetadataBuilder } = sdk("resource");
  return new ManifestBuilder()
    .apiVersion(DashboardV2Beta1)
    .kind(DashboardKind)
    .metadata(new MetadataBuilder().name(dashboard.uid))
    .spec(builder.layout(rows).build())
    .build();
}

function panelBuilder(panel: PlannedPanel) {
  const { PanelBuilder, QueryGroupBuilder, TargetBuilder, TransformationBuilder } = sdk("dashboardv2beta1");
  const { module, set } = VISUALS[kindOf(panel)];
  const visualization = new (sdk(module).VisualizationBuilder)();
  // Both schemas' builders have the same methods for what is set here.
  set(visualization as never, panel);
  setField(visualization as unknown as FieldBuilder, panel);
  const group = new QueryGroupBuilder();
  for (const planned of panel.queries)
    group.target(new TargetBuilder().refId(planned.refId).hidden(planned.hidden).query(query(planned)));
  for (const { id, options } of transformationsOf(panel))
    group.transformation(new TransformationBuilder().kind(id).id(id).options(options));
  const builder = new PanelBuilder()
    .id(panel.id)
    .title(panel.title)
    .data(group)
    .visualization(visualization as never);
  if (panel.description !== undefined) builder.description(panel.description);
  if (panel.links.length > 0) builder.links(panel.links.map(panelLink));
  return builder;
}

function query(planned: PlannedQuery) {
  const { PromQueryFormat, QueryBuilder } = sdk("prometheus");
  const builder = new QueryBuilder().expr(planned.text);
  if (planned.datasource.ref !== undefined) builder.datasource(nameOf(planned.datasource));
  if (planned.legend !== undefined) builder.legendFormat(planned.legend);
  if (planned.format === "table") builder.format(PromQueryFormat.Table);
  if (planned.format === "heatmap") builder.format(PromQueryFormat.Heatmap);
  return planned.instant ? builder.instant() : builder.range();
}

function nameOf({ ref }: DatasourceRef): { name?: string } {
  return ref === undefined ? {} : { name: ref };
}

function variable(planned: PlannedVariable) {
  const { DatasourceVariableBuilder, QueryVariableBuilder, VariableRefresh, VariableSort } = sdk("dashboardv2beta1");
  if (planned.kind === "datasource") {
    const builder = new DatasourceVariableBuilder(planned.name).pluginId(planned.text);
    return planned.label === undefined ? builder : builder.label(planned.label);
  }
  const asked = new (sdk("prometheus").QueryBuilder)();
  const kind = asked.build();
  // A variable's query is a text of its own, for which the library has no builder.
  const query = { build: () => ({ ...kind, spec: { query: planned.text, refId: `variable-${planned.name}` } }) };
  if (planned.datasource.ref !== undefined) asked.datasource(nameOf(planned.datasource));
  const builder = new QueryVariableBuilder(planned.name)
    .query(query)
    .definition(planned.text)
    .multi(planned.multi)
    .includeAll(planned.includeAll)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
  if (planned.label !== undefined) builder.label(planned.label);
  if (planned.allValue !== undefined) builder.allValue(planned.allValue);
  if (planned.current !== undefined) builder.current(chosen(planned.current, planned));
  else if (planned.includeAll) builder.current(chosen("$__all", planned));
  return builder;
}

function annotation({ name, enabled, color, query: asked, titleFormat, textFormat }: PlannedAnnotation) {
  const builder = new (sdk("dashboardv2beta1").AnnotationQueryBuilder)().name(name).enable(enabled).hide(false);
  if (color !== undefined) builder.iconColor(color);
  if (asked !== undefined) builder.query(query(asked));
  return builder.legacyOptions({ expr: asked?.text, titleFormat, textFormat });
}

function dashboardLink({ title, url, newTab }: PlannedLink) {
  const { DashboardLinkBuilder, DashboardLinkType } = sdk("dashboardv2beta1");
  return new DashboardLinkBuilder()
    .title(title)
    .type(DashboardLinkType.Link)
    .url(url)
    .targetBlank(newTab)
    .keepTime(true);
}

function panelLink({ title, url, newTab }: PlannedLink) {
  return new (sdk("dashboardv2beta1").DataLinkBuilder)().title(title).url(url).targetBlank(newTab);
}
