/** Dashboards in Grafana's schema v2. https://grafana.com/docs/grafana/latest/observability-as-code/schema-v2/ */
import type {
  PlannedAnnotation,
  PlannedDashboard,
  PlannedLink,
  PlannedPanel,
  PlannedQuery,
  PlannedTime,
} from "../../plan/dashboard/planned.ts";
import { type FieldBuilder, setField } from "./field.ts";
import { layOut } from "./layout.ts";
import { nameOf } from "./reference.ts";
import { sdk } from "./sdk.ts";
import { v2Variable } from "./v2-variable.ts";
import { kindOf, VISUALS } from "./visualization.ts";

/** The dashboard as an object of Grafana's API. */
export function toV2(dashboard: PlannedDashboard): object {
  const {
    DashboardBuilder,
    DashboardCursorSync,
    GridBuilder,
    GridItemBuilder,
    RepeatOptionsBuilder,
    RowBuilder,
    RowsBuilder,
  } = sdk("dashboardv2beta1");
  const rows = new RowsBuilder();
  const builder = new DashboardBuilder(dashboard.title)
    .tags([...dashboard.tags])
    .editable(dashboard.editable)
    .cursorSync(DashboardCursorSync.Crosshair)
    .timeSettings(timeSettings(dashboard.time))
    .variables(dashboard.variables.map(v2Variable))
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
      const item = new GridItemBuilder().name(name).x(place.x).y(y).width(place.w).height(place.h);
      if (panel.repeat !== undefined) item.repeat(new RepeatOptionsBuilder().value(panel.repeat).direction("h"));
      grid.item(item);
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
  for (const { id, options } of panel.transformations)
    group.transformation(new TransformationBuilder().kind(id).id(id).options(options));
  const { transparent, over, minInterval } = panel.look;
  if (over !== undefined || minInterval !== undefined) {
    const options = new (sdk("dashboardv2beta1").QueryOptionsSpecBuilder)();
    if (over !== undefined) options.timeFrom(over);
    if (minInterval !== undefined) options.interval(minInterval);
    group.queryOptions(options);
  }
  const builder = new PanelBuilder()
    .id(panel.id)
    .title(panel.title)
    .data(group)
    .visualization(visualization as never);
  if (panel.description !== undefined) builder.description(panel.description);
  if (transparent === true) builder.transparent(true);
  if (panel.links.length > 0) builder.links(panel.links.map(panelLink));
  return builder;
}

function timeSettings({ from, to, refresh, timezone }: PlannedTime) {
  const { TimeSettingsBuilder } = sdk("dashboardv2beta1");
  return new TimeSettingsBuilder().from(from).to(to).autoRefresh(refresh).timezone(timezone);
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
