/** The results of queries, as plain data. */
import type { LabelSet } from "../label/label-set.ts";
import type { Histogram } from "./histogram/histogram.ts";

interface Remarks {
  /** What Prometheus warns about, in its words. */
  readonly warnings: readonly string[];
  /** What Prometheus informs about, in its words. */
  readonly infos: readonly string[];
}

/** The result of an instant query. */
export type InstantResult = ScalarResult | StringResult | VectorResult | MatrixResult;

/** The result of an expression that is a number. */
export interface ScalarResult extends Remarks {
  readonly type: "scalar";
  readonly value: number;
}

/** The result of an expression that is a string. */
export interface StringResult extends Remarks {
  readonly type: "string";
  readonly value: string;
}

/** The result of an instant query: a sample for each series. */
export interface VectorResult extends Remarks {
  readonly type: "vector";
  /** In the order in which sorting functions put them, else in no order that means anything. */
  readonly samples: readonly VectorSample[];
}

/** A series' labels, and its value at the moment of the query. */
export interface VectorSample {
  readonly labels: LabelSet;
  readonly value: number | Histogram;
}

/** The result of a range query, and of an instant query for a range vector. */
export interface MatrixResult extends Remarks {
  readonly type: "matrix";
  /** In the order of their labels. */
  readonly series: readonly MatrixSeries[];
}

/** Samples in the order of their times. */
export interface MatrixSeries {
  readonly labels: LabelSet;
  /** In milliseconds. */
  readonly timesMs: Float64Array;
  /** NaN where there is a histogram. */
  readonly values: Float64Array;
  /** By sample; absent where all are floats. */
  readonly histograms: readonly (Histogram | undefined)[] | undefined;
}
