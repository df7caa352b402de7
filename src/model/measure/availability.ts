/** Availability: what share of requests succeeds, and how long people wait for an answer. */
import type { DurationText } from "../../quantity/duration.ts";
import type { AnyVector, InstantVector } from "../../vector/instant-vector.ts";
import type { By, Grouped, Grouping } from "../../vector/modifiers.ts";
import type { ScalarLike } from "../../vector/scalar.ts";
import type { Labels, SeriesLabel } from "../labels.ts";
import type { Counter } from "../metric/counter.ts";
import type { Observed } from "../metric/observed.ts";

/** What was asked, and the part of it that failed. */
export interface Attempts<D extends Labels> {
  readonly total: Counter<D>;
  readonly failed: Counter<D>;
}

/**
 * The share of attempts that failed: failed per second ÷ attempts per second. Unit: ratio, 0 to 1.
 * While nothing is attempted there is no result; while nothing failed it is 0, also where the failing series do not exist yet.
 *
 * ```ts
 * errorRatio({ total: requests, failed: requests.where({ code: /5../ }) }, "5m", by("route")).above("1%");
 * ```
 * Source: https://sre.google/sre-book/monitoring-distributed-systems/ (errors)
 */
export function errorRatio<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  { total, failed }: Attempts<D>,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  // Inside, label names are plain strings: that both sides carry the same is what the grouping sees to.
  const per = grouping as Grouping<string> | undefined;
  const attempts = widen(total.rate(window).sum(per as never));
  const failures = widen(failed.rate(window).sum(per as never));
  return failures.or(attempts.mul(0)).div(attempts) as never;
}

/**
 * The share of attempts that succeeded: 1 − failed ÷ attempts. Unit: ratio, 0 to 1.
 *
 * ```ts
 * successRatio({ total: orders, failed: orders.where({ outcome: "failed" }) }, "30m").below("99%");
 * ```
 */
export function successRatio<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  attempts: Attempts<D>,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return errorRatio(attempts, window, grouping).mul(-1).add(1) as never;
}

/**
 * The time within which the share `phi` of requests is answered: the φ-quantile of their durations. Unit: the histogram's,
 * as a rule seconds.
 *
 * ```ts
 * responseTime(latency, 0.99, "5m", by("route")).above("1s");
 * ```
 * Source: https://prometheus.io/docs/practices/histograms/#quantiles
 */
export function responseTime<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  durations: Observed<D>,
  phi: ScalarLike,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return durations.rate(window).sum(grouping).quantile(phi);
}

const widen = (vector: AnyVector) => vector as unknown as InstantVector<string>;
