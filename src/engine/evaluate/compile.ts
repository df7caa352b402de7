/** From an expression to what evaluates it: every node is made ready once, and then evaluated over whole ranges of steps. */
import type { BinaryExpr, Call, Expr, ExprKind, ExprOf, NumberLiteral } from "../../promql/ast.ts";
import type { FunctionName } from "../../promql/functions.ts";
import { mapExpr } from "../../promql/map.ts";
import { aggregate } from "../aggregate/aggregate.ts";
import { betweenScalars, withScalar } from "../binary/scalar.ts";
import { setOperation } from "../binary/set.ts";
import { betweenVectors } from "../binary/vectors.ts";
import { IMPLEMENTATIONS, VARIES_WITH_TIME } from "../functions/functions.ts";
import { rangeSelector } from "../select/range-selector.ts";
import { vectorSelector } from "../select/vector-selector.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { subquery } from "../subquery/subquery.ts";
import { type Node, ranked, type ScalarNode, type VectorNode } from "./node.ts";
import { negate } from "./unary.ts";

/** Makes an expression ready that has passed the type check. */
export function compile(expr: Expr, storage: MemoryStorage): Node {
  let rank = 0;
  const context: Context = {
    storage,
    histograms: "whole",
    use: "result",
    isParameter: false,
    nextRank: () => rank++,
  };
  return compileIn(unwrapped(expr), context);
}

interface Context {
  readonly storage: MemoryStorage;
  /** What is read of native histograms: `stats` where only count and sum are asked for, `buckets` where that is settled. */
  readonly histograms: "whole" | "stats" | "buckets";
  /** Whether a range vector is the argument of a function. */
  readonly use: "argument" | "result";
  /** Within the parameter of an aggregation, where Prometheus does not see to `@`. */
  readonly isParameter: boolean;
  readonly nextRank: () => number;
}

/** The functions for which count and sum are enough. */
const STATS: ReadonlySet<string> = new Set<FunctionName>(["histogram_avg", "histogram_count", "histogram_sum"]);
/** The functions that look into buckets. */
const BUCKETS: ReadonlySet<string> = new Set<FunctionName>([
  "histogram_fraction",
  "histogram_quantile",
  "histogram_quantiles",
]);
const SET_OPERATORS: ReadonlySet<string> = new Set(["and", "or", "unless"]);

const COMPILERS: { readonly [K in ExprKind]: (expr: ExprOf<K>, context: Context) => Node } = {
  AggregateExpr: (expr, context) => {
    const param = expr.param && compileIn(operand(unbounded(expr.param), context), { ...context, isParameter: true });
    const inner = compileIn(operand(expr.expr, context), context) as VectorNode;
    return aggregate(expr, inner, param, context.storage);
  },
  BinaryExpr: binary,
  Call: call,
  MatrixSelector: (expr, { storage, histograms }) => rangeSelector(expr, storage, histograms === "stats"),
  NumberLiteral: number,
  ParenExpr: ({ expr, span }, context) => ({ ...compileIn(expr, context), span }),
  StringLiteral: ({ value, span }) => ({ kind: "string", invariant: true, span, value }),
  SubqueryExpr: (expr, context) => {
    const inner = compileIn(expr.expr, { ...context, histograms: "buckets", use: "argument" }) as VectorNode;
    return subquery(expr, inner, context.use);
  },
  UnaryExpr: (expr, context) => {
    const inner = compileIn(expr.expr, context) as VectorNode | ScalarNode;
    return expr.op === "+" ? { ...inner, span: expr.span } : negate(expr, inner, context.storage);
  },
  VectorSelector: (expr, { storage, histograms, isParameter }) =>
    vectorSelector(expr, storage, { statsOnly: histograms === "stats", isParameter }),
};

function compileIn(expr: Expr, context: Context): Node {
  const compiler = COMPILERS[expr.kind] as (expr: Expr, context: Context) => Node;
  const node = compiler(expr, context);
  return ranked(node, context.nextRank());
}

function call(expr: Call, context: Context): Node {
  const name = expr.func as FunctionName;
  const inner: Context = { ...context, histograms: histogramsWithin(name, context), use: "argument" };
  const args = compileArgs(
    expr.args.map((arg) => operand(arg, context)),
    inner,
  );
  const same = args.every((arg) => arg.invariant);
  const invariant = same && (!VARIES_WITH_TIME.has(name) || isFixedTimestamp(name, args));
  return IMPLEMENTATIONS[name]({ expr, name, args, storage: context.storage, invariant });
}

/** Range vectors are evaluated before other arguments. */
function compileArgs(args: readonly Expr[], context: Context): readonly Node[] {
  const compiled = args.map((arg) => (isRange(arg) ? compileIn(arg, context) : undefined));
  return args.map((arg, i) => compiled[i] ?? compileIn(arg, context));
}

function isRange({ kind }: Expr): boolean {
  return kind === "MatrixSelector" || kind === "SubqueryExpr";
}

function histogramsWithin(name: FunctionName, { histograms }: Context): Context["histograms"] {
  if (histograms === "buckets" || BUCKETS.has(name)) return "buckets";
  return STATS.has(name) ? "stats" : histograms;
}

/** `timestamp` tells the time of samples; that of anything else it takes for the step's. */
function isFixedTimestamp(name: FunctionName, args: readonly Node[]): boolean {
  return name === "timestamp" && args.every((arg) => arg.kind === "vector" && arg.selector !== undefined);
}

function binary(expr: BinaryExpr, context: Context): Node {
  const { storage } = context;
  const trims = expr.op === "</" || expr.op === ">/";
  const inner: Context = trims ? { ...context, histograms: "buckets" } : context;
  const left = compileIn(expr.lhs, inner) as VectorNode | ScalarNode;
  const right = compileIn(expr.rhs, inner) as VectorNode | ScalarNode;
  if (left.kind === "scalar") {
    return right.kind === "scalar" ? betweenScalars(expr, left, right) : withScalar(expr, right, left, "left", storage);
  }
  if (right.kind === "scalar") return withScalar(expr, left, right, "right", storage);
  return SET_OPERATORS.has(expr.op)
    ? setOperation(expr, left, right, storage)
    : betweenVectors(expr, left, right, storage);
}

function number({ value, span }: NumberLiteral): ScalarNode {
  return {
    kind: "scalar",
    invariant: true,
    literal: true,
    span,
    run: (env) => new Float64Array(env.count).fill(value),
  };
}

/** Operands are taken without their parentheses, but in the parameters of aggregations, which Prometheus does not prepare. */
function operand(expr: Expr, { isParameter }: Context): Expr {
  return isParameter ? expr : unwrapped(expr);
}

/** Over there, `@ start()` and `@ end()` are not looked at. */
function unbounded(param: Expr): Expr {
  return mapExpr(param, (node) => {
    if (node.kind !== "SubqueryExpr" && node.kind !== "VectorSelector") return node;
    return node.at === undefined || node.at.kind === "timestamp" ? node : { ...node, at: undefined };
  });
}

function unwrapped(expr: Expr): Expr {
  return expr.kind === "ParenExpr" ? unwrapped(expr.expr) : expr;
}
