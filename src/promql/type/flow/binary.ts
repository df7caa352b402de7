/** What operators do to labels, to whether there are results, and to what values mean. */
import { METRIC_NAME } from "../../../label/label-set.ts";
import type { BinaryExpr, Expr, Span, ValueType, VectorMatching } from "../../ast.ts";
import { COMPARISON_OPS, SET_OPS } from "../../ast.ts";
import { print } from "../../print/print.ts";
import {
  eitherLabel,
  joinFacts,
  keepLabels,
  type LabelFact,
  type LabelFacts,
  labelFact,
  NAME_LABELS,
  sameLabel,
  withLabels,
  withoutLabels,
} from "./facts.ts";
import type { Flow, Returns } from "./flow.ts";
import { comparison, spanning } from "./range.ts";
import { operate, UNKNOWN_VALUE } from "./value.ts";

/** One side of an operator: the expression, its type, and the facts about its results. */
export interface Side {
  readonly expr: Expr;
  readonly type: ValueType;
  readonly flow: Flow;
}

const COMPARES: ReadonlySet<string> = new Set(COMPARISON_OPS);
const IS_SET: ReadonlySet<string> = new Set(SET_OPS);

/** The facts about what an operator makes of its two sides. */
export function binaryFlow(node: BinaryExpr, lhs: Side, rhs: Side): Flow {
  if (lhs.type === "vector" && rhs.type === "vector") {
    return IS_SET.has(node.op) ? setFlow(node, lhs, rhs) : matchedFlow(node, lhs.flow, rhs.flow);
  }
  const vector = lhs.type === "vector" ? lhs.flow : rhs.flow;
  const value = operate(node.op, node.returnBool, lhs.flow.value, rhs.flow.value);
  // A comparison lets the vector's value through, on whichever side it stands.
  const kept = isFilter(node) && lhs.type === "scalar" && rhs.type === "vector" ? rhs.flow.value : value;
  return {
    labels: lhs.type === "scalar" && rhs.type === "scalar" ? vector.labels : named(node, vector.labels),
    returns: comparedReturns(node, lhs.flow, rhs.flow, vector.returns),
    value: kept,
  };
}

function isFilter({ op, returnBool }: BinaryExpr): boolean {
  return COMPARES.has(op) && !returnBool;
}

/** What only lets series through leaves them their name. */
function named(node: BinaryExpr, labels: LabelFacts): LabelFacts {
  const { op, returnBool, opSpan = node.span } = node;
  if (isFilter(node)) return labels;
  return withoutLabels(labels, NAME_LABELS, `"${op}${returnBool ? " bool" : ""}" drops the metric's name`, opSpan);
}

function comparedReturns(node: BinaryExpr, lhs: Flow, rhs: Flow, matched: Returns): Returns {
  if (!isFilter(node) || matched.when === "never") return matched;
  const { op, opSpan: span = node.span } = node;
  const holds = comparison(op, lhs.value.range, rhs.value.range);
  if (holds === "all") return matched;
  if (holds === "some") return { when: "sometimes", reason: `"${op}" lets only some values through`, span };
  const [a, b] = [shown(lhs), shown(rhs)];
  return { when: "never", reason: `"${op}" can never hold: the left side is ${a}, the right side ${b}`, span };
}

function shown({ value: { range } }: Flow): string {
  const { min, max } = range;
  if (min === max) return String(min);
  if (min === Number.NEGATIVE_INFINITY) return `at most ${max}`;
  return max === Number.POSITIVE_INFINITY ? `at least ${min}` : `between ${min} and ${max}`;
}

/** Whether the sides are matched on a label, so that it has the same value on both. */
function matchesOn({ on, labels }: VectorMatching, name: string | undefined): boolean {
  if (name === undefined) return !on;
  if (on) return labels.includes(name);
  return name !== METRIC_NAME && !labels.includes(name);
}

interface Match {
  readonly labels: LabelFacts;
  /** Why no two series can match. */
  readonly impossible: { readonly reason: string; readonly span: Span } | undefined;
}

/** The labels of both sides where they match: those that are matched on hold what either side knows of them. */
function matching(node: BinaryExpr, how: VectorMatching, one: LabelFacts, many: LabelFacts): Match {
  const { opSpan = node.span } = node;
  let impossible: Match["impossible"];
  const join = (a: LabelFact, b: LabelFact, name: string | undefined) => {
    if (!matchesOn(how, name)) return a;
    const same = sameLabel(a, b);
    if (same !== undefined) return same;
    if (name !== undefined) impossible ??= { reason: conflict(name, a, b), span: opSpan };
    return a;
  };
  const labels = joinFacts(many, one, join, [...how.labels, ...NAME_LABELS]);
  return { labels, impossible };
}

function conflict(name: string, a: LabelFact, b: LabelFact): string {
  const [having, lacking] = a.status === "cannot" ? [b, a] : [a, b];
  if (lacking.status === "cannot")
    return `no series match: one side always has "${name}" (${having.reason}), the other never does (${lacking.reason})`;
  return `no series match: "${name}" is ${list(a)} on one side and ${list(b)} on the other`;
}

function list({ values = [] }: LabelFact): string {
  return values.map((value) => JSON.stringify(value)).join(" or ");
}

const ONE_TO_ONE: VectorMatching = {
  card: "one-to-one",
  on: false,
  labels: [],
  include: [],
  fill: { lhs: undefined, rhs: undefined },
};

function matchedFlow(node: BinaryExpr, lhs: Flow, rhs: Flow): Flow {
  const { op, returnBool, matching: how = ONE_TO_ONE, span, opSpan = span } = node;
  const manyRight = how.card === "one-to-many";
  const [many, one] = manyRight ? [rhs, lhs] : [lhs, rhs];
  const { labels: joined, impossible } = matching(node, how, one.labels, many.labels);
  const fills = how.fill.lhs !== undefined || how.fill.rhs !== undefined;
  let labels = fills ? filled(how, lhs.labels, rhs.labels) : joined;
  if (how.card === "one-to-one") {
    const list = how.labels.join(", ");
    labels = how.on
      ? keepLabels(labels, how.labels, `"${op} on (${list})" keeps only what it matches on`, opSpan)
      : withoutLabels(labels, how.labels, `"${op} ignoring (${list})" drops it`, opSpan);
  } else {
    labels = withLabels(
      labels,
      how.include.map((name) => [name, labelFact(one.labels, name)]),
    );
  }
  const returns = matchedReturns(node, lhs, rhs, fills, impossible);
  return {
    labels: named(node, labels),
    returns: fills ? returns : comparedReturns(node, lhs, rhs, returns),
    value: fills ? UNKNOWN_VALUE : operate(op, returnBool, lhs.value, rhs.value),
  };
}

/** Either side may be missing; a series that is filled in has only what is matched on. */
function filled(how: VectorMatching, lhs: LabelFacts, rhs: LabelFacts): LabelFacts {
  const join = (a: LabelFact, b: LabelFact, name: string | undefined): LabelFact => {
    const fact = eitherLabel(a, b);
    return fact.status === "has" && !matchesOn(how, name) ? { ...fact, status: "may" } : fact;
  };
  return joinFacts(lhs, rhs, join, [...how.labels, ...NAME_LABELS]);
}

function matchedReturns(
  node: BinaryExpr,
  { returns: lhs, labels: left }: Flow,
  { returns: rhs, labels: right }: Flow,
  fills: boolean,
  impossible: Match["impossible"],
): Returns {
  const { op, span, opSpan = span, matching: how = ONE_TO_ONE } = node;
  if (fills) {
    if (lhs.when === "never" && rhs.when === "never") return lhs;
    return { when: "sometimes", reason: "both sides may be empty", span };
  }
  if (lhs.when === "never") return lhs;
  if (rhs.when === "never") return rhs;
  if (impossible !== undefined) return { when: "never", ...impossible };
  if (lhs.when === "sometimes") return lhs;
  if (rhs.when === "sometimes" || matchesEverything(how, left, right)) return rhs;
  return { when: "sometimes", reason: `"${op}" has results only for series that match`, span: opSpan };
}

/** Whether nothing that the sides are matched on can tell two series apart. */
function matchesEverything({ on, labels }: VectorMatching, left: LabelFacts, right: LabelFacts): boolean {
  return (on && labels.length === 0) || (hasNoLabels(left) && hasNoLabels(right));
}

function hasNoLabels({ named, others }: LabelFacts): boolean {
  return others.status === "cannot" && [...named.values()].every(({ status }) => status === "cannot");
}

function setFlow(node: BinaryExpr, lhs: Side, rhs: Side): Flow {
  const { op, span, opSpan = span, matching: how = ONE_TO_ONE } = node;
  const [left, right] = [lhs.flow, rhs.flow];
  if (op === "or") return orFlow(node, left, right);
  const { labels, impossible } = matching(node, how, right.labels, left.labels);
  const everything = matchesEverything(how, left.labels, right.labels);
  if (op === "unless") {
    const nothing = everything && right.returns.when === "always";
    const reason = `"unless" leaves nothing where its right side always has a result: ${right.returns.reason}`;
    const unharmed = left.returns.when !== "always" || right.returns.when === "never" || impossible !== undefined;
    const some: Returns = { when: "sometimes", reason: '"unless" takes what matches away', span: opSpan };
    const returns: Returns = nothing ? { when: "never", reason, span: opSpan } : unharmed ? left.returns : some;
    return { labels: left.labels, returns, value: left.value };
  }
  const contradiction = contradicting(lhs, rhs, how);
  let returns: Returns = { when: "sometimes", reason: `"and" keeps only what matches`, span: opSpan };
  if (left.returns.when === "never") returns = left.returns;
  else if (right.returns.when === "never") returns = right.returns;
  else if (impossible !== undefined) returns = { when: "never", ...impossible };
  else if (contradiction !== undefined) returns = { when: "never", reason: contradiction, span };
  else if (everything && left.returns.when === "always" && right.returns.when === "always") returns = left.returns;
  else if (left.returns.when === "sometimes") returns = left.returns;
  return { labels, returns, value: left.value };
}

function orFlow(node: BinaryExpr, left: Flow, right: Flow): Flow {
  if (left.returns.when === "never" && right.returns.when !== "never") return right;
  if (right.returns.when === "never") return left;
  const { span } = node;
  const always = [left, right].find(({ returns }) => returns.when === "always");
  const range = spanning(left.value.range, right.value.range);
  const same = left.value.meaning === right.value.meaning && left.value.unit === right.value.unit;
  return {
    labels: joinFacts(left.labels, right.labels, eitherLabel),
    returns: always?.returns ?? { when: "sometimes", reason: "both sides may be empty", span },
    value: same ? { ...left.value, range } : { ...UNKNOWN_VALUE, range },
  };
}

/** `x > 5 and x < 3`: one value would have to lie in two ranges that do not meet. */
function contradicting(lhs: Side, rhs: Side, { on, labels }: VectorMatching): string | undefined {
  if (on || labels.length > 0) return undefined;
  const [a, b] = [comparedVector(lhs.expr), comparedVector(rhs.expr)];
  if (a === undefined || b === undefined || print(a) !== print(b)) return undefined;
  const [x, y] = [lhs.flow.value.range, rhs.flow.value.range];
  if (x.min < y.max && y.min < x.max) return undefined;
  const meets = (x.min === y.max || x.max === y.min) && !strict(lhs.expr) && !strict(rhs.expr);
  return meets ? undefined : `the two sides of "and" ask the same series for values that exclude each other`;
}

function comparedVector(expr: Expr): Expr | undefined {
  if (expr.kind === "ParenExpr") return comparedVector(expr.expr);
  return expr.kind === "BinaryExpr" && isFilter(expr) && expr.rhs.kind === "NumberLiteral" ? expr.lhs : undefined;
}

function strict(expr: Expr): boolean {
  if (expr.kind === "ParenExpr") return strict(expr.expr);
  return expr.kind === "BinaryExpr" && (expr.op === ">" || expr.op === "<");
}
