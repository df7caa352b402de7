/** What is remembered of a rule's alerts. */
import type { AlertsAt } from "./alert.ts";
import type { AlertTracker } from "./tracker.ts";

/** Adds the alerts as they are now, where the time is watched. That all is quiet goes without saying until something was not. */
export function remember(
  tracker: AlertTracker,
  timeMs: number,
  history: AlertsAt[],
  { isWatched }: { readonly isWatched: (timeMs: number) => boolean },
): void {
  const last = history[history.length - 1];
  if (tracker.isQuiet && (last === undefined || last.alerts.length === 0)) return;
  if (isWatched(timeMs)) history.push({ timeMs, alerts: tracker.alerts() });
}

/** The alerts of a time: those of the last evaluation at or before it. */
export function alertsAt(history: readonly AlertsAt[], timeMs: number): AlertsAt["alerts"] {
  return history.findLast((one) => one.timeMs <= timeMs)?.alerts ?? [];
}
