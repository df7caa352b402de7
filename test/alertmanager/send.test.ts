import fc from "fast-check";
import { expect, it } from "vitest";
import { nextPost } from "../../src/alertmanager/alert/record.ts";
import { AlertSender, deliveriesOf } from "../../src/alertmanager/send/prometheus.ts";
import { MINUTE } from "./shop.ts";

const alert = (state: "pending" | "firing", summary = "") => ({
  labels: { alertname: "SoldOut" },
  annotations: { summary },
  state,
  firedAt: 0,
});

it("posts what fires at the first evaluation after the resend delay, good for four of them", () => {
  const sender = new AlertSender({ interval: 30_000 });
  const posts = [0, 30, 60, 90, 120, 150, 180].flatMap((second) => sender.evaluated(second * 1000, [alert("firing")]));
  expect(posts.map(({ at, endsAt }) => [at / 1000, (endsAt ?? 0) / 1000])).toEqual([
    [0, 240],
    [90, 330],
    [180, 420],
  ]);
});

it("posts what has resolved for a quarter of an hour, with the annotations it had last", () => {
  const sender = new AlertSender({ interval: MINUTE });
  sender.evaluated(0, [alert("firing", "9 left")]);
  sender.evaluated(MINUTE, [alert("firing", "8 left")]);
  const posts = Array.from({ length: 20 }, (_, i) => sender.evaluated((i + 2) * MINUTE, [])).flat();
  expect(posts.map(({ at }) => at / MINUTE)).toEqual([2, 4, 6, 8, 10, 12, 14, 16]);
  expect(posts[0]).toMatchObject({ endsAt: 2 * MINUTE, annotations: { summary: "8 left" } });
});

it("does not post what is only pending, and forgets what resolved before it", () => {
  const sender = new AlertSender({ interval: MINUTE });
  expect(sender.evaluated(0, [alert("pending")])).toEqual([]);
  expect(sender.evaluated(MINUTE, [alert("firing")])).toHaveLength(1);
  expect(sender.evaluated(2 * MINUTE, [])).toHaveLength(1);
  expect(sender.evaluated(4 * MINUTE, [alert("pending")])).toEqual([]);
  expect(sender.evaluated(6 * MINUTE, [alert("firing")])).toHaveLength(1);
});

it("posts the same for a stretch of firing that is known beforehand", () => {
  fc.assert(
    fc.property(fc.constantFrom(15, 30, 60, 90), fc.integer({ min: 1, max: 60 }), (seconds, evaluations) => {
      const interval = seconds * 1000;
      const sender = new AlertSender({ interval });
      const end = (evaluations + 100) * interval;
      const one = [];
      for (let at = 0; at <= end; at += interval)
        one.push(...sender.evaluated(at, at < evaluations * interval ? [alert("firing")] : []));
      const { labels, annotations, firedAt } = alert("firing");
      const stretch = { labels, annotations, firedAt, resolvedAt: evaluations * interval };
      const other = deliveriesOf(stretch, { interval }, end).flatMap((delivery) => {
        const posts = [];
        for (let at = nextPost(delivery, -1); at !== undefined; at = nextPost(delivery, at))
          if (at <= end) posts.push([at, delivery.validFor === undefined ? delivery.endsAt : at + delivery.validFor]);
        return posts;
      });
      expect(one.map(({ at, endsAt }) => [at, endsAt])).toEqual(other);
    }),
  );
});
