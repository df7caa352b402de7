/** Named time intervals on a clock that mostly goes forward, asked again and again. */
import { duringAny, nextChange } from "./during.ts";
import type { TimeInterval } from "./time-interval.ts";

interface State {
  readonly holds: boolean;
  readonly from: number;
  readonly to: number;
}

/** Answers from memory until the answer changes. */
export class IntervalClock {
  readonly #intervals: ReadonlyMap<string, readonly TimeInterval[]>;
  readonly #states = new Map<string, State>();

  constructor(intervals: ReadonlyMap<string, readonly TimeInterval[]>) {
    this.#intervals = intervals;
  }

  /** Those of `names` that hold at `now`. */
  during(names: readonly string[], now: number): readonly string[] {
    return names.filter((name) => this.#holds(name, now));
  }

  /** The next instant at which any of `names` begins or ends to hold. */
  nextChange(names: readonly string[], now: number): number {
    let next = Number.POSITIVE_INFINITY;
    for (const name of names) {
      this.#holds(name, now);
      next = Math.min(next, this.#states.get(name)?.to ?? next);
    }
    return next;
  }

  #holds(name: string, now: number): boolean {
    let state = this.#states.get(name);
    if (state === undefined || now < state.from || now >= state.to) {
      const intervals = this.#intervals.get(name) ?? [];
      state = {
        holds: duringAny(intervals, now),
        from: now,
        to: nextChange(intervals, now) ?? Number.POSITIVE_INFINITY,
      };
      this.#states.set(name, state);
    }
    return state.holds;
  }
}
