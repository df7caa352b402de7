/** Panels as Grafana writes them, of the classic schema and of v2. */
import type { DatasourceRef, GridPlace, PanelKind, PlannedPanel, PlannedQuery } from "../../plan/dashboard/planned.ts";
import type { Context } from "./context.ts";
import { datasourceOf, datasourceRef } from "./datasource.ts";
import { fieldOf } from "./field.ts";
import { at, type Json, number, object, objects, text } from "./json.ts";
import { readLinks } from "./link.ts";
import { lookOf } from "./look.ts";
import { readQuery, refIdAt } from "./query.ts";

/** What Grafana's own kinds are in tocsin's words, those of former versions too. */
const PLUGINS: Readonly<Record<string, PanelKind>> = {
  timeseries: "timeseries",
  graph: "timeseries",
  stat: "stat",
  singlestat: "stat",
  "grafana-singlestat-panel": "stat",
  gauge: "gauge",
  bargauge: "bar gauge",
  piechart: "pie chart",
  "grafana-piechart-panel": "pie chart",
  table: "table",
  "table-old": "table",
  heatmap: "heatmap",
  "state-timeline": "state timeline",
  "status-history": "status history",
  text: "text",
  logs: "logs",
  alertlist: "alerts",
};

/** Reads a panel of the classic schema. */
export function readPanel(panel: Json, context: Context): PlannedPanel {
  // A panel that lies in the library has its insides there; an export brings them along.
  const model = object(at(at(panel, "libraryPanel"), "model"));
  const source: Json = { ...model, ...panel };
  const datasource = datasourceRef(at(source, "datasource"), context.datasources);
  const queries = objects(at(source, "targets")).map((target, i) =>
    readQuery(
      target,
      datasourceOf(at(target, "datasource"), datasource, context.datasources),
      refIdAt(i),
      context.values,
    ),
  );
  return {
    ...drawn(text(at(source, "type")) ?? ""),
    ...fieldOf(source),
    look: lookOf(source),
    id: number(at(source, "id")) ?? 0,
    title: text(at(source, "title")) ?? "",
    description: text(at(source, "description")),
    datasource,
    queries,
    links: readLinks(at(source, "links")),
    content: text(at(at(source, "options"), "content")) ?? text(at(source, "content")),
    repeat: text(at(source, "repeat")),
    place: placeOf(at(source, "gridPos")),
  };
}

/** Reads an element of schema v2: `{kind: "Panel", spec}`. */
export function readElement(element: Json, context: Context, place: GridPlace | undefined): PlannedPanel {
  const spec = object(at(element, "spec"));
  const viz = object(at(spec, "vizConfig"));
  const insides = object(at(viz, "spec"));
  // The plugin is the kind at first, and the group later.
  const plugin = text(at(viz, "group")) ?? text(at(viz, "kind")) ?? "";
  const none: DatasourceRef = { type: undefined, ref: undefined };
  const data = object(at(at(spec, "data"), "spec"));
  const queries = objects(at(data, "queries")).map((query, i) => readQueryV2(query, i, context));
  return {
    ...drawn(plugin),
    ...fieldOf({ ...insides, transformations: at(data, "transformations") }),
    look: lookOf({ ...object(at(data, "queryOptions")), transparent: at(spec, "transparent"), ...insides }),
    id: number(at(spec, "id")) ?? 0,
    title: text(at(spec, "title")) ?? "",
    description: text(at(spec, "description")),
    datasource: queries[0]?.datasource ?? none,
    queries,
    links: readLinks(at(spec, "links")),
    content: text(at(at(insides, "options"), "content")),
    repeat: undefined,
    place,
  };
}

/** Reads `{kind: "PanelQuery", spec: {refId, hidden, query}}`. */
export function readQueryV2(query: Json, index: number, context: Context): PlannedQuery {
  const spec = object(at(query, "spec"));
  const inner = object(at(spec, "query"));
  const own = datasourceRef(at(inner, "datasource") ?? at(spec, "datasource"), context.datasources);
  const kind = text(at(inner, "group")) ?? text(at(inner, "kind"));
  const datasource = own.type === undefined && kind !== "DataQuery" ? { ...own, type: kind } : own;
  const refId = text(at(spec, "refId")) ?? refIdAt(index);
  return readQuery(object(at(inner, "spec")), datasource, refId, context.values, at(spec, "hidden") === true);
}

export function placeOf(value: unknown): GridPlace | undefined {
  const [x, y, w, h] = ["x", "y", "w", "h"].map((key) => number(at(value, key)));
  return w === undefined || h === undefined ? undefined : { x: x ?? 0, y: y ?? 0, w, h };
}

function drawn(plugin: string): Pick<PlannedPanel, "as" | "plugin" | "watchedBy"> {
  return { as: PLUGINS[plugin] ?? "other", plugin, watchedBy: [] };
}
