/**
 * Writes an expression over several lines, by the rules of Prometheus's own formatter: what is longer than 100 bytes is
 * split. https://github.com/prometheus/prometheus/blob/main/promql/parser/prettier_rules.md
 */
import type { Expr, ExprKind, ExprOf } from "../ast.ts";
import { byteLength } from "../bytes.ts";
import { beforeBrackets, behindSign, leftOf, rightOf } from "./parentheses.ts";
import { Printer, type PrintOptions } from "./print.ts";

/** How an expression is broken over lines. */
export interface PrettyOptions extends PrintOptions {
  /** How many bytes an expression may have before it is split: 100, unless something else is said. */
  readonly width?: number | undefined;
}

/**
 * The expression over as many lines as it takes to keep them short.
 *
 * ```ts
 * pretty(parseOrThrow("sum by (sku) (rate(clicks_total[5m])) / sum by (sku) (stock) > 0.5"));
 * ```
 */
export function pretty(expr: Expr, options: PrettyOptions = {}): string {
  const prettifier = new Prettifier(options);
  // Refuses what is too deep to be walked.
  prettifier.oneLine(expr);
  return prettifier.lines(expr, 0);
}

class Prettifier {
  readonly printer: Printer;
  private readonly width: number;
  private readonly printed = new Map<Expr, string>();

  constructor(options: PrettyOptions) {
    this.printer = new Printer(options);
    this.width = options.width ?? 100;
  }

  lines(expr: Expr, level: number): string {
    const split = SPLITTERS[expr.kind] as ((self: Prettifier, expr: Expr, level: number) => string) | undefined;
    if (split === undefined) return indent(level) + this.oneLine(expr);
    if (expr.kind === "UnaryExpr" || this.isLong(expr)) return split(this, expr, level);
    // Prometheus forgets to indent a short subquery.
    return (expr.kind === "SubqueryExpr" ? "" : indent(level)) + this.oneLine(expr);
  }

  private isLong(expr: Expr): boolean {
    const line = this.oneLine(expr);
    return line.length > this.width || (line.length * 3 > this.width && byteLength(line) > this.width);
  }

  oneLine(expr: Expr): string {
    let line = this.printed.get(expr);
    if (line === undefined) {
      line = this.printer.print(expr);
      this.printed.set(expr, line);
    }
    return line;
  }
}

/** How each kind is split; the others never are. */
const SPLITTERS: { readonly [K in ExprKind]?: (self: Prettifier, expr: ExprOf<K>, level: number) => string } = {
  AggregateExpr: (self, node, level) => {
    const param = node.param === undefined ? "" : `${self.lines(node.param, level + 1)},\n`;
    const inner = `${param}${self.lines(node.expr, level + 1)}`;
    return `${indent(level)}${self.printer.aggregation(node)}(\n${inner}\n${indent(level)})`;
  },
  BinaryExpr: (self, node, level) => {
    const lhs = self.lines(leftOf(node.op, node.lhs), level + 1);
    const rhs = self.lines(rightOf(node.op, node.rhs), level + 1);
    return `${lhs}\n${indent(level)}${self.printer.operator(node)}\n${rhs}`;
  },
  Call: (self, { func, args }, level) => {
    const inner = args.map((arg) => self.lines(arg, level + 1)).join(",\n");
    return `${indent(level)}${func}(\n${inner}\n${indent(level)})`;
  },
  ParenExpr: (self, { expr }, level) => `${indent(level)}(\n${self.lines(expr, level + 1)}\n${indent(level)})`,
  SubqueryExpr: (self, node, level) => `${self.lines(beforeBrackets(node.expr), level)}${self.printer.subquery(node)}`,
  UnaryExpr: (self, { op, expr }, level) => `${indent(level)}${op}${self.lines(behindSign(expr), level).trim()}`,
};

function indent(level: number): string {
  return "  ".repeat(level);
}
