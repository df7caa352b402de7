/** `route/muted-for-good`: a route whose time intervals never let anything through. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type Route, walkRoutes } from "../route/route.ts";
import { IntervalClock } from "../time-interval/interval-clock.ts";
import { type Graph, routeName } from "./graph.ts";

/** So many changes of the intervals are looked at: five years of days with two changes each. */
const MOST_CHANGES = 4000;

export function* mutedForGood({ config, reading, root, now }: Graph): Generator<Diagnostic> {
  const named = [...config.mute_time_intervals, ...config.time_intervals];
  const clock = new IntervalClock(new Map(named.map(({ name, time_intervals }) => [name, time_intervals])));
  for (const route of walkRoutes(root)) {
    if (!isMutedFrom(clock, route, now)) continue;
    const { activeTimeIntervals } = route.options;
    const active = activeTimeIntervals.length > 0 && clock.during(activeTimeIntervals, now).length === 0;
    yield {
      code: "route/muted-for-good",
      severity: "warning",
      message: `${routeName(route)} is muted for good: there is no time at which its time intervals let anything through.`,
      help: "Correct the interval. To send nothing at all, use a receiver without integrations.",
      place: reading.placeOf(route.config, active ? "active_time_intervals" : "mute_time_intervals"),
    };
  }
}

function isMutedFrom(clock: IntervalClock, { options }: Route, from: number): boolean {
  const { muteTimeIntervals: mute, activeTimeIntervals: active } = options;
  if (mute.length === 0 && active.length === 0) return false;
  let at = from;
  for (let i = 0; i < MOST_CHANGES; i++) {
    const muted = clock.during(mute, at).length > 0 || (active.length > 0 && clock.during(active, at).length === 0);
    if (!muted) return false;
    at = clock.nextChange([...mute, ...active], at);
    if (at === Number.POSITIVE_INFINITY) return true;
  }
  return true;
}
