/** From text to tree. */
import type { Expr } from "../ast.ts";
import { formatPromqlError, type PromqlError } from "../error.ts";
import type { LanguageOptions } from "../language.ts";
import { Cursor, LOST } from "./cursor.ts";
import { expression } from "./expression.ts";
import { T } from "./token.ts";

/** What a text holds: a tree where there is one to see, and whatever is wrong with it. */
export interface Parsed {
  /** The tree; there is one in spite of errors where they are about names only, such as an unknown function. */
  readonly expr: Expr | undefined;
  /** In the order in which Prometheus would find them: its own report is the first. */
  readonly errors: readonly PromqlError[];
}

/**
 * Reads an expression. Types are not checked: see `check`.
 *
 * ```ts
 * const { expr, errors } = parse("sum by (sku) (stock) < 10");
 * ```
 */
export function parse(text: string, options: LanguageOptions = {}): Parsed {
  const cursor = new Cursor(text, options);
  const expr = whole(cursor);
  return { expr: cursor.broken ? undefined : expr, errors: cursor.errors };
}

/**
 * Reads an expression that is known to be one; throws where it is not.
 *
 * ```ts
 * parseOrThrow("sum by (sku) (stock) < 10").kind; // "BinaryExpr"
 * ```
 */
export function parseOrThrow(text: string, options: LanguageOptions = {}): Expr {
  const { expr, errors } = parse(text, options);
  const [first] = errors;
  if (first !== undefined || expr === undefined) {
    throw new Error(`${first === undefined ? "no expression" : formatPromqlError(text, first)} in ${text}`);
  }
  return expr;
}

function whole(cursor: Cursor): Expr | undefined {
  if (cursor.lexer.kind === T.EOF) {
    cursor.report("no expression found in input", 0, 0);
    return undefined;
  }
  try {
    const expr = expression(cursor);
    if (cursor.lexer.kind !== T.EOF) throw cursor.unexpectedInExpression();
    return expr;
  } catch (error) {
    if (error !== LOST) throw error;
    return undefined;
  }
}
