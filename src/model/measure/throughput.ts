/** Throughput: how much work comes in, and how much of it is under way. */
import type { DurationText } from "../../quantity/duration.ts";
import type { InstantVector } from "../../vector/instant-vector.ts";
import type { By, Grouped, Grouping } from "../../vector/modifiers.ts";
import type { Labels, SeriesLabel } from "../labels.ts";
import type { Counter } from "../metric/counter.ts";
import type { Gauge } from "../metric/gauge.ts";

/**
 * Requests per second, averaged over a window: the increase of the count ÷ the window. Unit: requests per second.
 *
 * ```ts
 * requestsPerSecond(latency.count, "5m", by("route"));
 * ```
 * Source: https://sre.google/sre-book/monitoring-distributed-systems/ (traffic)
 */
export function requestsPerSecond<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  requests: Counter<D>,
  window: DurationText,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return requests.rate(window).sum(grouping);
}

/**
 * Requests that were taken and not yet answered, over all instances. Unit: requests.
 *
 * ```ts
 * requestsInFlight(open, by("route")).above(200);
 * ```
 */
export function requestsInFlight<D extends Labels, const G extends Grouping<SeriesLabel<D>> = By<never>>(
  open: Gauge<D>,
  grouping?: G,
): InstantVector<Grouped<SeriesLabel<D>, G>> {
  return open.sum(grouping);
}
