/** Quality: how often things go wrong, how far apart, how slow they are on average, and how full. */
import { type DurationText, parseDuration } from "../../quantity/duration.ts";
import type { InstantVector } from "../../vector/instant-vector.ts";
import type {
  By,
  Fill,
  Grouped,
  Grouping,
  Ignoring,
  Matched,
  Matching,
  RequiredMatching,
} from "../../vector/modifiers.ts";
import type { Labels, SeriesLabel } from "../labels.ts";
import type { Counter } from "../metric/counter.ts";
import type { Observed } from "../metric/observed.ts";

/**
 * Faults per unit of time: faults per second × the length of the unit. Unit: faults per `per`.
 *
 * ```ts
 * faultFrequency(crashes, { window: "6h", per: "1h" }, by("instance")).above(2);
 * ```
 */
export function faultFrequency<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  faults: Counter<D>,
  { window, per }: { readonly window: DurationText; readonly per: DurationText },
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return faults.rate(window).sum(grouping).mul(seconds(per)) as never;
}

/**
 * The mean time between faults: the window ÷ the faults in it. Unit: seconds; +Inf while there was no fault.
 *
 * ```ts
 * meanTimeBetweenFaults(crashes, "7d").below("12h");
 * ```
 */
export function meanTimeBetweenFaults<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  faults: Counter<D>,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return faults.increase(window).sum(grouping).pow(-1).mul(seconds(window)) as never;
}

/**
 * The mean response time: the time of all answers ÷ their number. Unit: the histogram's, as a rule seconds.
 *
 * ```ts
 * meanResponseTime(latency, "5m", by("route")).above("300ms");
 * ```
 */
export function meanResponseTime<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  durations: Observed<D>,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return durations.rate(window).sum(grouping).mean();
}

/**
 * How full something is: used ÷ capacity. Unit: ratio, 0 to 1 (above 1 where it can be overbooked).
 *
 * ```ts
 * saturation(memoryUsed.sum(by("instance")), memoryTotal.sum(by("instance"))).above("90%");
 * ```
 * Source: https://sre.google/sre-book/monitoring-distributed-systems/ (saturation)
 */
export function saturation<L extends string, R extends string = L, const M extends Matching<L, R> = Ignoring<never>>(
  used: InstantVector<L>,
  capacity: InstantVector<R>,
  ...matching: RequiredMatching<L, R, M>
): InstantVector<Matched<L, R, M, Fill>> {
  return used.div(capacity, ...(matching as never)) as never;
}

function seconds(duration: DurationText): number {
  return (parseDuration(duration) ?? Number.NaN) / 1000;
}
