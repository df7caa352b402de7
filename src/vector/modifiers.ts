/** The words that say which labels an operation keeps or matches: `by without on ignoring groupLeft groupRight fill`. */

/** Aggregates keeping only these labels. */
export interface By<out L extends string> {
  readonly kind: "by";
  readonly labels: readonly L[];
}

/** Aggregates dropping only these labels. */
export interface Without<out L extends string> {
  readonly kind: "without";
  readonly labels: readonly L[];
}

/** Matches two vectors on only these labels. */
export interface On<out L extends string> {
  readonly kind: "on";
  readonly labels: readonly L[];
}

/** Matches two vectors on all labels but these. */
export interface Ignoring<out L extends string> {
  readonly kind: "ignoring";
  readonly labels: readonly L[];
}

/** Lets many series of the left side match one of the right, and copies these labels over from the right. */
export interface GroupLeft<out L extends string> {
  readonly kind: "group_left";
  readonly labels: readonly L[];
}

/** Lets many series of the right side match one of the left, and copies these labels over from the left. */
export interface GroupRight<out L extends string> {
  readonly kind: "group_right";
  readonly labels: readonly L[];
}

/** What stands in for a series that is missing on one side. Needs Prometheus 3.10 with `promql-binop-fill-modifiers`. */
export interface Fill {
  readonly kind: "fill";
  readonly left: number | undefined;
  readonly right: number | undefined;
}

export type Grouping<L extends string> = By<L> | Without<L>;

/** The labels of `L` that an aggregation by `G` keeps. */
export type Grouped<L extends string, G> =
  G extends By<infer K> ? K : G extends Without<infer K> ? Exclude<L, K> : never;

export type Matching<L extends string, R extends string> = On<L & R> | Ignoring<L | R>;

/** What may follow the matching: which side is the many, and what fills gaps. */
export type Group<L extends string, R extends string> = GroupLeft<R> | GroupRight<L> | Fill;

/** The labels that matching `L` with `R` by `M` and `G` keeps: the many side's and those copied over, or what was matched on. */
export type Matched<L extends string, R extends string, M, G> =
  G extends GroupLeft<infer I>
    ? L | I
    : G extends GroupRight<infer I>
      ? R | I
      : M extends On<infer K>
        ? K
        : M extends Ignoring<infer K>
          ? Exclude<L & R, K>
          : never;

/** Labels that only one of two vectors carries. */
export type Unmatched<L extends string, R extends string> = Exclude<L, R> | Exclude<R, L>;

/** Two vectors with the same labels match as they are; others must say how. */
export type RequiredMatching<L extends string, R extends string, M, G = Fill> = [Unmatched<L, R>] extends [never]
  ? [matching?: M, group?: G, fill?: Fill]
  : [matching: M & CoversUnmatched<L, R, M>, group?: G, fill?: Fill];

/** Operations of sets only match: nothing is copied over, and nothing filled. */
export type SetMatching<L extends string, R extends string, M> = [Unmatched<L, R>] extends [never]
  ? [matching?: M]
  : [matching: M & CoversUnmatched<L, R, M>];

type CoversUnmatched<L extends string, R extends string, M> =
  M extends Ignoring<infer K>
    ? [Exclude<Unmatched<L, R>, K>] extends [never]
      ? unknown
      : TypeMistake<`label '${Exclude<Unmatched<L, R>, K>}' is on one side only: ignore it too`>
    : unknown;

/** A compile error written out in words; see kysely's KyselyTypeError. */
export interface TypeMistake<Message extends string> {
  readonly "~mistake": Message;
}

/** Keeps only these labels: `stock.sum(by("sku"))`. */
export const by = <const L extends string>(...labels: L[]): By<L> => Object.freeze({ kind: "by", labels });

/** Keeps all labels but these: `stock.sum(without("warehouse"))`. */
export const without = <const L extends string>(...labels: L[]): Without<L> =>
  Object.freeze({ kind: "without", labels });

/** Matches on only these labels: `stock.and(demand, on("sku"))`. */
export const on = <const L extends string>(...labels: L[]): On<L> => Object.freeze({ kind: "on", labels });

/** Matches on all labels but these: `errors.div(requests, ignoring("code"))`. */
export const ignoring = <const L extends string>(...labels: L[]): Ignoring<L> =>
  Object.freeze({ kind: "ignoring", labels });

/** Many on the left, one on the right, whose labels named here are copied over: `stock.mul(price, on("sku"), groupLeft("name"))`. */
export const groupLeft = <const L extends string>(...labels: L[]): GroupLeft<L> =>
  Object.freeze({ kind: "group_left", labels });

/** One on the left, many on the right; the left side's labels named here are copied over. */
export const groupRight = <const L extends string>(...labels: L[]): GroupRight<L> =>
  Object.freeze({ kind: "group_right", labels });

/**
 * Values that stand in for series missing on a side: `fill(0)` for both, `fill({ right: 0 })` for one.
 *
 * ```ts
 * demand.div(stock, on("sku"), fill(0));
 * ```
 */
export function fill(value: number | { readonly left?: number; readonly right?: number }): Fill {
  const { left, right } = typeof value === "number" ? { left: value, right: value } : value;
  return Object.freeze({ kind: "fill", left, right });
}
