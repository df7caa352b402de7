/** The variables of a dashboard. https://grafana.com/docs/grafana/latest/dashboards/variables/ */
import type { DatasourceRef, PlannedVariable, VariableKind } from "../../plan/dashboard/planned.ts";
import { parseVariableQuery } from "../../promql/variable-query.ts";
import { type Context, chosenValue } from "./context.ts";
import { datasourceRef, notPrometheus } from "./datasource.ts";
import { at, type Json, object, text } from "./json.ts";
import { readWithVariables } from "./reading.ts";

const KINDS: Readonly<Record<string, VariableKind>> = {
  query: "query",
  datasource: "datasource",
  interval: "interval",
  custom: "custom",
  constant: "constant",
  textbox: "textbox",
  adhoc: "adhoc",
  groupby: "groupby",
  switch: "switch",
};

const REFRESHES = ["never", "on load", "on time range"] as const;
const V2_REFRESHES: Readonly<Record<string, PlannedVariable["refresh"]>> = {
  onDashboardLoad: "on load",
  onTimeRangeChanged: "on time range",
};

/** Reads a variable of the classic schema. */
export function readVariable(variable: Json, context: Context): PlannedVariable {
  // The oldest dashboards knew variables of one type alone.
  const kind = KINDS[text(at(variable, "type")) ?? "query"] ?? "other";
  const datasource = datasourceRef(at(variable, "datasource"), context.datasources);
  const refresh = at(variable, "refresh");
  return {
    ...common(variable, kind),
    ...asked(kind, textOf(at(variable, "query"), variable), datasource, context.values),
    refresh: refresh === true ? "on load" : (REFRESHES[Number(refresh ?? 0)] ?? "never"),
    hidden: at(variable, "hide") === 2,
  };
}

/** Reads a variable of schema v2: `{kind: "QueryVariable", spec}`. */
export function readVariableV2(variable: Json, context: Context): PlannedVariable {
  const spec = object(at(variable, "spec"));
  const name = (text(at(variable, "kind")) ?? "").replace(/Variable$/, "").toLowerCase();
  const kind = KINDS[name === "text" ? "textbox" : name] ?? "other";
  const query = at(spec, "query");
  // A query is a plugin's: {kind: "prometheus", spec} at first, {kind: "DataQuery", group: "prometheus", datasource, spec} later.
  const plugin = text(at(query, "group")) ?? text(at(query, "kind"));
  const reference = at(query, "datasource") ?? at(spec, "datasource");
  const own = datasourceRef(reference, context.datasources);
  const datasource = own.type === undefined && plugin !== "DataQuery" ? { ...own, type: plugin } : own;
  const inner = at(query, "spec") ?? query;
  return {
    ...common(spec, kind),
    ...asked(
      kind,
      kind === "datasource" ? (text(at(spec, "pluginId")) ?? "") : textOf(inner, spec),
      datasource,
      context.values,
    ),
    refresh: V2_REFRESHES[text(at(spec, "refresh")) ?? ""] ?? "never",
    hidden: at(spec, "hide") === "hideVariable",
  };
}

/** Where the text of a query stands in an object that holds one. */
const TEXTS = ["query", "expr", "__legacyStringValue", "classicQuery", "seriesQuery"] as const;

/** The text of a query, which is a text or an object that holds one. */
function textOf(query: unknown, variable: Json): string {
  const inner = [query, ...TEXTS.map((key) => at(query, key))].map(text).find((one) => one !== undefined);
  return (inner ?? text(at(variable, "definition")) ?? ofForm(object(query)) ?? "").trim();
}

/** What Grafana makes of its form for a query: a call of the function that is chosen in it. */
function ofForm(form: Json): string | undefined {
  const [label, metric, pattern, result] = ["label", "metric", "metricRegex", "varQuery"].map((key) =>
    text(at(form, key)),
  );
  if (result !== undefined) return `query_result(${result})`;
  if (pattern !== undefined) return `metrics(${pattern})`;
  if (label === undefined) return metric;
  return metric === undefined ? `label_values(${label})` : `label_values(${metric}, ${label})`;
}

function asked(
  kind: VariableKind,
  written: string,
  datasource: DatasourceRef,
  values: ReadonlyMap<string, string>,
): Pick<PlannedVariable, "datasource" | "text" | "query" | "errors" | "skipped"> {
  const none = { datasource, text: written, query: undefined, errors: [], skipped: undefined };
  if (kind !== "query") return none;
  const skipped = notPrometheus(datasource) ?? (written === "" ? "its query is empty" : undefined);
  if (skipped !== undefined) return { ...none, skipped };
  const read = readWithVariables(written, values, parseVariableQuery);
  return { ...none, query: read.query, errors: read.errors };
}

function common(
  variable: Json,
  kind: VariableKind,
): Pick<
  PlannedVariable,
  "kind" | "name" | "label" | "multi" | "includeAll" | "allValue" | "regex" | "sort" | "current"
> {
  return {
    kind,
    name: text(at(variable, "name")) ?? "",
    label: text(at(variable, "label")),
    multi: at(variable, "multi") === true,
    includeAll: at(variable, "includeAll") === true,
    allValue: text(at(variable, "allValue")),
    regex: text(at(variable, "regex")),
    sort: sortOf(at(variable, "sort")),
    current: chosenValue(variable),
  };
}

/** A number formerly, a word now: by the alphabet, by number, or neither; which way, and in which case, is left out. */
function sortOf(sort: unknown): PlannedVariable["sort"] {
  if (/^alphabetical/.test(String(sort)) || [1, 2, 5, 6].includes(Number(sort))) return "alphabetical";
  return /^numerical/.test(String(sort)) || [3, 4].includes(Number(sort)) ? "numerical" : "none";
}
