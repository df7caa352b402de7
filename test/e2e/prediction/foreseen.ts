/** Whether tocsin could have told beforehand who is told what, when, and who is not. */
import { setTimeout as sleep } from "node:timers/promises";
import type { NotificationReason } from "../../../src/alertmanager/notify/notification.ts";
import type { LabelSet } from "../../../src/label/label-set.ts";
import { parseDuration } from "../../../src/quantity/duration.ts";
import type { Output } from "../output.ts";
import type { Receiver } from "../receiver/receiver.ts";
import { prometheus } from "../server/prometheus.ts";
import type { Steps } from "../steps.ts";
import { expectSame } from "../wait.ts";
import { expectPredicted } from "./compare.ts";
import { predict } from "./predict.ts";

export interface Played {
  readonly steps: Steps;
  readonly receiver: Receiver;
  readonly output: Output;
}

/** What Alertmanager sends at the same time, in milliseconds: it does not wait for one receiver before it tells another. */
const TOGETHER = 250;

/** What the story has kept from people, and for which reason. */
const KEPT_BACK = ["InventoryLow of poster: inhibited", "MemoryFull: muted"];

/** Why the story has people told: a run in which one of these is missing shows too little. */
const REASONS: readonly NotificationReason[] = [
  "first notification",
  "new alerts added",
  "some alerts resolved",
  "all alerts resolved",
  "repeat interval elapsed",
];

/** Predicts the whole run from what Prometheus kept, and holds it against what arrived. */
export async function expectForeseen({ steps, receiver, output }: Played): Promise<void> {
  const off = parseDuration(output.evaluationInterval) ?? Number.NaN;
  const prediction = await steps.step("prediction: tocsin simulates the run on the series that Prometheus kept", () =>
    predictSoon(output, off),
  );
  const { notifications, reasons, suppressions, until } = prediction;
  const { count, mostOff } = await steps.step(
    "prediction: the same notifications, with the same texts, in the same order, within one evaluation interval",
    () => expectPredicted(notifications, receiver.notifications, { off, together: TOGETHER, until }),
  );
  steps.note(`prediction: ${count} notifications, the times at most ${mostOff} ms off`);
  await steps.step("prediction: it has groups that grow and shrink, repetitions, and all that resolves", () =>
    expectSame([...new Set(reasons)], REASONS),
  );
  await steps.step("prediction: what nobody is told of is inhibited, or muted", () =>
    expectSame([...new Set(suppressions.map(({ labels, reason }) => `${named(labels)}: ${reason.kind}`))], KEPT_BACK),
  );
}

/** The prediction up to a moment, after which times may be off by so many milliseconds. */
async function predictSoon(output: Output, off: number) {
  const until = Date.now();
  // What is due by then has arrived when it may be as late as that, and Prometheus has kept what led to it.
  await sleep(1.5 * off);
  const [samples, groups] = await Promise.all([prometheus.samples('{__name__=~".+"}[5m]'), prometheus.groups()]);
  return { until, ...predict(output, { samples, groups, endMs: until + off }) };
}

function named({ alertname, sku }: LabelSet): string {
  return sku === undefined ? `${alertname}` : `${alertname} of ${sku}`;
}
