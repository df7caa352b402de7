/**
 * Which Prometheus an expression needs. Facts: https://github.com/prometheus/prometheus/blob/main/CHANGELOG.md and
 * https://prometheus.io/docs/prometheus/latest/feature_flags/
 */
import {
  type AggregateOp,
  type BinaryOp,
  type Duration,
  type Expr,
  type ExprKind,
  type ExprOf,
  NOWHERE,
  type Span,
  type VectorSelector,
} from "./ast.ts";
import { type FeatureFlag, functionNamed, type PrometheusVersion } from "./functions.ts";
import { walk } from "./walk.ts";

/** The least Prometheus that reads an expression, and how it must be started. */
export interface Requirements {
  /** The release from which on nothing but `flags` is needed. */
  readonly version: PrometheusVersion;
  /** What Prometheus 3.14 wants as `--enable-feature`, sorted. */
  readonly flags: readonly FeatureFlag[];
  /** What asks for more than the oldest release, where it stands. */
  readonly reasons: readonly Requirement[];
}

/** One part of the language that not every Prometheus has. */
export interface Requirement {
  /** What it is: `the function "info"`. */
  readonly what: string;
  readonly version: PrometheusVersion;
  readonly flags: readonly FeatureFlag[];
  readonly span: Span;
}

/** The release before which this table does not look. */
const OLDEST: PrometheusVersion = "2.0";

/**
 * Which Prometheus `expr` needs.
 *
 * ```ts
 * requirements(parseOrThrow("limitk(5, stock)"));
 * ```
 */
export function requirements(expr: Expr): Requirements {
  const reasons: Requirement[] = [];
  const add: Add = (what, version, span, flags = []) => {
    reasons.push({ what, version, flags, span });
  };
  for (const node of walk(expr)) (NEEDS[node.kind] as (node: Expr, add: Add) => void)(node, add);
  let version = OLDEST;
  for (const reason of reasons) if (isLater(reason.version, version)) version = reason.version;
  const flags = [...new Set(reasons.flatMap((reason) => reason.flags))].sort();
  return { version, flags, reasons };
}

/**
 * Whether release `a` came after `b`.
 *
 * ```ts
 * isLater("3.5", "3.0"); // true
 * ```
 */
export function isLater(a: PrometheusVersion, b: PrometheusVersion): boolean {
  const [majorA = 0, minorA = 0] = a.split(".").map(Number);
  const [majorB = 0, minorB = 0] = b.split(".").map(Number);
  return majorA > majorB || (majorA === majorB && minorA > minorB);
}

type Add = (what: string, version: PrometheusVersion, span: Span, flags?: readonly FeatureFlag[]) => void;

const EXPERIMENTAL: readonly FeatureFlag[] = ["promql-experimental-functions"];

const AGGREGATIONS: Readonly<Partial<Record<AggregateOp, readonly [PrometheusVersion, readonly FeatureFlag[]]>>> = {
  group: ["2.20", []],
  limitk: ["2.54", EXPERIMENTAL],
  limit_ratio: ["2.54", EXPERIMENTAL],
};

const OPERATORS: Readonly<Partial<Record<BinaryOp, PrometheusVersion>>> = {
  atan2: "2.31",
  "</": "3.11",
  ">/": "3.11",
};

const NEEDS: { readonly [K in ExprKind]: (node: ExprOf<K>, add: Add) => void } = {
  AggregateExpr: ({ op, grouping, span }, add) => {
    const [version, flags] = AGGREGATIONS[op] ?? [OLDEST, []];
    if (version !== OLDEST) add(`the aggregation "${op}"`, version, span, flags);
    labels(grouping, span, add);
  },
  BinaryExpr: ({ op, matching, span, opSpan = span }, add) => {
    const version = OPERATORS[op];
    if (version !== undefined) add(`the operator "${op}"`, version, opSpan);
    if (matching === undefined) return;
    labels([...matching.labels, ...matching.include], opSpan, add);
    if (matching.fill.lhs !== undefined || matching.fill.rhs !== undefined)
      add("filling in missing series", "3.10", opSpan, ["promql-binop-fill-modifiers"]);
  },
  Call: ({ func, span }, add) => {
    const known = functionNamed(func);
    if (known === undefined) return;
    const version = known.stableSince ?? known.since;
    if (version !== OLDEST) add(`the function "${func}"`, version, span, known.flags);
  },
  MatrixSelector: ({ range }, add) => duration(range, add),
  NumberLiteral: ({ raw, span }, add) => number(raw, span, true, add),
  ParenExpr: () => {},
  StringLiteral: () => {},
  SubqueryExpr: ({ range, step, offset, at, span }, add) => {
    add("a subquery", "2.7", span);
    duration(range, add);
    if (step !== undefined) duration(step, add);
    time({ offset, at }, span, add);
  },
  UnaryExpr: () => {},
  VectorSelector: (node, add) => {
    const { name, matchers, extended, span } = node;
    if (name !== undefined && !METRIC.test(name)) add("a metric name in quotes", "3.0", span);
    for (const matcher of matchers) {
      if (matcher.name !== "" && !LABEL.test(matcher.name)) add("a label name in quotes", "3.0", matcher.span);
      else if (matcher.name === "__name__" && matcher.op === "=" && !METRIC.test(matcher.value))
        add("a metric name in quotes", "3.0", matcher.span);
    }
    if (extended !== undefined) add(`"${extended}"`, "3.7", span, ["promql-extended-range-selectors"]);
    time(node, span, add);
  },
};

const LABEL = /^[A-Za-z_]\w*$/;
const METRIC = /^[A-Za-z_:][\w:]*$/;

function labels(names: readonly string[], span: Span, add: Add): void {
  if (names.some((name) => !LABEL.test(name))) add("a label name in quotes", "3.0", span);
}

function time({ offset, at }: Pick<VectorSelector, "offset" | "at">, span: Span, add: Add): void {
  if (at !== undefined) add('the modifier "@"', "2.33", span);
  if (offset === undefined) return;
  duration(offset, add);
  if (offset.kind === "DurationLiteral" && offset.ms < 0) add("a negative offset", "2.33", offset.span);
}

function duration(node: Duration, add: Add): void {
  if (node.kind === "DurationExpr") add("arithmetic between durations", "3.14", node.span);
  else number(node.raw, node.span, false, add);
}

/** Numbers and durations stand for each other only since lately. */
function number(raw: string, span: Span, wantsNumber: boolean, add: Add): void {
  const bare = raw.replace(/^[+-]+/, "");
  if (bare.includes("_")) add("an underscore in a number", "2.54", span);
  const isDuration = /\d[smhdwy]/.test(bare) && !/^0x/i.test(bare);
  if (isDuration && wantsNumber) add("a duration in place of a number", "2.54", span);
  if (!isDuration && !wantsNumber && span !== NOWHERE && /^[\d.]/.test(bare))
    add("a number in place of a duration", "2.54", span);
  if (isDuration && /[smhdwy]\d/.test(bare)) add("a duration of several units", "2.21", span);
}
