/** The unit a panel shows its values in, as Grafana names it. */
import type { Expr } from "../../promql/ast.ts";
import type { LabelFlowOptions } from "../../promql/type/flow/catalog.ts";
import type { ValueFact } from "../../promql/type/flow/value.ts";
import { labelFlow } from "../../promql/type/label-flow.ts";

/** How Grafana calls a unit, and what it calls so much of it per second. */
const UNITS: Readonly<Record<string, readonly [unit: string, perSecond: string]>> = {
  seconds: ["s", "percentunit"],
  bytes: ["bytes", "Bps"],
  ratio: ["percentunit", "percentunit"],
  percent: ["percent", "percent"],
  celsius: ["celsius", "celsius"],
  bits: ["bits", "bps"],
};

/** The unit that all expressions of a panel share, where it is known. */
export function unitOf(expressions: readonly Expr[], options: LabelFlowOptions = {}): string | undefined {
  const units = new Set(expressions.map((expr) => nameOf(labelFlow(expr, options).value)));
  const [unit] = units;
  return units.size === 1 ? unit : undefined;
}

function nameOf({ meaning, unit }: ValueFact): string | undefined {
  if (meaning === "ratio") return "percentunit";
  const [plain, perSecond] = UNITS[unit ?? ""] ?? [];
  if (meaning === "rate") return perSecond ?? "cps";
  return meaning === "timestamp" ? "dateTimeAsIso" : plain;
}
