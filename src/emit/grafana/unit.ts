/** The unit a panel shows its values in, as Grafana names it. */
import type { Expr } from "../../promql/ast.ts";
import { labelFlow } from "../../promql/type/label-flow.ts";

const UNITS: Readonly<Record<string, string>> = {
  seconds: "s",
  bytes: "bytes",
  ratio: "percentunit",
  rate: "cps",
  "seconds per second": "percentunit",
  "bytes per second": "Bps",
};

/** The unit that all expressions of a panel share, where it is known. */
export function unitOf(expressions: readonly Expr[]): string | undefined {
  const units = new Set(expressions.map((expr) => UNITS[labelFlow(expr).unit ?? ""]));
  const [unit] = units;
  return units.size === 1 ? unit : undefined;
}
