/** The variables at the top of a dashboard: the data source, and the values of labels that its queries have. */

import { METRIC_NAME } from "../../label/label-set.ts";
import { quoteRegex } from "../../label/regex.ts";
import type { Expr, VectorSelector } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";
import { print } from "../../promql/print/print.ts";
import { narrowed, selector } from "../../vector/build.ts";
import type { DashboardDraft } from "./draft.ts";
import type { HasLabel } from "./narrow.ts";
import type { DatasourceRef, PlannedVariable } from "./planned.ts";

/** The variable through which all of a dashboard's queries find their data. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
export const DATASOURCE: DatasourceRef = Object.freeze({ type: "prometheus", ref: "${datasource}" });

/** Grafana asks with what is chosen to the left: so the labels of targets come first. */
const OF_TARGETS = ["job", "instance"] as const;

/** The variables of a dashboard, given the expressions that it draws. */
export function variablesOf(
  { variables, job }: Pick<DashboardDraft, "variables" | "job">,
  exprs: readonly Expr[],
  hasLabel: HasLabel,
): readonly PlannedVariable[] {
  const planned: PlannedVariable[] = [datasourceVariable()];
  const wanted = [
    ...OF_TARGETS.map((label) => ({ label, title: label === "job" ? "Job" : "Instance", multi: true })),
    ...variables.map(({ label, spec }) => ({ label, title: spec.title ?? label, multi: spec.multi ?? true })),
  ];
  const read = metricsOf(exprs);
  const chosen: string[] = [];
  for (const { label, title, multi } of wanted) {
    if (chosen.includes(label)) continue;
    const metrics = read.filter((metric) => hasLabel(metric, label));
    if (metrics.length === 0) continue;
    const only = label === "job" ? job : undefined;
    const from = only === undefined ? seriesOf(metrics) : selector("up", [{ name: "job", op: "=", value: only }]);
    const given = chosen.filter((other) => metrics.every((metric) => hasLabel(metric, other)));
    const narrow = given.map((other) => ({ name: other, op: "=~" as const, value: `$${other}` }));
    planned.push(queryVariable(label, title, narrowed(from, narrow), multi, only));
    chosen.push(label);
  }
  return planned;
}

/** The labels that a dashboard's queries are narrowed by. */
export function labelsChosen(variables: readonly PlannedVariable[]): readonly string[] {
  return variables.filter(({ kind }) => kind === "query").map(({ name }) => name);
}

/** The names of the metrics that are read, in order. */
function metricsOf(exprs: readonly Expr[]): readonly string[] {
  const names = new Set<string>();
  for (const expr of exprs) {
    walkExpr(expr, (node) => {
      if (node.kind === "VectorSelector" && node.name !== undefined) names.add(node.name);
    });
  }
  return [...names].sort();
}

/** One selector for all series of the metrics. */
function seriesOf(metrics: readonly string[]): VectorSelector {
  const [only] = metrics;
  if (metrics.length === 1 && only !== undefined) return selector(only);
  return selector(undefined, [{ name: METRIC_NAME, op: "=~", value: metrics.map(quoteRegex).join("|") }]);
}

const NOTHING = {
  query: undefined,
  errors: [],
  skipped: undefined,
  hidden: false,
  allValue: undefined,
  current: undefined,
} as const;

function datasourceVariable(): PlannedVariable {
  return {
    ...NOTHING,
    kind: "datasource",
    name: "datasource",
    label: "Data source",
    datasource: { type: undefined, ref: undefined },
    text: "prometheus",
    multi: false,
    includeAll: false,
    refresh: "on load",
  };
}

function queryVariable(
  name: string,
  label: string,
  from: VectorSelector,
  multi: boolean,
  only: string | undefined,
): PlannedVariable {
  return {
    ...NOTHING,
    kind: "query",
    query: { kind: "label_values", label: name, selector: from },
    name,
    label,
    datasource: DATASOURCE,
    text: `label_values(${print(from, { variables: true })}, ${name})`,
    multi,
    includeAll: only === undefined,
    allValue: ".+",
    refresh: "on time range",
    current: only,
  };
}
