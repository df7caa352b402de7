/**
 * Checks what grammar cannot: types of values, numbers of arguments, matching of vectors, selectors that select all.
 * https://github.com/prometheus/prometheus/blob/main/promql/parser/parse.go (checkAST)
 */
import { METRIC_NAME } from "../../label/label-set.ts";
import {
  type AggregateExpr,
  type BinaryExpr,
  type Call,
  COMPARISON_OPS,
  type Duration,
  type Expr,
  type ExprKind,
  type ExprOf,
  type LabelMatcher,
  type MatrixSelector,
  SET_OPS,
  type Span,
  type SubqueryExpr,
  type UnaryExpr,
  type ValueType,
  type VectorSelector,
} from "../ast.ts";
import type { PromqlError } from "../error.ts";
import { argType, FUNCTIONS, functionNamed } from "../functions.ts";
import { holdsVariable, isLoneVariable, type LanguageOptions } from "../language.ts";
import {
  aggregateMistake,
  extendedMistake,
  functionMistake,
  type Mistake,
  matcherMistake,
  matchingMistake,
} from "../mistake.ts";
import { quote } from "../quote.ts";
import { asksForPresence } from "./presence.ts";

/**
 * Everything that Prometheus would refuse about a tree, in the order in which it would say so.
 *
 * ```ts
 * check(parseOrThrow("sum(stock)")); // []: nothing is wrong with it
 * ```
 */
export function check(expr: Expr, options: LanguageOptions = {}): readonly PromqlError[] {
  const checker = new Checker(options, true);
  checker.typeOf(expr);
  return checker.errors;
}

/** As {@link check}, for a tree in which the parser has found every name and every regular expression to be right. */
export function checkTypes(expr: Expr, options: LanguageOptions): readonly PromqlError[] {
  const checker = new Checker(options, false);
  checker.typeOf(expr);
  return checker.errors;
}

/** A dashboard's variable may be of any type. */
type Type = ValueType | "any";

const NO_ERRORS: readonly PromqlError[] = Object.freeze([]);

/** What is read is never so deep; what is built could be. */
const DEEPEST = 1000;

const COMPARES: ReadonlySet<string> = new Set(COMPARISON_OPS);
const IS_SET: ReadonlySet<string> = new Set(SET_OPS);

/** The aggregations with a parameter, and the type it has. */
const PARAMETER: Readonly<Partial<Record<AggregateExpr["op"], ValueType>>> = {
  topk: "scalar",
  bottomk: "scalar",
  quantile: "scalar",
  limitk: "scalar",
  limit_ratio: "scalar",
  count_values: "string",
};

class Checker {
  errors: readonly PromqlError[] = NO_ERRORS;
  readonly options: LanguageOptions;
  /** Whether names, features and regular expressions are still to be looked at. */
  readonly names: boolean;
  private depth = 0;

  constructor(options: LanguageOptions, names: boolean) {
    this.options = options;
    this.names = names;
  }

  typeOf(expr: Expr): Type {
    if (this.depth >= DEEPEST) {
      this.report(`the expression is nested more than ${DEEPEST} levels deep`, expr.span);
      return "any";
    }
    this.depth++;
    const checkKind = CHECKS[expr.kind] as (checker: Checker, expr: Expr) => Type;
    const type = checkKind(this, expr);
    this.depth--;
    return type;
  }

  report(message: string, { start, end }: Span, suggestion?: string): void {
    const error = Object.freeze(
      suggestion === undefined ? { message, start, end } : { message, start, end, suggestion },
    );
    if (this.errors === NO_ERRORS) this.errors = [error];
    else (this.errors as PromqlError[]).push(error);
  }

  reportAny(mistake: Mistake | undefined, span: Span): void {
    if (mistake !== undefined) this.report(mistake.message, span, mistake.suggestion);
  }

  expect(expr: Expr, wanted: ValueType, where: string): void {
    const type = this.typeOf(expr);
    if (type !== wanted && type !== "any")
      this.report(`expected type ${documented(wanted)} in ${where}, got ${documented(type)}`, expr.span);
  }
}

const CHECKS: { readonly [K in ExprKind]: (checker: Checker, expr: ExprOf<K>) => Type } = {
  AggregateExpr: aggregation,
  BinaryExpr: binary,
  Call: call,
  MatrixSelector: matrix,
  NumberLiteral: () => "scalar",
  ParenExpr: (checker, { expr }) => checker.typeOf(expr),
  StringLiteral: () => "string",
  SubqueryExpr: subquery,
  UnaryExpr: unary,
  VectorSelector: (checker, node) => selector(checker, node, false),
};

function aggregation(checker: Checker, node: AggregateExpr): Type {
  if (checker.names) checker.reportAny(aggregateMistake(node.op, checker.options), node.span);
  checker.expect(node.expr, "vector", "aggregation expression");
  const wanted = PARAMETER[node.op];
  if (wanted !== undefined && node.param !== undefined) checker.expect(node.param, wanted, "aggregation parameter");
  return "vector";
}

function binary(checker: Checker, node: BinaryExpr): Type {
  const { op, lhs, rhs, matching, returnBool, span, opSpan = span } = node;
  const left = checker.typeOf(lhs);
  const right = checker.typeOf(rhs);
  const isSet = IS_SET.has(op);
  if (checker.names && matching !== undefined) checker.reportAny(matchingMistake(matching, checker.options), span);
  if (returnBool && !COMPARES.has(op)) checker.report("bool modifier can only be used on comparison operators", opSpan);
  if (!returnBool && left === "scalar" && right === "scalar" && COMPARES.has(op))
    checker.report("comparisons between scalars must use BOOL modifier", opSpan);
  if (matching?.on) {
    for (const label of matching.labels) {
      if (matching.include.includes(label))
        checker.report(`label ${quote(label)} must not occur in ON and GROUP clause at once`, opSpan);
    }
  }
  for (const [type, side] of [
    [left, lhs],
    [right, rhs],
  ] as const) {
    if (type === "matrix" || type === "string")
      checker.report("binary expression must contain only scalar and instant vector types", side.span);
  }
  if (matching !== undefined) matchedVectors(checker, node, left, right, isSet);
  if (isSet && (left === "scalar" || right === "scalar"))
    checker.report(`set operator ${quote(op)} not allowed in binary scalar expression`, span);
  if (left === "scalar" && right === "scalar") return "scalar";
  return left === "vector" || right === "vector" ? "vector" : "any";
}

function matchedVectors(checker: Checker, { op, matching, span }: BinaryExpr, left: Type, right: Type, isSet: boolean) {
  if (matching === undefined) return;
  const { card, labels, fill } = matching;
  const fills = fill.lhs !== undefined || fill.rhs !== undefined;
  if (!isVector(left) || !isVector(right)) {
    if (labels.length > 0) checker.report("vector matching only allowed between instant vectors", span);
    if (fills) checker.report("filling in missing series only allowed between instant vectors", span);
  } else if (isSet) {
    if (card === "many-to-one" || card === "one-to-many")
      checker.report(`no grouping allowed for ${quote(op)} operation`, span);
    if (card !== "many-to-many") checker.report("set operations must always be many-to-many", span);
    if (fills) checker.report("filling in missing series not allowed for set operators", span);
  }
}

function call(checker: Checker, node: Call): Type {
  const { func, args, span } = node;
  const known = functionNamed(func);
  if (checker.names && (known === undefined || known.flags.length > 0)) {
    const { start } = span;
    checker.reportAny(functionMistake(func, checker.options), {
      start,
      end: start === span.end ? start : start + func.length,
    });
  }
  if (known === undefined) {
    for (const arg of args) checker.typeOf(arg);
    return "any";
  }
  const count = args.length;
  if (known.min === known.max) {
    if (count !== known.min)
      checker.report(`expected ${known.min} argument(s) in call to ${quote(func)}, got ${count}`, span);
  } else if (count < known.min)
    checker.report(`expected at least ${known.min} argument(s) in call to ${quote(func)}, got ${count}`, span);
  else if (count > known.max)
    checker.report(`expected at most ${known.max} argument(s) in call to ${quote(func)}, got ${count}`, span);

  const where = `call to function ${quote(func)}`;
  const isInfo = known === FUNCTIONS.info;
  if (isInfo) infoLabels(checker, node);
  for (let i = 0; i < count; i++) {
    const arg = args[i] as Expr;
    const wanted = argType(known, i);
    // Prometheus leaves surplus arguments alone.
    if (wanted === undefined || (known.min === known.max && i >= known.args.length)) break;
    const type =
      isInfo && i === 1 && arg.kind === "VectorSelector" ? selector(checker, arg, true) : checker.typeOf(arg);
    if (type !== wanted && type !== "any")
      checker.report(`expected type ${documented(wanted)} in ${where}, got ${documented(type)}`, arg.span);
  }
  return known.returns;
}

/** The second argument of `info` selects labels: it has the shape of a selector without a name. */
function infoLabels(checker: Checker, { args, span }: Call): void {
  const labels = args[1];
  if (labels === undefined) return;
  const type = new Checker(checker.options, false).typeOf(labels);
  if (type !== "vector" && type !== "any")
    checker.report(`expected type instant vector in call to function "info", got ${documented(type)}`, span);
  if (labels.kind !== "VectorSelector") checker.report("expected label selectors only", labels.span);
  else if (labels.name !== undefined)
    checker.report("expected label selectors only, got vector selector instead", labels.span);
}

function unary(checker: Checker, { expr, span }: UnaryExpr): Type {
  const type = checker.typeOf(expr);
  if (type === "matrix" || type === "string") {
    const allowed = "unary expression only allowed on expressions of type scalar or instant vector";
    checker.report(`${allowed}, got ${quote(documented(type))}`, span);
  }
  return type;
}

function subquery(checker: Checker, { expr, range, step, span }: SubqueryExpr): Type {
  const type = checker.typeOf(expr);
  if (type !== "vector" && type !== "any")
    checker.report(`subquery is only allowed on instant vector, got ${type} instead`, span);
  positive(checker, range);
  if (step !== undefined) positive(checker, step);
  return "matrix";
}

function matrix(checker: Checker, { selector: inner, range }: MatrixSelector): Type {
  selector(checker, inner, false);
  positive(checker, range);
  return "matrix";
}

function positive(checker: Checker, duration: Duration): void {
  if (duration.kind === "DurationLiteral" && duration.ms <= 0)
    checker.report("duration must be greater than 0", duration.span);
}

function selector(checker: Checker, node: VectorSelector, selectsLabels: boolean): Type {
  const { name, matchers, extended, span } = node;
  const { options } = checker;
  if (extended !== undefined) checker.reportAny(extendedMistake(extended, options), span);
  for (const matcher of matchers) {
    if (matcher.op !== "=" && matcher.op !== "!=") checker.reportAny(matcherMistake(matcher, options), matcher.span);
  }
  if (name !== undefined) {
    for (const { name: label, value } of matchers) {
      if (label === METRIC_NAME)
        checker.report(`metric name must not be set twice: ${quote(name)} or ${quote(value)}`, span);
    }
    return options.variables && matchers.length === 0 && isLoneVariable(name) ? "any" : "vector";
  }
  if (!selectsLabels && !matchers.some((matcher) => selects(matcher, options))) {
    checker.report("vector selector must contain at least one non-empty matcher", span);
  }
  return "vector";
}

/** Whether a matcher keeps a selector from selecting everything; what a variable stands for may well do so. */
function selects(matcher: LabelMatcher, options: LanguageOptions): boolean {
  return (options.variables && holdsVariable(matcher.value)) || asksForPresence(matcher);
}

function isVector(type: Type): boolean {
  return type === "vector" || type === "any";
}

/** What the documentation calls a type. */
function documented(type: Type): string {
  return type === "vector" ? "instant vector" : type === "matrix" ? "range vector" : type;
}
