/** What start timestamps tell about counters: a sample says when its counter started, in milliseconds, or 0 for unknown. */

/** Whether a counter was started anew between two samples. */
export function isStartReset(previousStart: number, previousTime: number, start: number, time: number): boolean {
  // Unknown, or no start that can be.
  if (start === 0 || start >= time) return false;
  if (start !== previousTime) return start > previousTime;
  // A start at the sample before is that of a delta, unless starts are unknown and stand for "no earlier than".
  return previousStart <= previousTime && previousStart !== 0 && previousStart !== previousTime;
}

/** Whether a counter claims to have started before the previous sample, yet not when that one did. */
export function startsOverlap(previousStart: number, previousTime: number, start: number): boolean {
  return start !== 0 && start < previousTime && start !== previousStart;
}
