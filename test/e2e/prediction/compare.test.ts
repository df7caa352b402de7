import { expect, it } from "vitest";
import type { Notification } from "../receiver/notification.ts";
import { expectPredicted } from "./compare.ts";

const TOLERANCE = { off: 1000, together: 250, until: 100_000 };

function told(at: number, receiver: string, title: string): Notification {
  return { at, receiver, status: "firing", texts: { title, text: `- ${title}` }, alerts: [] };
}

it("tells how many notifications there are, and by how much they are off at most", () => {
  const predicted = [told(1000, "a", "one"), told(2000, "b", "two")];
  const arrived = [told(1010, "a", "one"), told(1970, "b", "two")];
  expect(expectPredicted(predicted, arrived, TOLERANCE)).toEqual({ count: 2, mostOff: 30 });
});

it("names what never arrived and what nobody predicted", () => {
  const lost = () => expectPredicted([told(1000, "a", "one")], [], TOLERANCE);
  expect(lost).toThrow("never arrived: 00:01.000 a firing: one");
  const sudden = () => expectPredicted([], [told(1000, "a", "one")], TOLERANCE);
  expect(sudden).toThrow("was not predicted: 00:01.000 a firing: one");
});

it("leaves out what either side has only after the last moment, but not what one of them has before it", () => {
  const late = told(100_001, "a", "late");
  expect(expectPredicted([late], [], TOLERANCE).count).toBe(0);
  expect(expectPredicted([], [late], TOLERANCE).count).toBe(0);
  expect(expectPredicted([told(99_990, "a", "late")], [late], TOLERANCE).count).toBe(1);
});

it("finds another text, another status and other alerts", () => {
  const one = told(1000, "a", "one");
  const alert = { status: "firing", labels: { sku: "mug" }, annotations: {} } as const;
  for (const other of [told(1000, "a", "two"), { ...one, status: "resolved" as const }, { ...one, alerts: [alert] }])
    expect(() => expectPredicted([one], [other], TOLERANCE)).toThrow("predicted: ");
});

it("finds what is off by more than it may be", () => {
  const arrive = (at: number) => expectPredicted([told(1000, "a", "one")], [told(at, "a", "one")], TOLERANCE);
  expect(arrive(2000).mostOff).toBe(1000);
  expect(() => arrive(2001)).toThrow("arrived: 1001 ms later");
});

it("finds what arrives in another order, unless it is sent together to different people", () => {
  const predict = (gap: number) => [told(1000, "a", "one"), told(1000 + gap, "b", "two")];
  const arrived = [told(1300, "a", "one"), told(1290, "b", "two")];
  expect(expectPredicted(predict(250), arrived, TOLERANCE).count).toBe(2);
  expect(() => expectPredicted(predict(251), arrived, TOLERANCE)).toThrow("arrived before");
});
