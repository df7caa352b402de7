/**
 * The way out of the builder: PromQL as text, parsed and type-checked when the workspace is built.
 *
 * ```ts
 * const stale = promql`time() - ${lastImport} > 3600`.labels("job", "instance").condition();
 * ```
 *
 * Which labels the results carry is stated by the author, with `labels(…)`, and verified against the expression.
 */
import { type Expr, NOWHERE } from "../promql/ast.ts";
import type { PromqlError } from "../promql/error.ts";
import { mapExpr } from "../promql/map.ts";
import { parse } from "../promql/parse/parse.ts";
import { print } from "../promql/print/print.ts";
import { parseDuration } from "../quantity/duration.ts";
import { captureOrigin, type Origin } from "../source/origin.ts";
import { text } from "./build.ts";
import { type AnyVector, Condition, InstantVector } from "./instant-vector.ts";
import type { AnyRange } from "./range-vector.ts";
import type { Scalar } from "./scalar.ts";

/** What may stand in `${…}`: vectors, metrics, ranges and numbers anywhere; text within quotes; durations and names. */
export type PromqlValue = AnyVector | AnyRange<never> | { readonly selector: Expr } | Scalar | number | string;

/** What is known of an expression that was written as text. */
export interface Source {
  readonly origin: Origin;
  readonly text: string;
  /** The lengths of what stands in the template's `${…}`. */
  readonly holes: readonly number[];
  readonly errors: readonly PromqlError[];
  /** What its author states of it. */
  readonly labels: readonly string[];
  readonly condition: boolean;
}

/** A node that still knows the text it was read from. */
export type WrittenExpr = Expr & { readonly written: Source };

export function isWritten(node: object): node is WrittenExpr {
  return "written" in node;
}

/** A vector written as PromQL, whose results carry the labels `L`. */
export class Written<in out L extends string> extends InstantVector<L> {
  /** States which labels the results carry; the build verifies it. */
  labels<const K extends string>(...names: K[]): Written<K> {
    return new Written(this.#stating({ labels: Object.freeze(names) }));
  }

  /** States that it gives a result only while something is the case, so that an alert can be made of it. */
  condition(): Condition<L> {
    return new Condition(this.#stating({ condition: true }));
  }

  #stating(more: Partial<Source>): Expr {
    const { ast } = this;
    return isWritten(ast) ? Object.freeze({ ...ast, written: Object.freeze({ ...ast.written, ...more }) }) : ast;
  }
}

/**
 * Writes an expression as PromQL. Its results have no labels until `labels(…)` states them.
 *
 * ```ts
 * promql`time() - max by (sku) (catalog_inventory_items) > 3600`.labels("sku").condition();
 * ```
 */
export function promql(strings: TemplateStringsArray, ...values: PromqlValue[]): Written<never> {
  const origin = captureOrigin(promql);
  const errors: PromqlError[] = [];
  const holes: { readonly start: number; readonly end: number; readonly expr: Expr | undefined }[] = [];
  let source = strings.raw[0] ?? "";
  values.forEach((value, i) => {
    const { text: inserted, expr, mistake } = insertion(value, openQuote(source));
    const start = source.length;
    source += inserted;
    if (mistake !== undefined) errors.push({ message: mistake, start, end: source.length });
    holes.push({ start, end: source.length, expr });
    source += strings.raw[i + 1] ?? "";
  });
  const parsed = parse(source);
  // What was put in keeps its own nodes: a threshold stays one that environments can change.
  const tree =
    parsed.expr === undefined
      ? text("")
      : mapExpr(parsed.expr, (node) => {
          const hole = holes.find(
            ({ start, end, expr }) => expr !== undefined && node.span.start === start && node.span.end === end,
          );
          return hole?.expr ?? node;
        });
  const written: Source = Object.freeze({
    origin,
    text: source,
    holes: holes.map(({ start, end }) => end - start),
    errors: [...errors, ...parsed.errors],
    labels: [],
    condition: false,
  });
  return new Written(Object.freeze({ ...tree, written }));
}

interface Insertion {
  readonly text: string;
  readonly expr?: Expr;
  readonly mistake?: string;
}

function insertion(value: PromqlValue, quote: string | undefined): Insertion {
  if (quote !== undefined) return withinQuotes(value, quote);
  if (typeof value === "number") return { text: value < 0 ? `(${value})` : String(value) };
  if (typeof value === "string") {
    return parseDuration(value) !== undefined || /^[A-Za-z_:][\w:]*$/.test(value)
      ? { text: value }
      : {
          text: value,
          mistake: `${JSON.stringify(value)} cannot be put here: outside of quotes, put in vectors, metrics, numbers, durations or names`,
        };
  }
  if ("selector" in value) return { text: print(value.selector) };
  const { ast } = value;
  // A selector is read anew, since an offset may follow it.
  if (ast.kind === "VectorSelector" || ast.kind === "MatrixSelector" || ast.kind === "SubqueryExpr")
    return { text: print(ast) };
  const expr: Expr = isOperation(ast) ? Object.freeze({ kind: "ParenExpr", span: NOWHERE, expr: ast }) : ast;
  return { text: print(expr), expr };
}

function isOperation(expr: Expr): boolean {
  return expr.kind === "BinaryExpr" || expr.kind === "UnaryExpr" || (expr.kind === "NumberLiteral" && expr.value < 0);
}

function withinQuotes(value: PromqlValue, quote: string): Insertion {
  if (typeof value !== "string" && typeof value !== "number") {
    return { text: "", mistake: "only text and numbers can be put within quotes" };
  }
  const plain = String(value);
  if (quote !== "`")
    return { text: plain.replace(/[\\\n\r"']/g, (unit) => ESCAPES[unit] ?? (unit === quote ? `\\${unit}` : unit)) };
  return plain.includes("`")
    ? { text: "", mistake: "text with a backtick cannot be put within backticks" }
    : { text: plain };
}

const ESCAPES: Readonly<Record<string, string>> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r" };

/** The quote that is still open at the end of a text, if any. */
function openQuote(source: string): string | undefined {
  let open: string | undefined;
  for (let i = 0; i < source.length; i++) {
    const unit = source[i] as string;
    if (open === undefined) {
      if (unit === '"' || unit === "'" || unit === "`") open = unit;
      else if (unit === "#") i = newline(source, i);
    } else if (unit === "\\" && open !== "`") i++;
    else if (unit === open) open = undefined;
  }
  return open;
}

function newline(source: string, from: number): number {
  const end = source.indexOf("\n", from);
  return end === -1 ? source.length : end;
}
