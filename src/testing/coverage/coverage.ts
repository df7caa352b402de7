/** Which rules tests speak of, and in what way. */
import type { Expr } from "../../promql/ast.ts";
import { SET_OPS } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";

/** What tests have shown of one rule. */
export interface RuleCoverage {
  readonly name: string;
  readonly kind: "alerting" | "recording";
  /** The file that it was defined in, and the line, counted from 1; 0 where nobody knows. */
  readonly file: string;
  readonly line: number;
  /** Some test has it fire. */
  readonly fired: boolean;
  /** Some test has it stay quiet. */
  readonly quiet: boolean;
  /** Its expression always gives the same, as a dead man's switch's does: it has no way to stay quiet. */
  readonly constant: boolean;
  /** Some test asks what it records. */
  readonly asserted: boolean;
  readonly branches: readonly BranchCoverage[];
}

/** One side of `and`, `or` or `unless`. */
export interface BranchCoverage {
  readonly text: string;
  /** Whether it ever had a result. */
  readonly gave: boolean;
}

/** The sides of the expression's set operators. */
export function branchesOf(expr: Expr): readonly Expr[] {
  const found: Expr[] = [];
  walkExpr(expr, (node) => {
    if (node.kind === "BinaryExpr" && (SET_OPS as readonly string[]).includes(node.op)) found.push(node.lhs, node.rhs);
  });
  return found;
}

/** Whether an expression reads no series and no clock. */
export function isConstant(expr: Expr): boolean {
  let reads = false;
  walkExpr(expr, (node) => {
    // Functions without arguments are those of the time.
    reads ||= node.kind === "VectorSelector" || (node.kind === "Call" && node.args.length === 0);
  });
  return !reads;
}

/** What several runs have shown together. */
export function mergeCoverage(all: Iterable<readonly RuleCoverage[]>): readonly RuleCoverage[] {
  const merged = new Map<string, RuleCoverage>();
  for (const list of all) {
    for (const rule of list) {
      const key = `${rule.file}\0${rule.line}\0${rule.kind}\0${rule.name}`;
      const before = merged.get(key);
      merged.set(key, before === undefined ? rule : both(before, rule));
    }
  }
  return [...merged.values()].sort((a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.name, b.name));
}

function both(a: RuleCoverage, b: RuleCoverage): RuleCoverage {
  const gave = new Map([...a.branches, ...b.branches].map(({ text }) => [text, false]));
  for (const branch of [...a.branches, ...b.branches]) if (branch.gave) gave.set(branch.text, true);
  return {
    ...a,
    fired: a.fired || b.fired,
    quiet: a.quiet || b.quiet,
    asserted: a.asserted || b.asserted,
    branches: [...gave].map(([text, value]) => ({ text, gave: value })),
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** One thing that a test can show of a rule. */
export interface Point {
  readonly text: string;
  readonly hit: boolean;
}

export function pointsOf({ kind, fired, quiet, constant, asserted, branches }: RuleCoverage): readonly Point[] {
  const own =
    kind === "alerting"
      ? [{ text: "fires", hit: fired }, ...(constant ? [] : [{ text: "stays quiet", hit: quiet }])]
      : [{ text: "is asserted", hit: asserted }];
  return [...own, ...branches.map(({ text, gave }) => ({ text: `gives a result: ${text}`, hit: gave }))];
}

/** The share of points that are hit, from 0 to 1; nothing to be covered is covered. */
export function shareOf(rules: readonly RuleCoverage[]): number {
  const points = rules.flatMap(pointsOf);
  return points.length === 0 ? 1 : points.filter(({ hit }) => hit).length / points.length;
}
