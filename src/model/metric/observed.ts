/** Histograms of either kind, where it does not matter which. */
import type { DurationText } from "../../quantity/duration.ts";
import type { Distribution } from "../../vector/distribution.ts";
import type { Labels, SeriesLabel } from "../labels.ts";
import type { Metric } from "./metric.ts";

/** A metric of observations, classic or native. */
export interface Observed<in out D extends Labels> extends Metric<D> {
  rate(window: DurationText): Distribution<SeriesLabel<D>>;
  increase(window: DurationText): Distribution<SeriesLabel<D>>;
}
