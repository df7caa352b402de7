/** What an expression compares with: the numbers that a person would call its thresholds. */
import { COMPARISON_OPS, type Expr } from "./ast.ts";
import { walkExpr } from "./map.ts";

export interface ComparedValue {
  readonly op: string;
  readonly value: string;
}

const MIRRORED: Readonly<Record<string, string>> = {
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
  "==": "==",
  "!=": "!=",
};

/** The comparisons with plain numbers, in the order written, each as seen from the vector's side. */
export function thresholdsOf(expr: Expr): readonly ComparedValue[] {
  const found: ComparedValue[] = [];
  walkExpr(expr, (node) => {
    if (node.kind !== "BinaryExpr" || !(COMPARISON_OPS as readonly string[]).includes(node.op)) return;
    const right = numberOf(node.rhs);
    const left = numberOf(node.lhs);
    if (right !== undefined) found.push({ op: node.op, value: right });
    else if (left !== undefined) found.push({ op: MIRRORED[node.op] ?? node.op, value: left });
  });
  return found;
}

function numberOf(expr: Expr): string | undefined {
  if (expr.kind === "ParenExpr") return numberOf(expr.expr);
  return expr.kind === "NumberLiteral" ? expr.raw : undefined;
}
