/** Labels as a metric declares them: their names, and the values each may take. */

/** Labels that Prometheus attaches to every scraped series. */
export type TargetLabel = "job" | "instance";

/** A metric's own labels, each with the values it may take. */
export type Labels = Readonly<Record<string, string>>;

/** No labels of its own. */
export type NoLabels = Record<never, string>;

/** The label names of a metric's series. */
export type SeriesLabel<D extends Labels> = (keyof D & string) | TargetLabel;

/** What values one label may take, and so how many series it can multiply. */
export interface LabelDomain<in out V extends string = string> {
  readonly values: readonly V[] | undefined;
  readonly cardinality: number;
}

/**
 * A label with free-form values, at most `cardinality` of them: `sku: upTo(2_000)`.
 *
 * ```ts
 * gauge("catalog_stock_items", { help: "Items in stock.", labels: { sku: upTo(2_000) } });
 * ```
 */
export function upTo(cardinality: number): LabelDomain<string> {
  return Object.freeze({ values: undefined, cardinality });
}

/**
 * A label with a closed set of values: `warehouse: oneOf("fra", "iad")`.
 *
 * ```ts
 * gauge("catalog_stock_items", { help: "Items in stock.", labels: { warehouse: oneOf("fra", "iad") } });
 * ```
 */
export function oneOf<const V extends string>(...values: V[]): LabelDomain<V> {
  return Object.freeze({ values: Object.freeze(values), cardinality: values.length });
}
