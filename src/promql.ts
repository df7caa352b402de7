/**
 * PromQL as a language: read, check, print, and know what an expression's results look like before it runs.
 *
 * ```ts
 * import { analyze, formatPromqlError, labelFact, labelFlow, pretty } from "tocsin/promql";
 *
 * const text = 'sum by (sku) (catalog_inventory_items{warehouse="fra"}) < 10';
 * const { expr, errors } = analyze(text);
 * if (expr === undefined) throw new Error(errors.map((error) => formatPromqlError(text, error)).join("\n"));
 * pretty(expr); // over several lines where it is long
 * labelFact(labelFlow(expr).labels, "warehouse").status; // "cannot": sum by (sku) drops it
 * ```
 *
 * It agrees with Prometheus 3.14. https://prometheus.io/docs/prometheus/latest/querying/basics/
 */
export { EvaluationError } from "./engine/evaluate/error.ts";
export type { Histogram } from "./engine/histogram/histogram.ts";
export {
  compileQuery,
  InvalidQueryError,
  instantQuery,
  type Query,
  type QueryOptions,
  type QueryRange,
  rangeQuery,
} from "./engine/query.ts";
export type {
  InstantResult,
  MatrixResult,
  MatrixSeries,
  ScalarResult,
  StringResult,
  VectorResult,
  VectorSample,
} from "./engine/result.ts";
export { loadSeries } from "./engine/storage/load.ts";
export { type MemoryStorage, memoryStorage } from "./engine/storage/memory-storage.ts";
export { analyze } from "./promql/analyze.ts";
export type * from "./promql/ast.ts";
export {
  AGGREGATE_OPS,
  ARITHMETIC_OPS,
  COMPARISON_OPS,
  NOWHERE,
  PARAMETERISED,
  SET_OPS,
  TRIM_OPS,
} from "./promql/ast.ts";
export { formatPromqlError, type PromqlError, promqlPosition } from "./promql/error.ts";
export {
  argType,
  type FeatureFlag,
  FUNCTIONS,
  type FunctionName,
  type FunctionSignature,
  functionNamed,
  isFunctionName,
  type LabelEffect,
  type PrometheusVersion,
  type ValueEffect,
} from "./promql/functions.ts";
export { FEATURE_FLAGS, type LanguageOptions } from "./promql/language.ts";
export { type Parsed, parse, parseOrThrow } from "./promql/parse/parse.ts";
export { type PrettyOptions, pretty } from "./promql/print/pretty.ts";
export { type PrintOptions, print } from "./promql/print/print.ts";
export { isLater, type Requirement, type Requirements, requirements } from "./promql/requirements.ts";
export { type ParsedSeries, parseMetric, parseSamples, parseSeries } from "./promql/series/parse-series.ts";
export {
  type CombineHistograms,
  type CounterResetHint,
  expandSeries,
  type HistogramDescription,
  type SequenceValue,
  type SeriesDescription,
  type SeriesItem,
} from "./promql/series/series.ts";
export { check } from "./promql/type/check.ts";
export type { LabelFlowOptions, LabelOfMetric, MetricCatalog, MetricFacts } from "./promql/type/flow/catalog.ts";
export { type LabelFact, type LabelFacts, type LabelStatus, labelFact } from "./promql/type/flow/facts.ts";
export type { Returns } from "./promql/type/flow/flow.ts";
export type { NumberRange } from "./promql/type/flow/range.ts";
export { metricName } from "./promql/type/flow/selector.ts";
export type { ValueFact, ValueMeaning } from "./promql/type/flow/value.ts";
export { type LabelFlow, labelFlow } from "./promql/type/label-flow.ts";
export { type ParsedVariableQuery, parseVariableQuery, type VariableQuery } from "./promql/variable-query.ts";
export { childrenOf, walk } from "./promql/walk.ts";
