/** Whether what arrived is what was predicted: the same notifications with the same texts, in the same order, in time. */
import type { Notification } from "../receiver/notification.ts";
import { expect } from "../wait.ts";

export interface Tolerance {
  /** By how much a time may be off, in milliseconds. */
  readonly off: number;
  /** What is sent as close together as that, in milliseconds, to different people arrives in no certain order. */
  readonly together: number;
  /** Up to when everything has to be on both sides, in milliseconds since 1970. */
  readonly until: number;
}

export interface Comparison {
  readonly count: number;
  /** The most by which a time is off, in milliseconds. */
  readonly mostOff: number;
}

interface Pair {
  readonly predicted: Notification;
  readonly arrived: Notification;
}

/** Throws where prediction and reality differ, and tells all the differences. */
export function expectPredicted(
  predicted: readonly Notification[],
  arrived: readonly Notification[],
  tolerance: Tolerance,
): Comparison {
  const pairs: Pair[] = [];
  const differences: string[] = [];
  for (const receiver of new Set([...predicted, ...arrived].map((one) => one.receiver)))
    comparePlace(
      predicted.filter((one) => one.receiver === receiver),
      arrived.filter((one) => one.receiver === receiver),
      tolerance,
      pairs,
      differences,
    );
  differences.push(...pairs.flatMap((pair) => differencesOf(pair, tolerance.off)));
  // Where something is missing, all that follows is in disorder.
  if (differences.length === 0) differences.push(...disorder(pairs, tolerance));
  expect(differences.length === 0, differences.join("\n"));
  return { count: pairs.length, mostOff: Math.max(0, ...pairs.map(offBy)) };
}

/** One after the other at one place. Behind `until` either side may lack what the other has. */
function comparePlace(
  predicted: readonly Notification[],
  arrived: readonly Notification[],
  { until }: Tolerance,
  pairs: Pair[],
  differences: string[],
): void {
  for (let i = 0; i < Math.max(predicted.length, arrived.length); i++) {
    const [expected, found] = [predicted[i], arrived[i]];
    if (expected !== undefined && found !== undefined) {
      if (Math.min(expected.at, found.at) <= until) pairs.push({ predicted: expected, arrived: found });
    } else if (expected !== undefined && expected.at <= until) differences.push(`never arrived: ${tell(expected)}`);
    else if (found !== undefined && found.at <= until) differences.push(`was not predicted: ${tell(found)}`);
  }
}

function differencesOf(pair: Pair, off: number): readonly string[] {
  const { predicted, arrived } = pair;
  const [expected, found] = [content(predicted), content(arrived)];
  const differences = expected === found ? [] : [`predicted: ${expected}\n  arrived: ${found}`];
  if (offBy(pair) > off)
    differences.push(`predicted: ${tell(predicted)}\n  arrived: ${arrived.at - predicted.at} ms later`);
  return differences;
}

function disorder(pairs: readonly Pair[], { together }: Tolerance): readonly string[] {
  return pairs.flatMap((one) =>
    pairs
      .filter((other) => other.predicted.at - one.predicted.at > together && other.arrived.at < one.arrived.at)
      .map((other) => `${tell(other.predicted)}\n  arrived before ${tell(one.predicted)}`),
  );
}

function offBy({ predicted, arrived }: Pair): number {
  return Math.abs(arrived.at - predicted.at);
}

function tell({ at, receiver, status, texts }: Notification): string {
  return `${new Date(at).toISOString().slice(14, 23)} ${receiver} ${status}: ${texts.title}`;
}

/** Everything but the time, in one notation. */
function content({ at: _, ...rest }: Notification): string {
  return JSON.stringify(rest, (_, value) =>
    typeof value === "object" && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
