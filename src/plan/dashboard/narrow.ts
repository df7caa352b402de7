/** Makes an expression one of a dashboard: narrowed to what is chosen at its top, with windows that fit its resolution. */
import type { MatchOp } from "../../label/matcher.ts";
import type { DurationLiteral, Expr, VectorSelector } from "../../promql/ast.ts";
import { NOWHERE } from "../../promql/ast.ts";
import { mapExpr } from "../../promql/map.ts";
import type { MetricCatalog } from "../../promql/type/flow/catalog.ts";
import { narrowed } from "../../vector/build.ts";

/** Whether series of this name have a label, as far as is known. */
export type HasLabel = (metric: string, label: string) => boolean;

/** Knows by the workspace's metrics; a metric that is not declared has what scraping gives it. */
export function hasLabelBy(catalog: MetricCatalog): HasLabel {
  return (metric, label) => {
    // Made by Prometheus itself: alerts carry no target's labels for sure.
    if (metric === "ALERTS" || metric === "ALERTS_FOR_STATE") return false;
    const facts = catalog(metric);
    if (facts?.labels !== undefined) return Object.hasOwn(facts.labels, label);
    return label === "job" || label === "instance";
  };
}

/** Longer windows are meant as they are; shorter ones only smooth, which the dashboard's resolution does better. */
export const SMOOTHING_MS = 10 * 60_000;

const RATE_INTERVAL: DurationLiteral = Object.freeze({
  kind: "DurationLiteral",
  span: NOWHERE,
  ms: Number.NaN,
  raw: "$__rate_interval",
});

const SMOOTHED: ReadonlySet<string> = new Set(["rate", "irate"]);

/** Narrows every selector by the variables of its labels, and lets rates follow the resolution. */
export function forDashboard(expr: Expr, labels: readonly string[], hasLabel: HasLabel): Expr {
  return mapExpr(expr, (node) => {
    if (node.kind === "VectorSelector") return narrow(node, labels, hasLabel);
    if (node.kind !== "Call" || !SMOOTHED.has(node.func)) return node;
    const [range] = node.args;
    if (range?.kind !== "MatrixSelector" || range.range.kind !== "DurationLiteral") return node;
    if (!(range.range.ms <= SMOOTHING_MS)) return node;
    return Object.freeze({ ...node, args: Object.freeze([Object.freeze({ ...range, range: RATE_INTERVAL })]) });
  });
}

function narrow(node: VectorSelector, labels: readonly string[], hasLabel: HasLabel): VectorSelector {
  const { name } = node;
  if (name === undefined) return node;
  const op: MatchOp = "=~";
  const matchers = labels
    .filter((label) => hasLabel(name, label))
    .map((label) => ({ name: label, op, value: `$${label}` }));
  return matchers.length === 0 ? node : narrowed(node, matchers);
}
