import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deliveriesOf } from "../../src/alertmanager/send/prometheus.ts";
import { Simulator } from "../../src/alertmanager/simulate/simulator.ts";
import { runs } from "../helpers/property-runs.ts";
import { configOf, DAY, firing, HOUR, inShort, MINUTE, SHOP, type Stretch, simulate } from "./shop.ts";

/** A Monday, at noon by UTC. */
const NOON = Date.UTC(2026, 2, 2, 12);

const told = (stretches: readonly Stretch[], options: Parameters<typeof simulate>[1] = {}) =>
  simulate(stretches, { start: NOON, length: 6 * HOUR, ...options }).notifications.map((one) => inShort(one, NOON));

it("waits for a group, tells of changes at its interval, repeats, and tells of the end", () => {
  const stretches: Stretch[] = [
    ["SoldOut", "mug", "none", 0, 260],
    ["SoldOut", "cup", "none", 3, 12],
  ];
  expect(told(stretches)).toEqual([
    "0.5 desk webhook: first notification +SoldOut/mug",
    "5.5 desk webhook: new alerts added +SoldOut/cup +SoldOut/mug",
    "15.5 desk webhook: some alerts resolved -SoldOut/cup +SoldOut/mug",
    "260.5 desk webhook: all alerts resolved -SoldOut/mug",
  ]);
});

it("repeats only once more than the repeat interval has passed, so one group interval after a multiple of it", () => {
  expect(
    told([["SoldOut", "mug", "page", 0]], { length: 3 * HOUR }).filter((line) => line.includes("pagerduty")),
  ).toEqual([
    "0.2 page pagerduty: first notification +SoldOut/mug",
    "65.2 page pagerduty: repeat interval elapsed +SoldOut/mug",
    "130.2 page pagerduty: repeat interval elapsed +SoldOut/mug",
  ]);
});

it("tells each integration of a receiver by itself, in Alertmanager's order, and cuts at max_alerts", () => {
  const stretches = ["a", "b", "c"].map((sku): Stretch => ["SoldOut", sku, "page", 0]);
  expect(told(stretches, { length: HOUR })).toEqual([
    "0.2 page webhook: first notification +SoldOut/a +SoldOut/b and 1 more",
    "0.2 page pagerduty: first notification +SoldOut/a +SoldOut/b +SoldOut/c",
  ]);
});

it("does not tell of the end where nobody wants to hear of it", () => {
  expect(told([["Slow", "mug", "info", 0, 10]])).toEqual(["0.5 info webhook: first notification +Slow/mug"]);
});

it("says nothing of an alert that came and went before its group was told", () => {
  const simulator = new Simulator(
    configOf(
      "route: { receiver: a, group_wait: 5m }\nreceivers: [{ name: a, webhook_configs: [{ url: 'http://x/' }] }]\n",
    ),
  );
  const alert = { labels: { alertname: "Blip" }, annotations: {}, startsAt: 0 };
  simulator.deliver({ ...alert, at: 0, endsAt: HOUR });
  simulator.deliver({ ...alert, at: MINUTE, endsAt: MINUTE });
  expect(simulator.advance(HOUR)).toEqual([]);
});

it("resolves an alert of which nobody speaks any more", () => {
  const simulator = new Simulator(
    configOf(
      "global: { resolve_timeout: 7m }\nroute: { receiver: a }\nreceivers: [{ name: a, webhook_configs: [{ url: 'http://x/' }] }]\n",
    ),
  );
  simulator.deliver({ at: 0, labels: { alertname: "Gone" }, annotations: {}, startsAt: 0 });
  expect(simulator.advance(HOUR).map((one) => [one.at / MINUTE, one.status])).toEqual([
    [0.5, "firing"],
    [10.5, "resolved"],
  ]);
});

it("tells at once of an alert that has waited elsewhere", () => {
  const simulator = new Simulator(
    configOf(
      "route: { receiver: a, group_wait: 1m }\nreceivers: [{ name: a, webhook_configs: [{ url: 'http://x/' }] }]\n",
    ),
  );
  simulator.deliver({ at: HOUR, labels: { alertname: "Old" }, annotations: {}, startsAt: 0, endsAt: DAY });
  expect(simulator.advance(2 * HOUR).map(({ at }) => at)).toEqual([HOUR]);
});

describe("an alert is kept back", () => {
  it("while another inhibits it, and told of afterwards", () => {
    const { notifications, suppressions } = simulate(
      [
        ["SoldOut", "mug", "page", 0, 32],
        ["Slow", "mug", "info", 2, 60],
        ["Slow", "cup", "info", 2, 60],
      ],
      { start: NOON, length: 2 * HOUR },
    );
    const info = notifications.filter(({ receiver }) => receiver === "info").map((one) => inShort(one, NOON));
    expect(info).toEqual([
      "2.5 info webhook: first notification +Slow/cup",
      "32.5 info webhook: new alerts added +Slow/cup +Slow/mug",
    ]);
    expect(suppressions).toMatchObject([
      {
        from: NOON + 2.5 * MINUTE,
        to: NOON + 27.5 * MINUTE,
        labels: { sku: "mug" },
        reason: { kind: "inhibited", by: { alertname: "SoldOut" }, rule: 0 },
      },
    ]);
  });

  it("outside of its active time intervals", () => {
    const night = Date.UTC(2026, 2, 2, 2);
    const { notifications, suppressions } = simulate([["Slow", "mug", "ticket", 0]], {
      start: night,
      length: 12 * HOUR,
    });
    expect(notifications.map((one) => new Date(one.at).toISOString())).toEqual([
      "2026-03-02T09:00:30.000Z",
      "2026-03-02T13:05:30.000Z",
    ]);
    expect(suppressions).toMatchObject([
      { from: night + 30_000, to: Date.UTC(2026, 2, 2, 8, 55, 30), reason: { kind: "inactive", by: ["office"] } },
    ]);
  });

  it("during a mute time interval", () => {
    const evening = Date.UTC(2026, 2, 2, 23);
    const { notifications, suppressions } = simulate([["Slow", "mug", "info", 90]], {
      start: evening,
      length: 12 * HOUR,
    });
    expect(notifications.map((one) => new Date(one.at).toISOString())).toEqual([
      "2026-03-03T06:00:30.000Z",
      "2026-03-03T10:05:30.000Z",
    ]);
    expect(suppressions).toMatchObject([{ reason: { kind: "muted", by: ["night"] } }]);
  });

  it("while a silence holds", () => {
    const silence = {
      id: "stocktaking",
      matchers: [{ name: "sku", op: "=" as const, value: "mug" }],
      startsAt: NOON,
      endsAt: NOON + HOUR,
    };
    expect(told([["SoldOut", "mug", "page", 0]], { length: 90 * MINUTE, silences: [silence] })).toEqual([
      "60.2 page webhook: first notification +SoldOut/mug",
      "60.2 page pagerduty: first notification +SoldOut/mug",
    ]);
  });
});

it("never inhibits an alert by one that matches both sides, itself least of all", () => {
  const source = `
route: { receiver: a, group_by: ['...'] }
receivers: [{ name: a, webhook_configs: [{ url: 'http://x/' }] }]
inhibit_rules: [{ source_matchers: ['severity=~"page|both"'], target_matchers: ['severity=~"both|info"'] }]
`;
  const receivers = (...severities: string[]) =>
    simulate(
      severities.map((severity, i): Stretch => [`A${i}`, "mug", severity, 0]),
      { source, length: MINUTE },
    ).notifications.map(({ groupLabels }) => groupLabels.severity);
  expect(receivers("both", "both")).toEqual(["both", "both"]);
  expect(receivers("both", "info", "page")).toEqual(["page"]);
  // Of several sources only the one that was posted last counts, and here that is the alert itself.
  expect(receivers("page", "both", "info")).toEqual(["page", "both"]);
});

it("lets inhibition lapse for a moment when one of two sources resolves, as Alertmanager does", () => {
  const { notifications } = simulate(
    [
      ["SoldOut", "mug", "page", 0],
      ["Gone", "mug", "page", 2, 59],
      ["Slow", "mug", "info", 59],
    ],
    { start: NOON, length: 2 * HOUR },
  );
  // Both are posted every other minute, Gone last. It resolves at minute 59; SoldOut is posted again at minute 60 only.
  const info = notifications.filter(({ receiver }) => receiver === "info").map((one) => inShort(one, NOON));
  expect(info).toEqual(["59.5 info webhook: first notification +Slow/mug"]);
});

it("gives the same timeline however often the clock is stopped in between", () => {
  const stretches: Stretch[] = [
    ["SoldOut", "mug", "page", 0, 70],
    ["Slow", "mug", "ticket", 10, 300],
    ["Slow", "cup", "info", 20, 25],
  ];
  const once = simulate(stretches, { start: NOON, length: 8 * HOUR });
  const simulator = new Simulator(configOf(SHOP), { start: NOON });
  for (const one of stretches)
    for (const delivery of deliveriesOf(firing(one, NOON), { interval: MINUTE }, NOON + 8 * HOUR))
      simulator.deliver(delivery);
  for (let at = NOON; at <= NOON + 8 * HOUR; at += 7 * MINUTE) simulator.advance(at);
  simulator.advance(NOON + 8 * HOUR);
  expect(simulator.timeline().notifications.map((one) => inShort(one, NOON))).toEqual(
    once.notifications.map((one) => inShort(one, NOON)),
  );
});

describe("whatever fires", () => {
  const stretch = fc
    .tuple(
      fc.constantFrom("SoldOut", "Slow", "Gone"),
      fc.constantFrom("mug", "cup"),
      fc.constantFrom("page", "ticket", "info", "none"),
      fc.integer({ min: 0, max: 600 }),
      fc.integer({ min: 1, max: 500 }),
    )
    .map(([alertname, sku, severity, from, length]): Stretch => [alertname, sku, severity, from, from + length]);
  // One stretch for each label set: an alert cannot fire twice at once.
  const stretches = fc.uniqueArray(stretch, {
    maxLength: 8,
    selector: ([name, sku, severity]) => `${name} ${sku} ${severity}`,
  });

  it("an alert that is never told of was kept back at every flush, or ended before the first", () => {
    fc.assert(
      fc.property(stretches, (stretches) => {
        const { notifications, suppressions } = simulate(stretches, { start: NOON, length: DAY });
        for (const [alertname, sku, severity, from, to = 0] of stretches) {
          const is = (labels: Readonly<Record<string, string>>) =>
            labels.alertname === alertname && labels.sku === sku && labels.severity === severity;
          const wasTold = notifications.some(({ alerts }) =>
            alerts.some(({ labels, status }) => status === "firing" && is(labels)),
          );
          const wasKept = suppressions.some(({ labels }) => is(labels));
          // At the latest, its group is flushed one group interval and a wait after it fires.
          if (to - from > 6) expect(wasTold || wasKept).toBe(true);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  it("nothing is said while a route is muted, and the same thing is not said again too soon", () => {
    fc.assert(
      fc.property(stretches, (stretches) => {
        const { notifications } = simulate(stretches, { start: NOON, length: DAY });
        const last = new Map<string, number>();
        for (const { at, receiver, reason, groupKey, integration, route } of notifications) {
          const hour = new Date(at).getUTCHours();
          if (receiver === "ticket") expect(hour >= 9 && hour < 17).toBe(true);
          if (receiver === "info") expect(hour).toBeGreaterThanOrEqual(6);
          const key = `${groupKey} ${integration.kind}`;
          const gap = at - (last.get(key) ?? Number.NEGATIVE_INFINITY);
          if (reason === "repeat interval elapsed") expect(gap).toBeGreaterThanOrEqual(route.options.repeatInterval);
          if (reason !== "first notification") expect(gap).toBeGreaterThanOrEqual(route.options.groupInterval);
          last.set(key, at);
        }
      }),
      { numRuns: runs(100) },
    );
  });

  /** The shop's rules, with all alerts of a name in one group. */
  const together = SHOP.replace(/ {2}routes:\n(?: {4}- .*\n)+/, "");

  it("leaving out flushes that change nothing changes nothing", () => {
    fc.assert(
      fc.property(stretches, fc.constantFrom(SHOP, together), (stretches, source) => {
        // A silence that concerns all alerts and never holds makes every flush count.
        const never = [
          { id: "x", matchers: [{ name: "alertname", op: "!=" as const, value: "" }], startsAt: -2, endsAt: -1 },
        ];
        const lazy = simulate(stretches, { source, start: NOON });
        const eager = simulate(stretches, { source, start: NOON, silences: never });
        expect(lazy.notifications.map((one) => inShort(one))).toEqual(eager.notifications.map((one) => inShort(one)));
        expect(lazy.suppressions.map(({ from, to, labels }) => [from, to, labels])).toEqual(
          eager.suppressions.map(({ from, to, labels }) => [from, to, labels]),
        );
      }),
      { numRuns: runs(100) },
    );
  });
});
