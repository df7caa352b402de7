/** Makes nodes of the PromQL tree for the builder: frozen, and standing nowhere in a text. */
import type { Matcher } from "../label/matcher.ts";
import {
  type AggregateOp,
  type At,
  type BinaryExpr,
  type BinaryOp,
  COMPARISON_OPS,
  type Duration,
  type Expr,
  type LabelMatcher,
  type MatrixSelector,
  NOWHERE,
  type NumberLiteral,
  SET_OPS,
  type StringLiteral,
  type SubqueryExpr,
  type VectorMatching,
  type VectorSelector,
} from "../promql/ast.ts";
import { beforeBrackets, behindSign, leftOf, rightOf } from "../promql/print/parentheses.ts";
import { quote } from "../promql/quote.ts";
import { type DurationText, parseDuration } from "../quantity/duration.ts";
import { type Quantity, toNumber } from "../quantity/quantity.ts";
import type { Fill, Grouping, GroupLeft, GroupRight, Ignoring, On } from "./modifiers.ts";

/** What could not be read keeps its text and has the value NaN: the build reports it with its place. */
export function number(quantity: Quantity): NumberLiteral {
  const value = toNumber(quantity) ?? Number.NaN;
  return Object.freeze({
    kind: "NumberLiteral",
    span: NOWHERE,
    value,
    raw: Number.isNaN(value) ? String(quantity) : written(value),
  });
}

export function text(value: string): StringLiteral {
  return Object.freeze({ kind: "StringLiteral", span: NOWHERE, value, raw: quote(value) });
}

/** A duration, where an unreadable one likewise has the value NaN. */
export function duration(written: DurationText | string): Duration {
  const raw = String(written);
  const negative = raw.startsWith("-");
  const ms = parseDuration(negative ? raw.slice(1) : raw) ?? Number.NaN;
  return Object.freeze({ kind: "DurationLiteral", span: NOWHERE, ms: negative ? -ms : ms, raw });
}

export function selector(name: string | undefined, matchers: readonly Matcher[] = []): VectorSelector {
  return Object.freeze({
    kind: "VectorSelector",
    span: NOWHERE,
    name,
    matchers: Object.freeze(matchers.map(matcher)),
    offset: undefined,
    at: undefined,
    extended: undefined,
  });
}

export function narrowed(from: VectorSelector, matchers: readonly Matcher[]): VectorSelector {
  return Object.freeze({ ...from, matchers: Object.freeze([...from.matchers, ...matchers.map(matcher)]) });
}

export function renamed(from: VectorSelector, name: string): VectorSelector {
  return Object.freeze({ ...from, name });
}

export function shifted<S extends VectorSelector | SubqueryExpr>(from: S, by: DurationText | string): S {
  return Object.freeze<S>({ ...from, offset: duration(by) });
}

export function pinned<S extends VectorSelector | SubqueryExpr>(from: S, at: Date | "start" | "end"): S {
  return Object.freeze<S>({ ...from, at: instant(at) });
}

export function matrix(from: VectorSelector, range: DurationText | string): MatrixSelector {
  return Object.freeze({ kind: "MatrixSelector", span: NOWHERE, selector: from, range: duration(range) });
}

export function subquery(
  expr: Expr,
  range: DurationText | string,
  step: DurationText | string | undefined,
): SubqueryExpr {
  return Object.freeze({
    kind: "SubqueryExpr",
    span: NOWHERE,
    expr: beforeBrackets(expr),
    range: duration(range),
    step: step === undefined ? undefined : duration(step),
    offset: undefined,
    at: undefined,
  });
}

export function call(func: string, ...args: readonly Expr[]): Expr {
  return Object.freeze({ kind: "Call", span: NOWHERE, func, args: Object.freeze(args) });
}

export function aggregate(op: AggregateOp, expr: Expr, grouping?: Grouping<string>, param?: Expr): Expr {
  return Object.freeze({
    kind: "AggregateExpr",
    span: NOWHERE,
    op,
    expr,
    param,
    grouping: Object.freeze([...(grouping?.labels ?? [])]),
    without: grouping?.kind === "without",
  });
}

export interface BinaryOptions {
  readonly match?: On<string> | Ignoring<string> | undefined;
  readonly group?: GroupLeft<string> | GroupRight<string> | undefined;
  readonly fill?: Fill | undefined;
  readonly bool?: boolean;
  /** Whether both sides are instant vectors; a scalar on either side is matched with everything. */
  readonly vectors: boolean;
}

export function binary(
  op: BinaryOp,
  lhs: Expr,
  rhs: Expr,
  { match, group, fill, bool, vectors }: BinaryOptions,
): BinaryExpr {
  const matching: VectorMatching | undefined = vectors
    ? Object.freeze({
        card: isSetOp(op)
          ? "many-to-many"
          : group === undefined
            ? "one-to-one"
            : group.kind === "group_left"
              ? "many-to-one"
              : "one-to-many",
        on: match?.kind === "on",
        labels: Object.freeze([...(match?.labels ?? [])]),
        include: Object.freeze([...(group?.labels ?? [])]),
        fill: Object.freeze({ lhs: fill?.left, rhs: fill?.right }),
      })
    : undefined;
  return Object.freeze({
    kind: "BinaryExpr",
    span: NOWHERE,
    op,
    lhs: leftOf(op, lhs),
    rhs: rightOf(op, rhs),
    matching,
    returnBool: bool === true,
  });
}

export function negated(expr: Expr): Expr {
  return Object.freeze({ kind: "UnaryExpr", span: NOWHERE, op: "-", expr: behindSign(expr) });
}

export function isComparison(op: BinaryOp): boolean {
  return (COMPARISON_OPS as readonly string[]).includes(op);
}

function isSetOp(op: BinaryOp): boolean {
  return (SET_OPS as readonly string[]).includes(op);
}

function matcher({ name, op, value }: Matcher): LabelMatcher {
  return Object.freeze({ span: NOWHERE, name, op, value });
}

function instant(at: Date | "start" | "end"): At {
  if (!(at instanceof Date)) return Object.freeze({ kind: at });
  const ms = at.getTime();
  return Object.freeze({ kind: "timestamp", ms, raw: String(ms / 1000) });
}

function written(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return String(value);
}
