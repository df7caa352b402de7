/** What the chapters of the story share. */
import type { LabelSet } from "../../../src/label/label-set.ts";
import type { Notification } from "../receiver/notification.ts";
import type { Receiver } from "../receiver/receiver.ts";
import { type ActiveAlert, prometheus } from "../server/prometheus.ts";
import type { Steps } from "../steps.ts";
import { expect, type Watch } from "../wait.ts";

export interface World {
  readonly steps: Steps;
  readonly watch: Watch;
  readonly receiver: Receiver;
  /** Whether the environment has a receiver with this name. */
  readonly hasReceiver: (name: string) => boolean;
}

/** From trouble to notification: a scrape, an evaluation, `for`, and the waits of a group take 8 s at the most here. */
const SECONDS = 15;

/** Waits for a notification with this title, and with these words in its text. */
export function told({ watch, receiver }: World, addressee: string, title: string, words = ""): Promise<Notification> {
  return watch.until(`${JSON.stringify(title)} at ${addressee}`, SECONDS, () => {
    const there = receiver.notifications.filter((one) => one.receiver === addressee);
    const found = there.find(({ texts }) => texts.title === title && texts.text.includes(words));
    expect(
      found !== undefined,
      there.length === 0
        ? "nothing arrived there"
        : `it got ${there.map(({ texts }) => JSON.stringify(texts.title)).join(", ")}`,
    );
    return found;
  });
}

/** Waits until Prometheus says that an alert with these labels is firing. */
export function firing({ watch }: World, name: string, labels: LabelSet): Promise<ActiveAlert> {
  const wanted = { alertname: name, ...labels };
  return watch.until(`${name} to fire`, SECONDS, async () => {
    const alerts = await prometheus.alerts();
    const found = alerts.find((alert) => carries(alert.labels, wanted));
    expect(found?.state === "firing", found === undefined ? "it is inactive" : `it is ${found.state}`);
    return found;
  });
}

/** Whether labels hold all of `wanted`. */
export function carries(labels: LabelSet, wanted: LabelSet): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}
