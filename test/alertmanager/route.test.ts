import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AlertmanagerConfig, readConfig } from "../../src/alertmanager/config/config.ts";
import { explainRoutes, takenPaths } from "../../src/alertmanager/route/explain.ts";
import { compileRoutes, matchRoutes, type Route, walkRoutes } from "../../src/alertmanager/route/route.ts";
import type { LabelSet } from "../../src/label/label-set.ts";

function configOf(source: string): AlertmanagerConfig {
  const { config, diagnostics } = readConfig(source);
  if (config === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return config;
}

const tree = compileRoutes(
  configOf(`
route:
  receiver: desk
  group_by: [alertname]
  repeat_interval: 12h
  routes:
    - matchers: [team="storefront"]
      receiver: storefront
      continue: true
      routes:
        - { matchers: [severity=page], receiver: storefront-page, group_by: ['...'], group_wait: 10s }
        - { matchers: ['severity=~"ticket|info"'], group_by: [], labels: { tier: low } }
    - { match: { team: storefront }, receiver: archive, mute_time_intervals: [night] }
    - { match_re: { team: 'check.*' }, receiver: checkout }
receivers: [{ name: desk }, { name: storefront }, { name: storefront-page }, { name: archive }, { name: checkout }]
time_intervals: [{ name: night }]
`).route,
);

const receivers = (labels: LabelSet) => matchRoutes(tree, labels).map(({ options }) => options.receiver);

it.each([
  [{}, ["desk"]],
  [{ team: "storefront", severity: "page" }, ["storefront-page", "archive"]],
  [{ team: "storefront", severity: "ticket" }, ["storefront", "archive"]],
  [{ team: "storefront" }, ["storefront", "archive"]],
  [{ team: "checkout" }, ["checkout"]],
  [{ team: "a check" }, ["desk"]],
])("sends %j to %j", (labels, expected) => {
  expect(receivers(labels as LabelSet)).toEqual(expected);
});

it("inherits what a route leaves out, but not its time intervals", () => {
  const [page] = matchRoutes(tree, { team: "storefront", severity: "page" });
  expect(page?.options).toMatchObject({
    groupBy: undefined,
    groupWait: 10_000,
    groupInterval: 300_000,
    repeatInterval: 43_200_000,
  });
  const [ticket, archive] = matchRoutes(tree, { team: "storefront", severity: "ticket" });
  expect(ticket?.options).toMatchObject({ groupBy: new Set(), labels: { tier: "low" }, groupWait: 30_000 });
  expect(archive?.options).toMatchObject({ groupBy: new Set(["alertname"]), muteTimeIntervals: ["night"], labels: {} });
});

it("gives routes the keys and numbers that Alertmanager gives them", () => {
  expect([...walkRoutes(tree)].map(({ key, id, number }) => [number, key, id])).toEqual([
    [5, "{}", "{}"],
    [2, '{}/{team="storefront"}', '{}/{team="storefront"}/0'],
    [0, '{}/{team="storefront"}/{severity="page"}', '{}/{team="storefront"}/0/{severity="page"}/0'],
    [1, '{}/{team="storefront"}/{severity=~"ticket|info"}', '{}/{team="storefront"}/0/{severity=~"ticket|info"}/1'],
    [3, '{}/{team="storefront"}', '{}/{team="storefront"}/1'],
    [4, '{}/{team=~"^(?:check.*)$"}', '{}/{team=~"^(?:check.*)$"}/2'],
  ]);
});

it("explains the path, and why the other routes did not match", () => {
  const visit = explainRoutes(tree, { team: "storefront", severity: "page" });
  expect(takenPaths(visit).map((path) => path.map(({ options }) => options.receiver))).toEqual([
    ["desk", "storefront", "storefront-page"],
    ["desk", "archive"],
  ]);
  const [storefront, , checkout] = visit.children;
  expect(storefront?.children[1]?.outcome).toMatchObject({ kind: "not-reached" });
  expect(checkout?.outcome).toMatchObject({ kind: "not-reached", by: tree.routes[1] });
  const missed = explainRoutes(tree, { team: "catalog" });
  expect(missed.outcome).toEqual({ kind: "taken" });
  expect(missed.children[0]?.outcome).toMatchObject({ kind: "no-match", value: "catalog", matcher: { name: "team" } });
});

describe("a random tree", () => {
  const label = fc.constantFrom("a", "b", "c");
  const value = fc.constantFrom("", "1", "2", "3");
  const matcher = fc.oneof(
    fc.tuple(label, value).map(([name, value]) => `${name}="${value}"`),
    fc.tuple(label, value).map(([name, value]) => `${name}!="${value}"`),
    fc.tuple(label, fc.constantFrom("1|2", ".*", "1|", "[23]", ".+")).map(([name, value]) => `${name}=~"${value}"`),
  );
  const route = (depth: number): fc.Arbitrary<string> =>
    fc
      .record({
        matchers: fc.array(matcher, { maxLength: 2 }),
        continues: fc.boolean(),
        routes: depth === 0 ? fc.constant([]) : fc.array(route(depth - 1), { maxLength: 7 }),
      })
      .map(
        ({ matchers, continues, routes }) =>
          `{ matchers: ${JSON.stringify(matchers)}, continue: ${continues}, routes: [${routes.join(", ")}] }`,
      );
  const labels = fc.dictionary(
    label,
    value.filter((value) => value !== ""),
  );

  it("takes an alert where trying every route in turn does", () => {
    fc.assert(
      fc.property(fc.array(route(2), { maxLength: 9 }), labels, (routes, labels) => {
        const root = compileRoutes(
          configOf(`route: { receiver: r, routes: [${routes.join(",\n")}] }\nreceivers: [{ name: r }]\n`).route,
        );
        expect(matchRoutes(root, labels).map(({ id }) => id)).toEqual(tryAll(root, labels).map(({ id }) => id));
        const explained = takenPaths(explainRoutes(root, labels)).map((path) => path.at(-1)?.id);
        expect(matchRoutes(root, labels).map(({ id }) => id)).toEqual(explained);
      }),
    );
  });
});

/** Routing without an index, as Alertmanager's own code does it. */
function tryAll(route: Route, labels: LabelSet): readonly Route[] {
  if (!route.matchers.every(({ name, test }) => test(labels[name] ?? ""))) return [];
  const all: Route[] = [];
  for (const child of route.routes) {
    const found = tryAll(child, labels);
    all.push(...found);
    if (found.length > 0 && !child.continue) break;
  }
  return all.length === 0 ? [route] : all;
}
