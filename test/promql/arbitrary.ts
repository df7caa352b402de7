/** Random well-typed expressions, as a builder would make them: without spans, and without parentheses. */
import fc from "fast-check";
import {
  AGGREGATE_OPS,
  ARITHMETIC_OPS,
  type At,
  COMPARISON_OPS,
  type Duration,
  type DurationLiteral,
  type Expr,
  type LabelMatcher,
  NOWHERE,
  PARAMETERISED,
  SET_OPS,
  TRIM_OPS,
  type VectorMatching,
  type VectorSelector,
} from "../../src/promql/ast.ts";
import { formatDuration } from "../../src/quantity/duration.ts";

const span = NOWHERE;

const metric = fc.oneof(
  fc.constantFrom(
    "catalog_inventory_items",
    "checkout_requests_total",
    "shop:latency:p99",
    "sum",
    "by",
    "offset",
    "fill",
  ),
  fc.stringMatching(/^[a-z_:][a-z0-9_:]{0,8}$/),
);
const label = fc.oneof(
  fc.constantFrom("sku", "warehouse", "le", "by", "on"),
  fc.string({ minLength: 1, unit: "grapheme" }),
);
const text = fc.string({ unit: "grapheme", maxLength: 8 });
const labels = fc.uniqueArray(label, { maxLength: 3 });

const duration: fc.Arbitrary<DurationLiteral> = fc
  .oneof(fc.integer({ min: 1, max: 1e12 }), fc.constantFrom(60_000, 300_000, 3_600_000, 86_400_000))
  .map((ms) => ({ kind: "DurationLiteral", ms, raw: formatDuration(ms), span }));

const someDuration: fc.Arbitrary<Duration> = fc.letrec<{ any: Duration }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    duration,
    fc.constantFrom("step" as const, "range" as const).map((op): Duration => node(op, undefined, undefined)),
    fc
      .tuple(fc.constantFrom("min_of" as const, "max_of" as const), tie("any"), tie("any"))
      .map(([op, a, b]) => node(op, a, b)),
    fc
      .tuple(
        fc.constantFrom("+" as const, "-" as const, "*" as const, "/" as const, "%" as const, "^" as const),
        tie("any"),
        tie("any"),
      )
      .map(([op, a, b]) => node(op, a, b)),
    // A sign belongs to a number that follows it.
    fc
      .oneof(fc.constantFrom("step" as const, "range" as const))
      .map((op) => node("-", undefined, node(op, undefined, undefined))),
  ),
})).any;

function node(
  op: Exclude<Duration, DurationLiteral>["op"],
  lhs: Duration | undefined,
  rhs: Duration | undefined,
): Duration {
  return { kind: "DurationExpr", op, lhs, rhs, wrapped: false, span };
}

const offset = fc.option(
  fc.oneof(
    duration,
    duration.map((literal): DurationLiteral => ({ ...literal, ms: -literal.ms, raw: `-${literal.raw}` })),
    someDuration,
  ),
  { nil: undefined },
);

const at: fc.Arbitrary<At | undefined> = fc.option(
  fc.oneof(
    fc.constantFrom<At>({ kind: "start" }, { kind: "end" }),
    fc.integer({ min: -1e12, max: 1e14 }).map((ms): At => ({ kind: "timestamp", ms, raw: String(ms / 1000) })),
  ),
  { nil: undefined },
);

const matcher: fc.Arbitrary<LabelMatcher> = fc.oneof(
  fc.record({ name: label, op: fc.constantFrom("=" as const, "!=" as const), value: text, span: fc.constant(span) }),
  fc.record({
    name: label,
    op: fc.constantFrom("=~" as const, "!~" as const),
    value: fc.constantFrom("fra|iad", ".+", "mug-.*", "(a|b)?c", ""),
    span: fc.constant(span),
  }),
);

const selector: fc.Arbitrary<VectorSelector> = fc.record({
  kind: fc.constant("VectorSelector" as const),
  name: fc.option(metric, { nil: undefined }),
  matchers: fc.uniqueArray(matcher, {
    maxLength: 3,
    selector: ({ name, op, value }) => JSON.stringify([name, op, value]),
  }),
  offset,
  at,
  extended: fc.option(fc.constantFrom("anchored" as const, "smoothed" as const), { nil: undefined }),
  span: fc.constant(span),
});

const fill = fc.option(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), { nil: undefined });

function matching(isSet: boolean): fc.Arbitrary<VectorMatching> {
  const card = isSet
    ? fc.constant("many-to-many" as const)
    : fc.constantFrom("one-to-one" as const, "many-to-one" as const, "one-to-many" as const);
  return fc.tuple(card, fc.boolean(), labels, labels, fill, fill).map(([how, on, matched, include, lhs, rhs]) => ({
    card: how,
    on,
    labels: matched,
    include: how === "many-to-one" || how === "one-to-many" ? include : [],
    fill: isSet ? { lhs: undefined, rhs: undefined } : { lhs, rhs },
  }));
}

const number = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.double({ noDefaultInfinity: true }));

const tied = fc.letrec<{ vector: Expr; scalar: Expr; matrix: Expr }>((tie) => ({
  vector: fc.oneof(
    { maxDepth: 5, depthSize: "small" },
    selector,
    fc
      .tuple(fc.constantFrom(...AGGREGATE_OPS), tie("vector"), tie("scalar"), text, labels, fc.boolean())
      .map(([op, expr, parameter, name, grouping, without]): Expr => {
        const param: Expr = op === "count_values" ? { kind: "StringLiteral", value: name, raw: "", span } : parameter;
        return {
          kind: "AggregateExpr",
          op,
          expr,
          param: PARAMETERISED.has(op) ? param : undefined,
          grouping,
          without,
          span,
        };
      }),
    fc
      .tuple(fc.constantFrom("rate", "increase", "last_over_time"), tie("matrix"))
      .map(([func, arg]) => call(func, [arg])),
    fc.tuple(tie("vector"), tie("scalar")).map(([value, bound]) => call("clamp_min", [value, bound])),
    tie("scalar").map((arg) => call("vector", [arg])),
    fc
      .constantFrom(...SET_OPS)
      .chain((op) => fc.tuple(fc.constant(op), tie("vector"), tie("vector"), matching(true)))
      .map(
        ([op, lhs, rhs, how]): Expr => ({ kind: "BinaryExpr", op, lhs, rhs, matching: how, returnBool: false, span }),
      ),
    fc
      .tuple(
        fc.constantFrom(...ARITHMETIC_OPS, ...TRIM_OPS, ...COMPARISON_OPS),
        tie("vector"),
        tie("vector"),
        matching(false),
        fc.boolean(),
      )
      .map(([op, lhs, rhs, how, bool]): Expr => {
        const returnBool = bool && (COMPARISON_OPS as readonly string[]).includes(op);
        return { kind: "BinaryExpr", op, lhs, rhs, matching: how, returnBool, span };
      }),
    fc
      .tuple(fc.constantFrom(...ARITHMETIC_OPS, ...COMPARISON_OPS), tie("vector"), tie("scalar"), fc.boolean())
      .map(([op, lhs, rhs, turned]): Expr => {
        const [a, b] = turned ? [rhs, lhs] : [lhs, rhs];
        return { kind: "BinaryExpr", op, lhs: a, rhs: b, matching: undefined, returnBool: false, span };
      }),
    fc
      .tuple(fc.constantFrom("+" as const, "-" as const), tie("vector"))
      .map(([op, expr]): Expr => ({ kind: "UnaryExpr", op, expr, span })),
  ),
  scalar: fc.oneof(
    { maxDepth: 4, depthSize: "small" },
    number.map((value): Expr => ({ kind: "NumberLiteral", value, raw: String(value), span })),
    tie("vector").map((arg) => call("scalar", [arg])),
    fc.constant(call("time", [])),
    fc
      .tuple(fc.constantFrom(...ARITHMETIC_OPS), tie("scalar"), tie("scalar"))
      .map(
        ([op, lhs, rhs]): Expr => ({ kind: "BinaryExpr", op, lhs, rhs, matching: undefined, returnBool: false, span }),
      ),
  ),
  matrix: fc.oneof(
    fc
      .tuple(selector, fc.oneof(duration, someDuration))
      .map(([inner, range]): Expr => ({ kind: "MatrixSelector", selector: inner, range, span })),
    fc.tuple(tie("vector"), duration, fc.option(duration, { nil: undefined }), offset, at).map(
      ([expr, range, step, shift, when]): Expr => ({
        kind: "SubqueryExpr",
        expr,
        range,
        step,
        offset: shift,
        at: when,
        span,
      }),
    ),
  ),
}));

function call(func: string, args: readonly Expr[]): Expr {
  return { kind: "Call", func, args, span };
}

/** Any expression that could be the whole of a query. */
export const expressions: fc.Arbitrary<Expr> = fc.oneof(tied.vector, tied.scalar);

/** What an expression means, without where it stands and how it is written. */
export function meaning(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(meaning);
  if (typeof value !== "object" || value === null) return value;
  const node = value as Record<string, unknown>;
  if (node.kind === "ParenExpr") return meaning(node.expr);
  // A plus before a duration is not written, and parentheses around one only group.
  if (node.kind === "DurationExpr" && node.op === "+" && node.lhs === undefined) return meaning(node.rhs);
  const kept: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(node)) {
    if (key === "span" || key === "opSpan" || key === "raw" || key === "wrapped") continue;
    kept[key] = meaning(part);
  }
  if (Array.isArray(kept.matchers)) kept.matchers.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  return kept;
}
