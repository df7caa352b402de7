/**
 * The typed builder: instant vectors whose label names are part of their type.
 *
 * Every method stands for one PromQL operation and carries its name; it returns a new vector, and that vector's type says
 * which labels are left. Methods that differ in their operator alone stand in operations.ts.
 * https://prometheus.io/docs/prometheus/latest/querying/operators/
 */
import type { Matcher } from "../label/matcher.ts";
import type { BinaryOp, Expr } from "../promql/ast.ts";
import type { DurationText } from "../quantity/duration.ts";
import { aggregate, binary, call, negated, selector, subquery, text } from "./build.ts";
import type {
  By,
  Fill,
  Grouped,
  Grouping,
  GroupLeft,
  GroupRight,
  Ignoring,
  Matching,
  On,
  SetMatching,
} from "./modifiers.ts";
import {
  AGGREGATIONS,
  type Aggregations,
  COMPARISONS,
  type Comparisons,
  FUNCTIONS,
  type Functions,
  OPERATORS,
  type Operators,
  SELECTIONS,
  type Selections,
} from "./operations.ts";
import { RangeVector } from "./range-vector.ts";
import { Scalar, type ScalarLike, scalarExpr } from "./scalar.ts";

/** An expression where the labels do not matter. */
export interface AnyVector {
  readonly ast: Expr;
  readonly "~vector": unknown;
}

/** An instant vector: one value for each series, whose labels are named by `L`. */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the tables at the end define every method of these interfaces
export class InstantVector<in out L extends string> implements AnyVector {
  declare readonly "~vector": (label: L) => L;
  readonly ast: Expr;

  constructor(ast: Expr) {
    this.ast = ast;
  }

  /** The φ-quantile over the series of each group, 0 ≤ φ ≤ 1: `quantile by (sku) (0.9, x)`. */
  quantile<const G extends Grouping<L> = By<never>>(phi: ScalarLike, grouping?: G): InstantVector<Grouped<L, G>> {
    return new InstantVector(aggregate("quantile", this.ast, grouping, scalarExpr(phi)));
  }

  /** How many series have each value, which becomes the label `into`: `count_values by (job) ("version", x)`. */
  countValues<const V extends string, const G extends Grouping<L> = By<never>>(
    into: V,
    grouping?: G,
  ): InstantVector<Grouped<L, G> | V> {
    return new InstantVector(aggregate("count_values", this.ast, grouping, text(into)));
  }

  /** `-a` */
  negate(): InstantVector<L> {
    return new InstantVector(negated(this.ast));
  }

  /** The series that have a partner on the right: `a and on (sku) b`. */
  and<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): InstantVector<L> {
    return new InstantVector(setOperation("and", this, right, matching));
  }

  /** The series that have no partner on the right: `a unless on (sku) b`. */
  unless<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): InstantVector<L> {
    return new InstantVector(setOperation("unless", this, right, matching));
  }

  /** All series of the left side, and those of the right that have no partner there: `a or on (sku) b`. */
  or<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): InstantVector<L | R> {
    return new InstantVector(setOperation("or", this, right, matching));
  }

  /** Rounds to the nearest multiple of `to` (1): `round(x, 0.5)`. */
  round(to?: ScalarLike): InstantVector<L> {
    return new InstantVector(call("round", this.ast, ...(to === undefined ? [] : [scalarExpr(to)])));
  }

  /** Keeps values between `least` and `most`: `clamp(x, 0, 1)`. */
  clamp(least: ScalarLike, most: ScalarLike): InstantVector<L> {
    return new InstantVector(call("clamp", this.ast, scalarExpr(least), scalarExpr(most)));
  }

  /** Lifts values to `least`: `clamp_min(x, 0)`. */
  clampMin(least: ScalarLike): InstantVector<L> {
    return new InstantVector(call("clamp_min", this.ast, scalarExpr(least)));
  }

  /** Caps values at `most`: `clamp_max(x, 1)`. */
  clampMax(most: ScalarLike): InstantVector<L> {
    return new InstantVector(call("clamp_max", this.ast, scalarExpr(most)));
  }

  /** Orders by labels, rising: `sort_by_label(x, "sku")`. Experimental in Prometheus. */
  sortByLabel(...labels: L[]): InstantVector<L> {
    return new InstantVector(call("sort_by_label", this.ast, ...labels.map(text)));
  }

  /** Orders by labels, falling. Experimental in Prometheus. */
  sortByLabelDesc(...labels: L[]): InstantVector<L> {
    return new InstantVector(call("sort_by_label_desc", this.ast, ...labels.map(text)));
  }

  /** One series of value 1 while there is no series at all, and nothing otherwise: `absent(x)`. */
  absent(): Condition<never> {
    return new Condition(call("absent", this.ast));
  }

  /** The value of a vector's only series as a number, NaN where there are none or many: `scalar(x)`. */
  scalar(): Scalar {
    return new Scalar(call("scalar", this.ast));
  }

  /** Sets a label to `replacement` where all of `source` matches `pattern`: `label_replace(x, "host", "$1", "instance", "(.*):.*")`. */
  labelReplace<const D extends string>(to: D, replacement: string, source: L, pattern: string): InstantVector<L | D> {
    return new InstantVector(call("label_replace", this.ast, text(to), text(replacement), text(source), text(pattern)));
  }

  /** Joins labels into one: `label_join(x, "path", "/", "namespace", "pod")`. */
  labelJoin<const D extends string>(to: D, separator: string, ...sources: L[]): InstantVector<L | D> {
    return new InstantVector(call("label_join", this.ast, text(to), text(separator), ...sources.map(text)));
  }

  /** Copies labels over from the info series of the same target: `info(x, {name="…"})`. Experimental in Prometheus. */
  info<const I extends string = never>(labels?: readonly I[]): InstantVector<L | I> {
    const wanted: Matcher[] = (labels ?? []).map((name) => ({ name, op: "=~", value: ".*" }));
    return new InstantVector(call("info", this.ast, ...(wanted.length > 0 ? [selector(undefined, wanted)] : [])));
  }

  /** The values over a window, evaluated every `step` (the evaluation interval by default): `x[1h:5m]`. */
  over(window: DurationText, step?: DurationText): RangeVector<L> {
    return new RangeVector(subquery(this.ast, window, step));
  }
}

export interface InstantVector<in out L extends string>
  extends Aggregations<L>,
    Selections<L>,
    Operators<L>,
    Comparisons<L>,
    Functions<L> {}

/** An instant vector that holds only what some condition let through: the only thing that an alert can be made of. */
export class Condition<in out L extends string> extends InstantVector<L> {
  declare readonly "~condition": true;

  override and<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): Condition<L> {
    return new Condition(setOperation("and", this, right, matching));
  }

  override unless<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): Condition<L> {
    return new Condition(setOperation("unless", this, right, matching));
  }

  /** Either condition. The labels of both are offered; one that a series lacks is empty. */
  override or<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: Condition<R>,
    ...matching: SetMatching<L, R, M>
  ): Condition<L | R>;
  override or<R extends string, const M extends Matching<L, R> = Ignoring<never>>(
    right: InstantVector<R>,
    ...matching: SetMatching<L, R, M>
  ): InstantVector<L | R>;
  // biome-ignore lint/suspicious/noExplicitAny: the two signatures above say what goes in and what comes out
  override or(right: InstantVector<any>, ...matching: any[]): InstantVector<any> {
    const expr = setOperation("or", this, right, matching);
    return right instanceof Condition ? new Condition(expr) : new InstantVector(expr);
  }
}

/** The condition of one comparison. */
export class Comparison<in out L extends string> extends Condition<L> {
  /** Answers with 1 or 0 for every series, instead of keeping those that match: `x < bool 10`. */
  bool(): InstantVector<L> {
    const { ast } = this;
    return new InstantVector(ast.kind === "BinaryExpr" ? Object.freeze({ ...ast, returnBool: true }) : ast);
  }
}

/**
 * A vector of one series without labels: `vector(1)`.
 *
 * ```ts
 * alert("Heartbeat", { service: catalog, when: vector(1).above(0.5), severity: "ticket", summary: "alive" });
 * ```
 */
export function vector(value: ScalarLike): InstantVector<never> {
  return new InstantVector(call("vector", scalarExpr(value)));
}

type Modifiers = readonly (On<string> | Ignoring<string> | GroupLeft<string> | GroupRight<string> | Fill | undefined)[];

function setOperation(op: BinaryOp, left: AnyVector, right: AnyVector, [match]: Modifiers): Expr {
  return binary(op, left.ast, right.ast, { match: match as On<string> | undefined, vectors: true });
}

function operation(op: BinaryOp, left: AnyVector, right: AnyVector | ScalarLike, modifiers: Modifiers): Expr {
  const other = right instanceof InstantVector;
  const find = <K extends string>(...kinds: K[]) =>
    modifiers.find((one) => one !== undefined && kinds.includes(one.kind as K)) as
      | Extract<Modifiers[number], { kind: K }>
      | undefined;
  return binary(op, left.ast, other ? right.ast : scalarExpr(right as ScalarLike), {
    match: find("on", "ignoring"),
    group: find("group_left", "group_right"),
    fill: find("fill"),
    vectors: other,
  });
}

type Method = (this: InstantVector<never>, ...args: never[]) => InstantVector<never>;

function define<T>(table: Readonly<Record<string, T>>, method: (entry: T) => Method): void {
  for (const [name, entry] of Object.entries(table)) {
    Object.defineProperty(InstantVector.prototype, name, { value: method(entry), writable: true, configurable: true });
  }
}

define(
  AGGREGATIONS,
  (op) =>
    function (grouping?: Grouping<never>) {
      return new InstantVector(aggregate(op, this.ast, grouping));
    },
);
define(
  SELECTIONS,
  (op) =>
    function (amount: ScalarLike, grouping?: Grouping<never>) {
      return new InstantVector(aggregate(op, this.ast, grouping, scalarExpr(amount)));
    },
);
define(
  OPERATORS,
  (op) =>
    function (right: InstantVector<never> | ScalarLike, ...modifiers: Modifiers) {
      return new InstantVector(operation(op, this, right, modifiers));
    },
);
define(
  COMPARISONS,
  (op) =>
    function (right: InstantVector<never> | ScalarLike, ...modifiers: Modifiers) {
      return new Comparison(operation(op, this, right, modifiers));
    },
);
define(
  FUNCTIONS,
  (func) =>
    function () {
      return new InstantVector(call(func, this.ast));
    },
);
