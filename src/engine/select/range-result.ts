/** Range vectors as the result of an instant query. */
import type { Env } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import type { RangeNode, RangeSeries, Windows } from "../evaluate/node.ts";
import { boundSamples, boundValues } from "../functions/extended-rate.ts";
import { Slide } from "../functions/slide.ts";
import { Window } from "../functions/window.ts";
import type { Histogram } from "../histogram/histogram.ts";
import type { Labels } from "../labels/labels.ts";

/** The samples of one series in a window. */
export interface WindowSamples {
  readonly timesMs: Float64Array;
  readonly values: Float64Array;
  readonly histograms: readonly (Histogram | undefined)[] | undefined;
}

/** The samples in the window of an instant, series by series. */
export function rangeResult(
  node: RangeNode,
  env: Env,
): { readonly labels: Labels; readonly dropName: boolean; readonly series: WindowSamples }[] {
  const results: { labels: Labels; dropName: boolean; series: WindowSamples }[] = [];
  const windows = node.windows(env);
  node.each(env, (series) => {
    const samples = samplesOf(series, windows, node, env);
    if (samples !== undefined) results.push({ labels: series.labels, dropName: series.dropName, series: samples });
  });
  return results;
}

function samplesOf(series: RangeSeries, windows: Windows, node: RangeNode, env: Env): WindowSamples | undefined {
  const window = new Window(node.span, node.span, node.span, env.remark);
  window.extended = node.extended;
  const slide = new Slide(env, windows, window);
  if (!slide.over(series) || !slide.to(0)) return undefined;
  if (node.extended === undefined) return inOrder(window);
  if (window.histogramCount > 0) {
    throw new EvaluationError(`${node.extended} modifier is not supported with histograms`);
  }
  return extendedFloats(window);
}

/** Floats and histograms by their times. */
function inOrder(w: Window): WindowSamples {
  const { floats, histograms } = w;
  if (w.histogramCount === 0) {
    return {
      timesMs: floats.times.slice(w.floatsFrom, w.floatsEnd),
      values: floats.values.slice(w.floatsFrom, w.floatsEnd),
      histograms: undefined,
    };
  }
  const samples: { readonly time: number; readonly value: number; readonly histogram: Histogram | undefined }[] = [];
  for (let i = w.floatsFrom; i < w.floatsEnd; i++) {
    samples.push({ time: floats.times[i] as number, value: floats.values[i] as number, histogram: undefined });
  }
  for (let i = w.histogramsFrom; i < w.histogramsEnd; i++) {
    samples.push({ time: histograms.times[i] as number, value: Number.NaN, histogram: histograms.histograms[i] });
  }
  samples.sort((a, b) => a.time - b.time);
  return {
    timesMs: Float64Array.from(samples, ({ time }) => time),
    values: Float64Array.from(samples, ({ value }) => value),
    histograms: samples.map(({ histogram }) => histogram),
  };
}

/** The floats within the window, and values at its very bounds. */
function extendedFloats(w: Window): WindowSamples | undefined {
  const { times, values } = w.floats;
  const bounds = boundSamples(w, times, w.floatsFrom, w.floatsEnd);
  if (bounds === undefined) return undefined;
  const [left, right] = boundValues(w, bounds.first, bounds.last, false);
  const from = (times[bounds.first] as number) <= w.rangeStart ? bounds.first + 1 : bounds.first;
  const end = (times[bounds.last] as number) >= w.rangeEnd ? bounds.last : bounds.last + 1;
  return {
    timesMs: Float64Array.from([w.rangeStart, ...times.slice(from, end), w.rangeEnd]),
    values: Float64Array.from([left, ...values.slice(from, end), right]),
    histograms: undefined,
  };
}
