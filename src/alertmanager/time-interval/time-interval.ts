/**
 * Time intervals: which minutes of which days mute a route or make it active.
 * https://prometheus.io/docs/alerting/latest/configuration/#time_interval-0
 */

/** Both ends belong to the range. */
export interface InclusiveRange {
  readonly begin: number;
  readonly end: number;
}

/** Minutes since midnight, the end exclusive: 09:00 to 17:00 is 540 to 1020. */
export interface MinuteRange {
  readonly start: number;
  readonly end: number;
}

/** An interval holds when every part that it names does; a part that it leaves out always holds, an empty list never does. */
export interface TimeInterval {
  readonly times?: readonly MinuteRange[] | undefined;
  /** 0 is Sunday. */
  readonly weekdays?: readonly InclusiveRange[] | undefined;
  /** Negative days count from the month's end: -1 is its last day. */
  readonly days_of_month?: readonly InclusiveRange[] | undefined;
  /** 1 is January. */
  readonly months?: readonly InclusiveRange[] | undefined;
  readonly years?: readonly InclusiveRange[] | undefined;
  /** A name of the IANA time zone database, or `Local`; UTC where it is left out. */
  readonly location?: string | undefined;
}
