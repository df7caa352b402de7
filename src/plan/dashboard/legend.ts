/** What the series of a panel are called: by the labels that survive to tell them apart. */
import { METRIC_NAME } from "../../label/label-set.ts";
import type { Expr } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";
import type { LabelFlow } from "../../promql/type/label-flow.ts";

/** A legend for each query; several are told apart by their names. */
export function legendsOf(
  queries: readonly Expr[],
  names: readonly (string | undefined)[],
  title: string,
  flowOf: (expr: Expr) => LabelFlow,
): readonly string[] {
  return queries.map((expr, i) => {
    const labels = tellingLabels(flowOf(expr)).map((label) => `{{${label}}}`);
    const name = names[i] ?? (queries.length > 1 ? nameOf(expr) : labels.length === 0 ? title : undefined);
    if (name !== undefined) labels.unshift(name);
    return labels.join(" ");
  });
}

/** The labels that tell the results apart: what they surely have or may have, but for what is the same for all. */
export function tellingLabels({ labels }: LabelFlow): readonly string[] {
  const own: string[] = [];
  let instance = false;
  for (const [name, { status, values }] of labels.named) {
    if (status === "cannot" || name === METRIC_NAME || values?.length === 1) continue;
    if (name === "instance") instance = true;
    else if (name !== "job") own.push(name);
  }
  return own.length > 0 || !instance ? own.sort() : ["instance"];
}

/** What an expression among several is called: `p99`, `mean`, or its metric. */
function nameOf(expr: Expr): string {
  const node = expr.kind === "ParenExpr" ? expr.expr : expr;
  if (node.kind === "Call" && node.func === "histogram_quantile" && node.args[0]?.kind === "NumberLiteral")
    return `p${Number((node.args[0].value * 100).toPrecision(6))}`;
  if (node.kind === "Call" && node.func === "histogram_avg") return "mean";
  const metrics: string[] = [];
  walkExpr(node, (inner) => {
    if (inner.kind === "VectorSelector" && inner.name !== undefined) metrics.push(inner.name);
  });
  const [first = "value", second] = metrics;
  const isMean =
    node.kind === "BinaryExpr" &&
    node.op === "/" &&
    first.endsWith("_sum") &&
    second === first.replace(/_sum$/, "_count");
  return isMean ? "mean" : first;
}
