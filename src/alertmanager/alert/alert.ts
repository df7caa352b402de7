/** Alerts as Alertmanager takes them. */
import type { LabelSet } from "../../label/label-set.ts";

/** An alert that someone posts. Instants are milliseconds since 1970. */
export interface PostedAlert {
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: number;
  /** When it ends, or ended; left out, it ends once `resolve_timeout` has passed without another post. */
  readonly endsAt?: number | undefined;
  readonly generatorUrl?: string | undefined;
}

/**
 * A post, or the same post again and again. Prometheus repeats what fires about every minute, each time good for a few more
 * minutes; a day of that is one delivery.
 */
export interface Delivery extends PostedAlert {
  /** When it is posted for the first time. */
  readonly at: number;
  /** Posted again every so many milliseconds, up to and including `until`. */
  readonly every?: number | undefined;
  readonly until?: number | undefined;
  /** Each post is good for so long from its own time, instead of up to `endsAt`. */
  readonly validFor?: number | undefined;
}
