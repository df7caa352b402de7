/** The variables at the top of a dashboard: the data source, and the values of labels that its queries have. */

import { METRIC_NAME } from "../../label/label-set.ts";
import { quoteRegex } from "../../label/regex.ts";
import { type LabelVariableSpec, labelVariable, type OfferedVariable } from "../../model/dashboard/variable.ts";
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
    ...OF_TARGETS.map((label) => labelVariable(label, { title: label === "job" ? "Job" : "Instance" })),
    ...variables,
  ];
  const read = metricsOf(exprs);
  const chosen: string[] = [];
  for (const variable of wanted) {
    if (variable.kind === "OfferedVariable") {
      planned.push(offeredVariable(variable));
      continue;
    }
    const { label, spec } = variable;
    if (chosen.includes(label)) continue;
    const metrics = read.filter((metric) => hasLabel(metric, label));
    if (metrics.length === 0) continue;
    const only = label === "job" ? job : undefined;
    const from = only === undefined ? seriesOf(metrics) : selector("up", [{ name: "job", op: "=", value: only }]);
    const given = chosen.filter((other) => metrics.every((metric) => hasLabel(metric, other)));
    const narrow = given.map((other) => ({ name: other, op: "=~" as const, value: `$${other}` }));
    planned.push(queryVariable(label, spec, narrowed(from, narrow), only));
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
  regex: undefined,
  sort: "none",
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
  spec: LabelVariableSpec,
  from: VectorSelector,
  only: string | undefined,
): PlannedVariable {
  const { title = name, multi = true, includeAll = true, hidden = false, regex, sort = "alphabetical" } = spec;
  return {
    ...NOTHING,
    kind: "query",
    query: { kind: "label_values", label: name, selector: from },
    name,
    label: title,
    datasource: DATASOURCE,
    text: `label_values(${print(from, { variables: true })}, ${name})`,
    multi,
    includeAll: includeAll && only === undefined,
    allValue: spec.allValue ?? ".+",
    refresh: "on time range",
    hidden,
    regex,
    sort,
    current: only ?? spec.current,
  };
}

function offeredVariable({ as, name, values, spec }: OfferedVariable): PlannedVariable {
  const { title, hidden = false, multi = false, includeAll = multi, allValue, current } = spec;
  return {
    ...NOTHING,
    kind: as,
    name,
    label: title,
    datasource: as === "adhoc" ? DATASOURCE : { type: undefined, ref: undefined },
    text: values.map((value) => (as === "custom" ? value.replaceAll(",", "\\,") : value)).join(","),
    multi,
    includeAll,
    allValue,
    refresh: "never",
    hidden,
    current: current ?? (includeAll ? undefined : values[0]),
  };
}
