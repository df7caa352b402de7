/**
 * Reads any dashboard that Grafana wrote: the classic schema of all ages (rows, panels, panels within rows), v2, and the
 * shapes that dashboards are wrapped in. https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/
 *
 * Nothing that is read can make it fail: what has not the shape it should have is left out.
 */
import type {
  PlannedAnnotation,
  PlannedDashboard,
  PlannedPanel,
  PlannedQuery,
  PlannedRow,
  PlannedTime,
} from "../../plan/dashboard/planned.ts";
import { type Context, contextOf } from "./context.ts";
import { datasourceRef } from "./datasource.ts";
import { at, type Json, number, object, objects, text } from "./json.ts";
import { readLayout } from "./layout-v2.ts";
import { readLinks } from "./link.ts";
import { readPanel, readQueryV2 } from "./panel.ts";
import { readQuery } from "./query.ts";
import { isV2, unwrap } from "./unwrap.ts";
import { readVariable, readVariableV2 } from "./variable.ts";

/** Reads a dashboard's JSON; `undefined` where it is no dashboard at all. */
export function readDashboard(json: unknown): PlannedDashboard | undefined {
  return readDashboards(json)[0];
}

/** Reads all dashboards that a file holds: one by itself, or several in a list or in an object of Kubernetes. */
export function readDashboards(json: unknown): readonly PlannedDashboard[] {
  return unwrap(json).map(({ dashboard, wrapper }) => {
    const context = contextOf(dashboard, wrapper);
    return isV2(dashboard)
      ? readV2(dashboard, context, wrapper)
      : readClassic(withLibrary(dashboard, wrapper), context);
  });
}

/** Puts the library panels that an export brings along where the dashboard only names them. */
function withLibrary(dashboard: Json, wrapper: Json): Json {
  const library = new Map([...elementsOf(wrapper), ...elementsOf(dashboard)]);
  if (library.size === 0) return dashboard;
  const fill = (panel: Json): Json => {
    const found = library.get(text(at(at(panel, "libraryPanel"), "uid")) ?? "");
    const nested = Array.isArray(panel.panels) ? { panels: objects(panel.panels).map(fill) } : {};
    return { ...object(at(found, "model")), ...panel, ...nested };
  };
  return { ...dashboard, panels: objects(at(dashboard, "panels")).map(fill) };
}

/** The library panels of an export by their ids: in an object of them, in a list at first. */
function elementsOf(json: Json): readonly (readonly [string, unknown])[] {
  const elements = at(json, "__elements");
  return Array.isArray(elements)
    ? elements.map((one) => [text(at(one, "uid")) ?? "", one])
    : Object.entries(object(elements));
}

function readClassic(dashboard: Json, context: Context): PlannedDashboard {
  return {
    ...common(dashboard),
    file: "",
    uid: text(at(dashboard, "uid")) ?? "",
    editable: at(dashboard, "editable") !== false,
    time: timeOf({
      ...object(at(dashboard, "time")),
      autoRefresh: at(dashboard, "refresh"),
      timezone: at(dashboard, "timezone"),
    }),
    variables: objects(at(at(dashboard, "templating"), "list")).map((variable) => readVariable(variable, context)),
    annotations: objects(at(at(dashboard, "annotations"), "list")).map((one) => readAnnotation(one, context)),
    rows: [
      ...objects(at(dashboard, "rows")).map((row) => oldRow(row, context)),
      ...rowsOf(objects(at(dashboard, "panels")), context),
    ],
  };
}

function readV2(dashboard: Json, context: Context, wrapper: Json): PlannedDashboard {
  return {
    ...common(dashboard),
    file: "",
    uid: text(at(at(wrapper, "metadata"), "name")) ?? "",
    editable: at(dashboard, "editable") !== false,
    time: timeOf(object(at(dashboard, "timeSettings"))),
    variables: objects(at(dashboard, "variables")).map((variable) => readVariableV2(variable, context)),
    annotations: objects(at(dashboard, "annotations")).map((one) => readAnnotationV2(one, context)),
    rows: readLayout(object(at(dashboard, "layout")), object(at(dashboard, "elements")), context),
  };
}

function timeOf(settings: Json): PlannedTime {
  return {
    from: text(at(settings, "from")) ?? "now-6h",
    to: text(at(settings, "to")) ?? "now",
    refresh: text(at(settings, "autoRefresh")) ?? "",
    timezone: text(at(settings, "timezone")) ?? "browser",
  };
}

function common(dashboard: Json): Pick<PlannedDashboard, "title" | "description" | "tags" | "owner" | "links"> {
  const tags = at(dashboard, "tags");
  return {
    title: text(at(dashboard, "title")) ?? "",
    description: text(at(dashboard, "description")),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === "string") : [],
    owner: undefined,
    links: readLinks(at(dashboard, "links")),
  };
}

/** A row as it was before Grafana 5: it holds its panels, and their width is a span of 12. */
function oldRow(row: Json, context: Context): PlannedRow {
  return {
    ...header(row),
    title: at(row, "showTitle") === false ? undefined : text(at(row, "title")),
    collapsed: at(row, "collapse") === true || at(row, "collapsed") === true,
    panels: flattened(objects(at(row, "panels"))).map((panel) => readPanel(panel, context)),
  };
}

/** Since Grafana 5 a row is a panel: those that follow belong to it, or lie in it while it is closed. */
function rowsOf(panels: readonly Json[], context: Context): readonly PlannedRow[] {
  const rows: { row: Omit<PlannedRow, "panels">; panels: PlannedPanel[] }[] = [];
  for (const panel of panels) {
    if (at(panel, "type") === "row") {
      const inner = flattened(objects(at(panel, "panels"))).map((one) => readPanel(one, context));
      rows.push({ row: header(panel), panels: inner });
      continue;
    }
    if (rows.length === 0)
      rows.push({ row: { id: 0, title: undefined, collapsed: false, repeat: undefined }, panels: [] });
    for (const one of flattened([panel])) rows.at(-1)?.panels.push(readPanel(one, context));
  }
  return rows.map(({ row, panels: within }) => ({ ...row, panels: within }));
}

function header(row: Json): Omit<PlannedRow, "panels"> {
  return {
    id: number(at(row, "id")) ?? 0,
    title: text(at(row, "title")),
    collapsed: at(row, "collapsed") === true,
    repeat: text(at(row, "repeat")),
  };
}

/** Panels and those within them, each by itself. */
function flattened(panels: readonly Json[]): readonly Json[] {
  return panels.flatMap((panel) => {
    const within = flattened(objects(at(panel, "panels")));
    return at(panel, "type") === "row" ? within : [panel, ...within];
  });
}

function readAnnotation(annotation: Json, context: Context): PlannedAnnotation {
  const datasource = datasourceRef(at(annotation, "datasource"), context.datasources);
  const target = object(at(annotation, "target"));
  const query = Object.hasOwn(annotation, "expr") ? annotation : target;
  const builtIn = at(annotation, "builtIn") === 1 || at(annotation, "builtIn") === true;
  return {
    ...shown(annotation),
    datasource,
    enabled: at(annotation, "enable") !== false,
    query: builtIn || !Object.hasOwn(query, "expr") ? undefined : readQuery(query, datasource, "Anno", context.values),
  };
}

function readAnnotationV2(annotation: Json, context: Context): PlannedAnnotation {
  const spec = object(at(annotation, "spec"));
  const asked: PlannedQuery = readQueryV2({ spec: { ...spec, refId: "Anno" } }, 0, context);
  // What was made from a dashboard of the classic schema keeps there what schema v2 has no place for.
  const legacy = object(at(spec, "legacyOptions"));
  const query = asked.text === "" ? readQuery(legacy, asked.datasource, "Anno", context.values) : asked;
  return {
    ...shown({
      ...legacy,
      ...object(at(object(at(at(spec, "query"), "spec")), "options")),
      ...spec,
    }),
    datasource: query.datasource,
    enabled: at(spec, "enable") !== false,
    query: at(spec, "builtIn") === true || query.text === "" ? undefined : query,
  };
}

function shown(annotation: Json): Pick<PlannedAnnotation, "name" | "color" | "titleFormat" | "textFormat"> {
  return {
    name: text(at(annotation, "name")) ?? "",
    color: text(at(annotation, "iconColor")),
    titleFormat: text(at(annotation, "titleFormat")),
    textFormat: text(at(annotation, "textFormat")),
  };
}
