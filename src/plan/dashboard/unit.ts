/** The unit a panel shows its values in, as Grafana names it. https://github.com/grafana/grafana/blob/main/packages/grafana-data/src/valueFormats/categories.ts */
import type { Expr } from "../../promql/ast.ts";
import { type ValueFact, valueByName } from "../../promql/type/flow/value.ts";
import type { LabelFlow } from "../../promql/type/label-flow.ts";
import { walk } from "../../promql/walk.ts";

/** How Grafana calls a unit, and what it calls so much of it per second. */
const UNITS: Readonly<Record<string, readonly [unit: string, perSecond: string]>> = {
  seconds: ["s", "percentunit"],
  milliseconds: ["ms", "ms"],
  bytes: ["bytes", "Bps"],
  bits: ["bits", "bps"],
  ratio: ["percentunit", "percentunit"],
  percent: ["percent", "percent"],
  celsius: ["celsius", "celsius"],
  volts: ["volt", "volt"],
  amperes: ["amp", "amp"],
  joules: ["joule", "watt"],
  meters: ["lengthm", "velocityms"],
  hertz: ["hertz", "hertz"],
  requests: ["short", "reqps"],
};

/** Where nothing says what is counted, values are shown short: 12.3 K. */
export const PLAIN = "short";

/** The unit that all expressions of a panel share; {@link PLAIN} where it is not known. */
export function unitOf(expressions: readonly Expr[], flowOf: (expr: Expr) => LabelFlow): string {
  const units = new Set(expressions.map((expr) => unitOfExpr(expr, flowOf)));
  const [unit] = units;
  return units.size === 1 && unit !== undefined ? unit : PLAIN;
}

function unitOfExpr(expr: Expr, flowOf: (expr: Expr) => LabelFlow): string | undefined {
  const seconds = isSpan(expr) ? "s" : undefined;
  return seconds ?? unitOfQuantile(expr) ?? unitOfValue(flowOf(expr).value);
}

/** Whether it is how long something is ago, or in how long it is. */
function isSpan(expr: Expr): boolean {
  const isNow = (node: Expr) => node.kind === "Call" && node.func === "time";
  return expr.kind === "BinaryExpr" && expr.op === "-" && isNow(expr.lhs) !== isNow(expr.rhs);
}

/** The buckets of a histogram are counts; what is counted has the unit of the histogram. */
function unitOfQuantile(expr: Expr): string | undefined {
  if (expr.kind === "ParenExpr") return unitOfQuantile(expr.expr);
  if (expr.kind !== "Call" || expr.func !== "histogram_quantile" || expr.args[1] === undefined) return undefined;
  for (const node of walk(expr.args[1])) {
    if (node.kind === "VectorSelector" && node.name?.endsWith("_bucket"))
      return unitOfValue({ ...valueByName(node.name.slice(0, -"_bucket".length)), meaning: "gauge" });
  }
  return undefined;
}

/** How Grafana calls the unit of a value, where it is known. */
export function unitOfValue({ meaning, unit }: ValueFact): string | undefined {
  if (meaning === "timestamp") return "dateTimeAsIso";
  const [plain, perSecond] = UNITS[unit ?? ""] ?? [];
  if (meaning === "ratio") return plain ?? "percentunit";
  if (meaning === "rate") return perSecond ?? "cps";
  if (meaning === "boolean") return "bool";
  return plain;
}
