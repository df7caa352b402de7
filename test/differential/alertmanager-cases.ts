/** Random cases for the comparison with a real Alertmanager. */
import fc from "fast-check";
import type { PostedAlert } from "../../src/alertmanager/alert/alert.ts";
import type { Silence } from "../../src/alertmanager/silence/silence.ts";

/** A part of the configuration, and what is posted to it. Instants are milliseconds since 1970. */
export interface Case {
  readonly name: string;
  readonly route: string;
  readonly receivers: readonly string[];
  readonly inhibits: readonly string[];
  readonly intervals: readonly string[];
  readonly silences: readonly Silence[];
  readonly posts: readonly (PostedAlert & { readonly second: number })[];
}

const pick = <T>(...values: T[]) => fc.constantFrom(...values);
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const labels = fc.record(
  { alertname: pick("SoldOut", "Slow"), sku: pick("mug", "cup"), severity: pick("page", "ticket"), zone: pick("fra") },
  { requiredKeys: ["alertname", "sku", "severity"] },
);
const pace = {
  groupBy: pick("[]", "[sku]", "['...']", "[alertname, zone]"),
  groupWait: pick("500ms", "1500ms", "2500ms"),
  groupInterval: pick("1s", "2s", "3s", "5s"),
  repeatInterval: pick("1500ms", "3500ms", "6500ms", "1h"),
};
const route = fc.record({
  ...pace,
  hours: rarely(pick("mute_time_intervals: [now]", "mute_time_intervals: [later]", "active_time_intervals: [now]")),
});
const child = fc.record({
  matcher: pick('severity="page"', 'sku=~"m.*"', 'zone=""', 'alertname!="Slow"'),
  continues: fc.boolean(),
  ...pace,
});
const integration = fc.record({ sendResolved: fc.boolean(), maxAlerts: pick(0, 0, 1, 2) });
const inhibit = fc.record({
  source: pick("severity=page", "alertname=SoldOut", "sku=~m.*", "zone=fra"),
  target: pick("severity=ticket", "alertname=Slow", "sku=~.+", "zone!=fra"),
  equal: pick("[]", "[sku]", "[sku, zone]", "[zone]", "[nowhere]"),
});
const silence = fc.record({
  name: pick("sku", "severity", "zone"),
  op: pick("=", "!=", "=~", "!~") as fc.Arbitrary<"=" | "!=" | "=~" | "!~">,
  value: pick("mug", "page", "fra|"),
  from: fc.integer({ min: 0, max: 12 }),
  length: fc.integer({ min: 1, max: 12 }),
});
const post = fc.record({
  second: fc.integer({ min: 1, max: 20 }),
  alert: fc.nat({ max: 3 }),
  // Counted from the post: none, now, or later.
  end: pick(undefined, undefined, 0, 0, 2, 4, 9, 60),
  start: pick(0, 0, 0, 1),
  text: pick("one", "two"),
});

const oneCase = fc.record({
  route,
  children: fc.array(child, { maxLength: 2 }),
  integrations: fc.array(integration, { minLength: 1, maxLength: 2 }),
  inhibits: fc.array(inhibit, { maxLength: 2 }),
  silence: rarely(silence),
  alerts: fc.array(labels, { minLength: 4, maxLength: 4 }),
  posts: fc.array(post, { minLength: 1, maxLength: 14 }),
});

/** Cases for a run that begins at `start`. The same seed gives the same cases, but for the minute of the day. */
export function randomCases(seed: number, count: number, seconds: number, start: number): readonly Case[] {
  const minute = (at: number) => new Date(at).toISOString().slice(11, 16);
  const next = Math.ceil((start + 1) / 60_000) * 60_000;
  const until = minute(next) === "00:00" ? "24:00" : minute(next);
  const intervals = [
    `{ name: now, time_intervals: [{ times: [{ start_time: "00:00", end_time: "${until}" }] }] }`,
    `{ name: later, time_intervals: [{ times: [{ start_time: "${minute(next)}", end_time: "24:00" }] }] }`,
  ];
  return fc.sample(oneCase, { seed, numRuns: count }).map((one, index) => {
    const name = `case${index}`;
    const timing = (pace: Omit<(typeof one)["children"][number], "matcher" | "continues">) =>
      `group_by: ${pace.groupBy}, group_wait: ${pace.groupWait}, group_interval: ${pace.groupInterval}, repeat_interval: ${pace.repeatInterval}`;
    const children = one.children.map(
      (child, i) =>
        `{ receiver: ${name}-${i}, matchers: ['${child.matcher}'], continue: ${child.continues}, ${timing(child)} }`,
    );
    const hours = one.route.hours === undefined ? "" : `, ${one.route.hours}`;
    const receiver = (suffix: string) =>
      `{ name: ${name}${suffix}, webhook_configs: [${one.integrations
        .map(
          ({ sendResolved, maxAlerts }, i) =>
            `{ url: 'URL/${name}/${suffix}/${i}', send_resolved: ${sendResolved}, max_alerts: ${maxAlerts} }`,
        )
        .join(", ")}] }`;
    const at = (second: number) => start + second * 1000;
    const seen = new Set<string>();
    const posts = one.posts.flatMap(({ second, alert, end, start: back, text }) => {
      // Two posts of an alert at the same instant race with each other.
      const key = `${second} ${JSON.stringify(one.alerts[alert])}`;
      if (seen.has(key) || second > seconds) return [];
      seen.add(key);
      const labels = { ...(one.alerts[alert] as Record<string, string>), case: name };
      const endsAt = end === undefined ? undefined : at(second + end);
      return [{ second, labels, annotations: { text }, startsAt: at(second - back), endsAt }];
    });
    const { silence } = one;
    return {
      name,
      route: `{ receiver: ${name}, matchers: ['case="${name}"'], ${timing(one.route)}${hours}, routes: [${children.join(", ")}] }`,
      receivers: [receiver(""), ...one.children.map((_, i) => receiver(`-${i}`))],
      inhibits: one.inhibits.map(
        ({ source, target, equal }) =>
          `{ source_matchers: ['case="${name}"', '${source}'], target_matchers: ['case="${name}"', '${target}'], equal: ${equal} }`,
      ),
      intervals,
      silences:
        silence === undefined
          ? []
          : [
              {
                id: name,
                matchers: [
                  { name: "case", op: "=", value: name },
                  { name: silence.name, op: silence.op, value: silence.value },
                ],
                startsAt: at(silence.from),
                endsAt: at(silence.from + silence.length),
              },
            ],
      posts: posts.sort((a, b) => a.second - b.second),
    };
  });
}
