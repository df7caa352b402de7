/** What a function of a range vector sees: the samples of one series within one window. */
import type { Span } from "../../promql/ast.ts";
import type { Annotation } from "../annotation/annotation.ts";
import type { ABSENT, FLOAT, HISTOGRAM } from "../evaluate/column.ts";
import type { Histogram } from "../histogram/histogram.ts";
import { type FloatSamples, type HistogramSamples, NO_FLOATS, NO_HISTOGRAMS } from "../storage/samples.ts";

export { ABSENT, FLOAT, HISTOGRAM } from "../evaluate/column.ts";

/** Writes its answer into `window.value` or `window.histogram`, and says by what it returns which it was. */
export type WindowFunction = (window: Window) => typeof ABSENT | typeof FLOAT | typeof HISTOGRAM;

/** One window, reused from step to step. */
export class Window {
  floats: FloatSamples = NO_FLOATS;
  histograms: HistogramSamples = NO_HISTOGRAMS;
  /** The floats in the window, by index; `floatsEnd` is exclusive. */
  floatsFrom = 0;
  floatsEnd = 0;
  histogramsFrom = 0;
  histogramsEnd = 0;
  /** The window, in milliseconds. Samples may lie beyond it where the selector is extended. */
  rangeStart = 0;
  rangeEnd = 0;
  rangeSeconds = 0;
  /** The time of the step, in milliseconds. */
  now = 0;
  /** How many steps there are in all. */
  steps = 1;
  /** The name of the metric, for remarks. */
  metric = "";
  extended: "anchored" | "smoothed" | undefined;
  /** Whether start timestamps count. */
  useStarts = false;
  /** The scalar arguments at this step. */
  readonly params: number[] = [];
  /** The range argument, for remarks. */
  span: Span;
  /** The first argument, for remarks. */
  firstArgSpan: Span;
  /** All arguments, for remarks. */
  argsSpan: Span;
  readonly remark: (annotation: Annotation) => void;
  value = 0;
  histogram: Histogram | undefined;

  constructor(span: Span, firstArgSpan: Span, argsSpan: Span, remark: (annotation: Annotation) => void) {
    this.span = span;
    this.firstArgSpan = firstArgSpan;
    this.argsSpan = argsSpan;
    this.remark = remark;
  }

  get floatCount(): number {
    return this.floatsEnd - this.floatsFrom;
  }

  get histogramCount(): number {
    return this.histogramsEnd - this.histogramsFrom;
  }

  /** The histograms in the window. */
  get histogramList(): readonly Histogram[] {
    return this.histograms.histograms.slice(this.histogramsFrom, this.histogramsEnd);
  }
}
