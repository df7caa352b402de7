/**
 * The syntax tree of PromQL, with the node names of Prometheus.
 *
 * Every node is frozen data. What was written is kept beside what it means, so that an expression can be printed as its
 * author wrote it. The language: https://prometheus.io/docs/prometheus/latest/querying/basics/
 */

import type { MatchOp } from "../label/matcher.ts";

/** Where a node stands in its text, in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The span of nodes that were built and never written. */
export const NOWHERE: Span = Object.freeze({ start: 0, end: 0 });

/** Any node of an expression; `kind` tells which. */
export type Expr =
  | AggregateExpr
  | BinaryExpr
  | Call
  | MatrixSelector
  | NumberLiteral
  | ParenExpr
  | StringLiteral
  | SubqueryExpr
  | UnaryExpr
  | VectorSelector;

/** The kinds of nodes. */
export type ExprKind = Expr["kind"];

/** The expression of one kind: `ExprOf<"Call">`. */
export type ExprOf<K extends ExprKind> = Extract<Expr, { readonly kind: K }>;

interface Node {
  readonly span: Span;
}

/** `sum by (job) (x)`, `topk(5, x)`. */
export interface AggregateExpr extends Node {
  readonly kind: "AggregateExpr";
  readonly op: AggregateOp;
  readonly expr: Expr;
  readonly param: Expr | undefined;
  readonly grouping: readonly string[];
  readonly without: boolean;
}

/** `a + on (job) group_left (team) b`. */
export interface BinaryExpr extends Node {
  readonly kind: "BinaryExpr";
  readonly op: BinaryOp;
  readonly lhs: Expr;
  readonly rhs: Expr;
  /** Set where both sides are instant vectors, or where a modifier was written. */
  readonly matching: VectorMatching | undefined;
  readonly returnBool: boolean;
  /** Where the operator and its modifiers stand. */
  readonly opSpan?: Span | undefined;
}

/** `rate(x[5m])`. The name is checked by the type check, not by the shape. */
export interface Call extends Node {
  readonly kind: "Call";
  readonly func: string;
  readonly args: readonly Expr[];
}

/** `x[5m]`; offset and `@` belong to the selector within. */
export interface MatrixSelector extends Node {
  readonly kind: "MatrixSelector";
  readonly selector: VectorSelector;
  readonly range: Duration;
}

/** `x[1h:5m]` over any expression. */
export interface SubqueryExpr extends Node {
  readonly kind: "SubqueryExpr";
  readonly expr: Expr;
  readonly range: Duration;
  readonly step: Duration | undefined;
  readonly offset: Duration | undefined;
  readonly at: At | undefined;
}

/** A number, and how it was written. */
export interface NumberLiteral extends Node {
  readonly kind: "NumberLiteral";
  /** NaN also where a dashboard's variable stands for it. */
  readonly value: number;
  /** As it was written: `1e3`, `0x1F`, `5m` (a duration counts in seconds). */
  readonly raw: string;
}

/** An expression in parentheses. */
export interface ParenExpr extends Node {
  readonly kind: "ParenExpr";
  readonly expr: Expr;
}

/** A string, and how it was written. */
export interface StringLiteral extends Node {
  readonly kind: "StringLiteral";
  readonly value: string;
  /** As it was written, with its quotes. */
  readonly raw: string;
}

/** An expression with a sign before it. */
export interface UnaryExpr extends Node {
  readonly kind: "UnaryExpr";
  readonly op: "+" | "-";
  readonly expr: Expr;
}

/** `x{a="b"} offset 5m @ start()`. */
export interface VectorSelector extends Node {
  readonly kind: "VectorSelector";
  /** The metric name before the braces. A lone string within them is a matcher on `__name__`, as it is for Prometheus. */
  readonly name: string | undefined;
  readonly matchers: readonly LabelMatcher[];
  readonly offset: Duration | undefined;
  readonly at: At | undefined;
  /** How samples at the bounds of a range are found: https://github.com/prometheus/proposals (0052). */
  readonly extended: "anchored" | "smoothed" | undefined;
}

/** A condition on a label, as in `{sku="mug"}`. */
export interface LabelMatcher extends Node {
  /** The label. Empty where a dashboard's variable, which is the value, stands for whole matchers. */
  readonly name: string;
  readonly op: MatchOp;
  readonly value: string;
}

/** How the series of both sides of an operator find each other. */
export interface VectorMatching {
  readonly card: "one-to-one" | "many-to-one" | "one-to-many" | "many-to-many";
  /** Whether `labels` are the ones to match on, or the ones to ignore. */
  readonly on: boolean;
  readonly labels: readonly string[];
  /** The labels in `group_left (…)` or `group_right (…)`. */
  readonly include: readonly string[];
  /** What stands in for a series missing on either side. */
  readonly fill: { readonly lhs: number | undefined; readonly rhs: number | undefined };
}

/** `@ 1609746000`, `@ start()`, `@ end()`. */
export type At =
  | { readonly kind: "timestamp"; readonly ms: number; readonly raw: string }
  | { readonly kind: "start" }
  | { readonly kind: "end" };

/** A duration: written as one, or as an expression of durations. */
export type Duration = DurationLiteral | DurationExpr;

/** `5m`, `1h30m`, or a plain number of seconds. */
export interface DurationLiteral extends Node {
  readonly kind: "DurationLiteral";
  /** Milliseconds, as a fraction down to nanoseconds; NaN where a dashboard's variable stands for it. */
  readonly ms: number;
  readonly raw: string;
}

/** Arithmetic between durations: `5m + step()`, `max_of(1m, step() * 2)`. A number in parentheses is a `+` without a left side. */
export interface DurationExpr extends Node {
  readonly kind: "DurationExpr";
  readonly op: "+" | "-" | "*" | "/" | "%" | "^" | "step" | "range" | "min_of" | "max_of";
  /** Absent for a sign, `step()` and `range()`. */
  readonly lhs: Duration | undefined;
  readonly rhs: Duration | undefined;
  readonly wrapped: boolean;
}

/** The aggregations. https://prometheus.io/docs/prometheus/latest/querying/operators/#aggregation-operators */
export const AGGREGATE_OPS = [
  "sum",
  "avg",
  "count",
  "min",
  "max",
  "group",
  "stddev",
  "stdvar",
  "topk",
  "bottomk",
  "count_values",
  "quantile",
  "limitk",
  "limit_ratio",
] as const;

/** The name of an aggregation. */
export type AggregateOp = (typeof AGGREGATE_OPS)[number];

/** The aggregations that take a parameter before their vector. */
export const PARAMETERISED: ReadonlySet<AggregateOp> = new Set<AggregateOp>([
  "topk",
  "bottomk",
  "count_values",
  "quantile",
  "limitk",
  "limit_ratio",
]);

/** The comparison operators. */
export const COMPARISON_OPS = ["==", "!=", "<", ">", "<=", ">="] as const;
/** The operators that cut observations off native histograms. */
export const TRIM_OPS = ["</", ">/"] as const;
/** The operators on sets of series. */
export const SET_OPS = ["and", "or", "unless"] as const;
/** The arithmetic operators. */
export const ARITHMETIC_OPS = ["+", "-", "*", "/", "%", "^", "atan2"] as const;

/** An operator between two expressions. */
export type BinaryOp =
  | (typeof COMPARISON_OPS)[number]
  | (typeof TRIM_OPS)[number]
  | (typeof SET_OPS)[number]
  | (typeof ARITHMETIC_OPS)[number];

/** What an expression evaluates to. */
export type ValueType = "scalar" | "vector" | "matrix" | "string";
