/** The place in a text that is being read, and what went wrong on the way there. */
import { nearMiss } from "../../diagnostic/near-miss.ts";
import type { Span, ValueType } from "../ast.ts";
import { byteLength } from "../bytes.ts";
import type { PromqlError } from "../error.ts";
import type { LanguageOptions } from "../language.ts";
import { quote } from "../quote.ts";
import { Lexer } from "./lexer.ts";
import { KEYWORDS, T } from "./token.ts";

/** Expressions are bounded so that nobody who walks a tree runs out of stack. */
export const DEEPEST = 500;

/** Thrown where reading cannot go on; what is wrong has been recorded. */
export const LOST = new Error("the parser lost its way");

const NO_ERRORS: readonly PromqlError[] = Object.freeze([]);

export class Cursor {
  readonly lexer: Lexer;
  readonly options: LanguageOptions;
  errors: readonly PromqlError[] = NO_ERRORS;
  /** Whether an error was recorded that leaves no tree. */
  broken = false;
  /** Whether the innermost construct with words of its own for errors is an aggregation. */
  inAggregation = false;

  /** How many constructs are open around the current token. */
  depth = 0;
  /** The type and the height of the expression read last. */
  type: ValueType = "vector";
  height = 0;

  constructor(text: string, options: LanguageOptions) {
    this.lexer = new Lexer(text, options.variables);
    this.options = options;
    this.lexer.next();
  }

  /** Records an error that reading survives, and a tree does where `keepsTree` says so. */
  report(message: string, start: number, end: number, suggestion?: string | undefined, keepsTree = false): void {
    this.add(suggestion === undefined ? { message, start, end } : { message, start, end, suggestion });
    if (!keepsTree) this.broken = true;
  }

  /** Records what shows only behind a construct, where Prometheus has read a token more: a lexical error there is first. */
  reportBehind(message: string, start: number, end: number, suggestion?: string | undefined, keepsTree = false): void {
    if (this.lexer.kind === T.ERROR) throw this.unexpectedInExpression();
    this.report(message, start, end, suggestion, keepsTree);
  }

  /** Records that the current token cannot stand here. */
  unexpected(context: string, expected: string): typeof LOST {
    const { lexer } = this;
    this.broken = true;
    if (lexer.kind === T.ERROR) {
      // A lexical error is one error, however many lists it ends.
      const last = this.errors.at(-1);
      if (last?.message !== lexer.message || last.start !== lexer.start)
        this.add({ message: lexer.message, start: lexer.start, end: lexer.end });
      return LOST;
    }
    const isWord = lexer.kind === T.IDENTIFIER && (context === "" || context === "aggregation");
    const where = context === "" ? "" : ` in ${context}`;
    const wanted = expected === "" ? "" : `, expected ${expected}`;
    this.add({
      message: `unexpected ${this.describe()}${where}${wanted}`,
      start: lexer.start,
      end: lexer.end,
      expected: expected === "" ? undefined : expected,
      suggestion: isWord ? nearMiss(lexer.value(), KEYWORDS.keys()) : undefined,
    });
    return LOST;
  }

  /** Records that the current token cannot stand within an expression. */
  unexpectedInExpression(): typeof LOST {
    return this.unexpected(this.inAggregation ? "aggregation" : "", "");
  }

  /** Moves behind a token of one kind, and gives its end. */
  take(kind: number): number {
    const { lexer } = this;
    if (lexer.kind !== kind) throw this.unexpectedInExpression();
    const { end } = lexer;
    lexer.next();
    return end;
  }

  /**
   * Skips to the next comma or the closing token of a list within which `parens` parentheses were open; `false` where the
   * text ends first.
   */
  recover(closing: number, parens: number): boolean {
    const { lexer } = this;
    let inBraces = false;
    for (; lexer.kind !== T.EOF && lexer.kind !== T.ERROR; lexer.next()) {
      const { kind } = lexer;
      const here = !inBraces && lexer.parens === parens - (closing === T.RIGHT_PAREN && kind === closing ? 1 : 0);
      if (here && (kind === closing || kind === T.COMMA)) return true;
      if (kind === T.LEFT_BRACE) inBraces = true;
      else if (kind === T.RIGHT_BRACE) inBraces = false;
    }
    return false;
  }

  private add(error: PromqlError): void {
    this.errors = [...this.errors, Object.freeze(error)];
  }

  private describe(): string {
    const { kind } = this.lexer;
    const value = this.lexer.value();
    if (kind === T.EOF) return "end of input";
    if (kind === T.IDENTIFIER) return `identifier ${quote(value)}`;
    if (kind === T.METRIC_IDENTIFIER) return `metric identifier ${quote(value)}`;
    if (kind >= T.ADD && kind <= T.AT) return `<op:${value}>`;
    if (kind === T.AGGREGATOR) return `<aggr:${value}>`;
    if (kind >= T.OFFSET && kind <= T.BOOL) return `<${value}>`;
    const name = NAMED[kind];
    const shown = byteLength(value) > 10 ? `${quote([...value].slice(0, 10).join(""))}...` : quote(value);
    return name === undefined ? shown : `${name} ${shown}`;
  }
}

const NAMED: Readonly<Record<number, string>> = {
  [T.STRING]: "string",
  [T.NUMBER]: "number",
  [T.DURATION]: "duration",
  [T.VARIABLE]: "variable",
};

export function span(start: number, end: number): Span {
  return Object.freeze({ start, end });
}
