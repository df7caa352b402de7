/** Rules with one thing changed: what a test that knows its rule would notice. */
import type {
  AggregateExpr,
  BinaryExpr,
  Expr,
  MatrixSelector,
  NumberLiteral,
  VectorSelector,
} from "../../promql/ast.ts";
import { COMPARISON_OPS } from "../../promql/ast.ts";
import { mapExpr, walkExpr } from "../../promql/map.ts";
import { print } from "../../promql/print/print.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { Rule } from "../../rule/rule.ts";

export interface Mutant {
  /** What was changed: `< 10 becomes > 10`. */
  readonly change: string;
  readonly rule: Rule;
}

/** All changes of one rule. */
export function mutantsOfRule(rule: Rule): readonly Mutant[] {
  return [...exprMutants(rule), ...(rule.kind === "alerting" ? durationMutants(rule) : [])];
}

interface Change {
  readonly change: string;
  readonly to: Expr;
}

type Changer<N extends Expr> = (node: N) => readonly Change[];

function exprMutants(rule: Rule): readonly Mutant[] {
  const mutants: Mutant[] = [];
  walkExpr(rule.expr, (node) => {
    for (const { change, to } of changesOf(node)) {
      const expr = mapExpr(rule.expr, identical(node, to));
      mutants.push({ change, rule: Object.freeze({ ...rule, expr, text: print(expr) }) });
    }
  });
  return mutants;
}

/** Replaces one node. Its children come first and stay the same, so that it is met as it was. */
function identical(node: Expr, to: Expr): (other: Expr) => Expr {
  return (other) => (other === node ? to : other);
}

function changesOf(node: Expr): readonly Change[] {
  if (node.kind === "BinaryExpr") return comparison(node);
  if (node.kind === "VectorSelector") return matchers(node);
  if (node.kind === "AggregateExpr") return grouping(node);
  return node.kind === "MatrixSelector" ? range(node) : [];
}

const TURNED: Readonly<Record<string, BinaryExpr["op"]>> = {
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
  "==": "!=",
  "!=": "==",
};

const comparison: Changer<BinaryExpr> = (node) => {
  if (!(COMPARISON_OPS as readonly string[]).includes(node.op)) return [];
  const turned = TURNED[node.op] as BinaryExpr["op"];
  const changes: Change[] = [{ change: `${node.op} becomes ${turned}`, to: Object.freeze({ ...node, op: turned }) }];
  for (const side of ["lhs", "rhs"] as const) {
    const number = node[side];
    if (number.kind !== "NumberLiteral") continue;
    for (const value of moved(number)) {
      const literal: NumberLiteral = Object.freeze({ ...number, value, raw: String(value) });
      changes.push({
        change: `${node.op} ${number.raw} becomes ${node.op} ${literal.raw}`,
        to: Object.freeze({ ...node, [side]: literal }),
      });
    }
  }
  return changes;
};

/** A step of its own size to either side: 10 more and less for 30, a tenth for 0.2. */
function moved({ value }: NumberLiteral): readonly number[] {
  if (!Number.isFinite(value)) return [];
  const step = value === 0 ? 1 : 10 ** Math.floor(Math.log10(Math.abs(value)));
  return [value - step, value + step].map((one) => Number(one.toPrecision(12)));
}

const matchers: Changer<VectorSelector> = (node) =>
  node.matchers.flatMap((matcher, i) => {
    const rest = node.matchers.filter((_, at) => at !== i);
    // Something has to be left to select by.
    if (node.name === undefined && !rest.some(({ value }) => value !== "")) return [];
    const to: Expr = Object.freeze({ ...node, matchers: Object.freeze(rest) });
    return [{ change: `${matcher.name}${matcher.op}"${matcher.value}" is removed from ${print(node)}`, to }];
  });

const grouping: Changer<AggregateExpr> = (node) =>
  node.grouping.map((label) => {
    const to = Object.freeze({ ...node, grouping: Object.freeze(node.grouping.filter((one) => one !== label)) });
    return { change: `${node.op} ${node.without ? "without" : "by"} (${node.grouping.join(", ")}) loses ${label}`, to };
  });

const range: Changer<MatrixSelector> = (node) => {
  const { range: window } = node;
  if (window.kind !== "DurationLiteral") return [];
  return [window.ms * 2, window.ms / 2].map((ms) => ({
    change: `the window [${window.raw}] becomes [${formatDuration(ms)}]`,
    to: Object.freeze({ ...node, range: Object.freeze({ ...window, ms, raw: formatDuration(ms) }) }),
  }));
};

function durationMutants(rule: Extract<Rule, { kind: "alerting" }>): readonly Mutant[] {
  const mutants: Mutant[] = [];
  for (const [field, name] of [
    ["forMs", "for"],
    ["keepFiringForMs", "keep_firing_for"],
  ] as const) {
    const ms = rule[field];
    if (ms === 0) continue;
    mutants.push({ change: `${name}: ${formatDuration(ms)} is dropped`, rule: Object.freeze({ ...rule, [field]: 0 }) });
    mutants.push({
      change: `${name}: ${formatDuration(ms)} becomes ${formatDuration(ms * 2)}`,
      rule: Object.freeze({ ...rule, [field]: ms * 2 }),
    });
  }
  return mutants;
}
