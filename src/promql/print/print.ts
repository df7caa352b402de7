/**
 * Writes an expression on one line, exactly as Prometheus writes it.
 * https://github.com/prometheus/prometheus/blob/main/promql/parser/printer.go
 *
 * Matchers come sorted, durations in their longest units. Parentheses are added where a tree that was built needs them.
 */
import { METRIC_NAME } from "../../label/label-set.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type {
  AggregateExpr,
  At,
  BinaryExpr,
  Duration,
  DurationExpr,
  DurationLiteral,
  Expr,
  ExprKind,
  ExprOf,
  LabelMatcher,
  MatrixSelector,
  NumberLiteral,
  SubqueryExpr,
  VectorSelector,
} from "../ast.ts";
import { holdsVariable, isWord, type LanguageOptions } from "../language.ts";
import { readNumber } from "../parse/number.ts";
import { canNameMetric, KEYWORDS } from "../parse/token.ts";
import { quote } from "../quote.ts";
import { formatNumber, formatShortest } from "./number.ts";
import { beforeBrackets, behindSign, leftOf, rightOf } from "./parentheses.ts";

/** How to print: `variables` says that a dashboard's variables stand for themselves, as they did when they were read. */
export type PrintOptions = Pick<LanguageOptions, "variables">;

/**
 * The expression on one line.
 *
 * ```ts
 * print(parseOrThrow("sum(stock)by(sku)")); // "sum by (sku) (stock)"
 * ```
 */
export function print(expr: Expr, options: PrintOptions = {}): string {
  return new Printer(options).print(expr);
}

/** A walk over a tree deeper than this could run out of stack; what is read is never so deep. */
const DEEPEST = 1000;

export class Printer {
  private readonly variables: boolean;
  private depth = 0;

  constructor({ variables = false }: PrintOptions) {
    this.variables = variables;
  }

  print(expr: Expr): string {
    if (++this.depth > DEEPEST) throw new Error(`the expression is nested more than ${DEEPEST} levels deep`);
    const write = WRITERS[expr.kind] as (printer: Printer, expr: Expr) => string;
    const text = write(this, expr);
    this.depth--;
    return text;
  }

  /** An aggregation's name and grouping, up to its parentheses. */
  aggregation({ op, without, grouping }: AggregateExpr): string {
    if (without) return `${op} without (${this.labels(grouping)}) `;
    return grouping.length === 0 ? op : `${op} by (${this.labels(grouping)}) `;
  }

  /** An operator with its modifiers. */
  operator({ op, returnBool, matching }: BinaryExpr): string {
    const bool = returnBool ? " bool" : "";
    if (matching === undefined) return op + bool;
    const { on, labels, card, include, fill } = matching;
    const grouped = card === "many-to-one" ? "group_left" : card === "one-to-many" ? "group_right" : undefined;
    let text = op + bool;
    if (labels.length > 0 || on || grouped !== undefined) text += ` ${on ? "on" : "ignoring"} (${this.labels(labels)})`;
    if (grouped !== undefined) text += ` ${grouped} (${this.labels(include)})`;
    if (fill.lhs !== undefined && fill.lhs === fill.rhs) return `${text} fill (${formatShortest(fill.lhs)})`;
    if (fill.lhs !== undefined) text += ` fill_left (${formatShortest(fill.lhs)})`;
    if (fill.rhs !== undefined) text += ` fill_right (${formatShortest(fill.rhs)})`;
    return text;
  }

  /** A subquery's brackets and times. */
  subquery({ range, step, offset, at }: SubqueryExpr): string {
    const steps = step === undefined ? "" : this.duration(step);
    return `[${this.duration(range)}:${steps}]${this.at(at)}${this.offset(offset)}`;
  }

  selector({ name, matchers }: VectorSelector): string {
    const named = name !== undefined && this.isMetricName(name);
    const written: string[] = [];
    if (name !== undefined && !named) written.push(`${METRIC_NAME}=${quote(name)}`);
    for (const matcher of matchers) {
      if (!isNameAgain(matcher, name)) written.push(this.matcher(matcher));
    }
    const before = named ? name : "";
    if (written.length === 0) return before === "" ? "{}" : before;
    return `${before}{${written.sort().join(",")}}`;
  }

  /** ` @ 1.000`, or nothing. */
  at(at: At | undefined): string {
    if (at === undefined) return "";
    if (at.kind !== "timestamp") return ` @ ${at.kind}()`;
    return ` @ ${Number.isNaN(at.ms) ? at.raw : (at.ms / 1000).toFixed(3)}`;
  }

  /** ` offset 5m`, or nothing. */
  offset(offset: Duration | undefined): string {
    if (offset === undefined || (offset.kind === "DurationLiteral" && offset.ms === 0)) return "";
    return ` offset ${this.shift(offset)}`;
  }

  private matcher({ name, op, value }: LabelMatcher): string {
    if (name === "" && this.variables) return value;
    return `${this.label(name)}${op}${quote(value)}`;
  }

  private labels(names: readonly string[]): string {
    return names.map((name) => this.label(name)).join(", ");
  }

  private label(name: string): string {
    return LABEL.test(name) || (this.variables && isOpen(name)) ? name : quote(name);
  }

  private isMetricName(name: string): boolean {
    if (this.variables && isOpen(name)) return true;
    const keyword = KEYWORDS.get(name) ?? KEYWORDS.get(name.toLowerCase());
    return METRIC.test(name) && (keyword === undefined || canNameMetric(keyword));
  }

  duration(duration: Duration): string {
    return duration.kind === "DurationLiteral" ? literal(duration, true) : this.arithmetic(duration);
  }

  /** A duration behind `offset`, where arithmetic goes on only behind a parenthesis or a second sign. */
  private shift(duration: Duration): string {
    const text = this.duration(duration);
    return duration.kind === "DurationLiteral" || endsAlone(duration) ? text : `(${text})`;
  }

  private arithmetic(duration: Duration, least = 0): string {
    if (duration.kind === "DurationLiteral") {
      const text = literal(duration, false);
      return duration.ms < 0 && least > SIGN ? `(${text})` : text;
    }
    if (++this.depth > DEEPEST) throw new Error(`the duration is nested more than ${DEEPEST} levels deep`);
    const { wrapped } = duration;
    const text = this.operation(duration);
    this.depth--;
    return wrapped || bindingOf(duration) < least ? `(${text})` : text;
  }

  private operation({ op, lhs, rhs }: DurationExpr): string {
    if (op === "step" || op === "range" || rhs === undefined) return `${op}()`;
    if (op === "min_of" || op === "max_of") {
      return `${op}(${lhs === undefined ? "" : this.arithmetic(lhs)}, ${this.arithmetic(rhs)})`;
    }
    // A sign before a duration; Prometheus leaves the plus out.
    if (lhs === undefined)
      return op === "-" ? `-${this.arithmetic(rhs, isMinus(rhs) ? SIGN : POWER)}` : this.arithmetic(rhs);
    const binding = BINDING[op] ?? 0;
    const left = this.arithmetic(lhs, op === "^" ? binding + 1 : binding);
    const signed = rhs.kind === "DurationLiteral" || isSign(rhs);
    return `${left} ${op} ${this.arithmetic(rhs, signed ? 0 : op === "^" ? binding : binding + 1)}`;
  }
}

const BINDING: Readonly<Record<string, number>> = { "+": 1, "-": 1, "*": 2, "/": 2, "%": 2, "^": 3 };
const SIGN = 2;
const POWER = 3;
const OPERAND = 4;

function bindingOf(duration: DurationExpr): number {
  if (isSign(duration)) return duration.op === "-" ? SIGN : OPERAND;
  return BINDING[duration.op] ?? OPERAND;
}

function isSign({ kind, op, lhs, wrapped }: DurationExpr): boolean {
  return kind === "DurationExpr" && lhs === undefined && !wrapped && (op === "-" || op === "+");
}

function isMinus(duration: Duration): boolean {
  return duration.kind === "DurationExpr" && isSign(duration) && duration.op === "-";
}

/** Whether a duration is read whole behind `offset` as it stands. */
function endsAlone(duration: DurationExpr): boolean {
  const { op, lhs, rhs, wrapped } = duration;
  if (wrapped || op.length > 1) return true;
  if (lhs !== undefined) {
    let first: Duration = lhs;
    while (first.kind === "DurationExpr" && !first.wrapped && first.lhs !== undefined && first.op.length === 1)
      first = first.lhs;
    return first.kind === "DurationExpr" && first.wrapped;
  }
  return rhs === undefined || rhs.kind === "DurationLiteral" || rhs.wrapped || rhs.op.length > 1 || isMinus(rhs);
}

const WRITERS: { readonly [K in ExprKind]: (printer: Printer, expr: ExprOf<K>) => string } = {
  AggregateExpr: (printer, node) => {
    const param = node.param === undefined ? "" : `${printer.print(node.param)}, `;
    return `${printer.aggregation(node)}(${param}${printer.print(node.expr)})`;
  },
  BinaryExpr: (printer, node) => {
    const lhs = printer.print(leftOf(node.op, node.lhs));
    return `${lhs} ${printer.operator(node)} ${printer.print(rightOf(node.op, node.rhs))}`;
  },
  Call: (printer, { func, args }) => `${func}(${args.map((arg) => printer.print(arg)).join(", ")})`,
  MatrixSelector: (printer, { selector, range }: MatrixSelector) => {
    const { extended, at, offset } = selector;
    const kept = `${printer.selector(selector)}[${printer.duration(range)}]`;
    return `${kept}${word(extended)}${printer.at(at)}${printer.offset(offset)}`;
  },
  NumberLiteral: (_, node) => numberLiteral(node),
  ParenExpr: (printer, { expr }) => `(${printer.print(expr)})`,
  StringLiteral: (_, { value }) => quote(value),
  SubqueryExpr: (printer, node) => `${printer.print(beforeBrackets(node.expr))}${printer.subquery(node)}`,
  UnaryExpr: (printer, { op, expr }) => `${op}${printer.print(behindSign(expr))}`,
  VectorSelector: (printer, node) =>
    `${printer.selector(node)}${printer.at(node.at)}${word(node.extended)}${printer.offset(node.offset)}`,
};

function word(extended: string | undefined): string {
  return extended === undefined ? "" : ` ${extended}`;
}

const LABEL = /^[A-Za-z_]\w*$/;
const METRIC = /^[A-Za-z_:][\w:]*$/;

/** Whether a text is a word with a variable in it. */
function isOpen(text: string): boolean {
  return holdsVariable(text) && isWord(text);
}

function isNameAgain({ name, op, value }: LabelMatcher, metric: string | undefined): boolean {
  return name === METRIC_NAME && op === "=" && value === metric && value !== "";
}

/** Whether a number was written as a duration; `0x1d` only looks like one. */
function isDuration(raw: string): boolean {
  return /\d[smhdwy]/.test(raw) && !/0[xX]/.test(raw);
}

function numberLiteral({ value, raw }: NumberLiteral): string {
  if (Number.isNaN(value) && holdsVariable(raw)) return raw;
  return isDuration(raw) ? formatDuration(value * 1000) : formatNumber(value);
}

/** A duration by itself is always one; within arithmetic, a plain number stays a number. */
function literal({ ms, raw }: DurationLiteral, alone: boolean): string {
  if (Number.isNaN(ms)) return raw;
  if (alone || isDuration(raw)) return formatDuration(ms);
  const read = readNumber(raw.replace(/^[+-]+/, ""));
  const value = read.mistake === undefined ? read.value : Math.abs(ms) / 1000;
  return formatNumber(ms < 0 || Object.is(ms, -0) ? -value : value);
}
