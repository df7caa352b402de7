/** Sums and averages over the histograms of a window. */
import {
  counterResetCollision,
  mismatchedCustomBuckets,
  mixedExponentialCustomHistograms,
} from "../annotation/remarks.ts";
import { type Histogram, hasOverflow } from "../histogram/histogram.ts";
import { dividedBy, type HistogramSum, plus, sumOf, times, total } from "../histogram/histogram-sum.ts";
import { ABSENT, HISTOGRAM, type Window } from "./window.ts";

export function sumHistograms(w: Window): typeof ABSENT | typeof HISTOGRAM {
  return gather(w, (sum, h) => plus(sum, h), total);
}

export function averageHistograms(w: Window): typeof ABSENT | typeof HISTOGRAM {
  const average = new HistogramAverage();
  return gather(
    w,
    (sum, h) => average.plus(sum, h),
    (sum) => average.result(sum),
  );
}

/** A mean of histograms: of their sum as long as that does not overflow, then a running one. */
export class HistogramAverage {
  #count = 1;
  #running = false;

  plus(sum: HistogramSum, h: Histogram): HistogramSum | undefined {
    this.#count++;
    const count = this.#count;
    let mean = sum;
    if (!this.#running) {
      const next = plus(sum, h);
      if (next === undefined || !hasOverflow(next.histogram)) return next;
      this.#running = true;
      mean = dividedBy(sum, count - 1);
    }
    const next = plus(times(mean, (count - 1) / count), dividedBy(sumOf(h), count).histogram);
    return next && { ...next, reconciled: next.reconciled || mean.reconciled };
  }

  result(sum: HistogramSum): Histogram {
    return total(this.#running ? sum : dividedBy(sum, this.#count));
  }
}

function gather(
  w: Window,
  add: (sum: HistogramSum, h: Histogram) => HistogramSum | undefined,
  result: (sum: HistogramSum) => Histogram,
): typeof ABSENT | typeof HISTOGRAM {
  const points = w.histogramList;
  let sum = sumOf(points[0] as Histogram);
  let reconciled = false;
  for (let i = 1; i < points.length; i++) {
    const next = add(sum, points[i] as Histogram);
    if (next === undefined) {
      w.remark(mixedExponentialCustomHistograms(w.metric, w.span));
      return ABSENT;
    }
    sum = next;
    reconciled ||= sum.reconciled;
  }
  const hints = new Set(points.map(({ hint }) => hint));
  if (hints.has("reset") && hints.has("not_reset")) w.remark(counterResetCollision("aggregation", w.span));
  if (reconciled) w.remark(mismatchedCustomBuckets("aggregation", w.span));
  w.histogram = result(sum);
  return HISTOGRAM;
}
