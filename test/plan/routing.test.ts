import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { buildTexts, inShort, SHOP } from "../helpers/workspace.ts";

const IMPORTS = `import { deadMansSwitch, not, route, tiers } from "tocsin";\n`;

/** The routes that come of the shop with something added, or what is wrong with it. */
async function routing(added: string) {
  const built = await buildTexts(IMPORTS + SHOP + added);
  expect(built.diagnostics.map(inShort)).toEqual([]);
  const text = built.file("alertmanager/alertmanager.yml");
  expect(readConfig(text).diagnostics).toEqual([]);
  const rules = built.file("prometheus/rules/catalog.yml");
  return { ...parse(text), rules: rules.startsWith("no file") ? [] : parse(rules).groups[0].rules, built };
}

const HOOK = (name: string) => `webhook("${name}", { url: "http://${name}.example/" })`;
const ALERT = `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "low" });`;

describe("a team", () => {
  it("has a route for each severity, at the pace that is usual for it", async () => {
    const { route } = await routing(
      `export const other = team("other", { page: ${HOOK("a")}, ticket: ${HOOK("b")}, info: ${HOOK("c")}, odd: ${HOOK("d")} });`,
    );
    expect(route.routes[0]).toEqual({
      matchers: ['team="other"'],
      routes: [
        {
          receiver: "other-page",
          matchers: ['severity="page"'],
          group_wait: "10s",
          group_interval: "1m",
          repeat_interval: "1h",
        },
        { receiver: "other-ticket", matchers: ['severity="ticket"'], repeat_interval: "3d" },
        {
          receiver: "other-info",
          matchers: ['severity="info"'],
          group_wait: "5m",
          group_interval: "1h",
          repeat_interval: "1w",
        },
        { receiver: "other-odd", matchers: ['severity="odd"'] },
      ],
    });
  });

  it("says its own pace, which goes before the environment's, and that before what is usual", async () => {
    const { route } = await routing(`
export const other = team("other", { page: ${HOOK("a")}, ticket: ${HOOK("b")} }, { notifications: { groupWait: "7s" }, severities: { ticket: { repeatInterval: "5d" } } });
export const e = environment("e", { alertmanager: { notifications: { repeatInterval: "2h" }, severities: { page: { groupInterval: "3m" } } } });`);
    expect(route).toMatchObject({ group_wait: "30s", repeat_interval: "2h" });
    expect(route.routes[0]).toMatchObject({
      group_wait: "7s",
      routes: [
        { receiver: "other-page", group_interval: "3m" },
        { receiver: "other-ticket", repeat_interval: "5d" },
      ],
    });
    // What is usual for a page does not come back where somebody said otherwise.
    expect(route.routes[0].routes[0]).not.toHaveProperty("repeat_interval");
    expect(route.routes[0].routes[0]).not.toHaveProperty("group_wait");
  });

  it("can be told otherwise in one environment", async () => {
    const { route } = await routing(
      `export const e = environment("e", { overrides: [override(storefront, { severities: { page: { groupWait: "1s" } } })] });`,
    );
    expect(route.routes[0].routes[0]).toMatchObject({ receiver: "storefront-page", group_wait: "1s" });
  });

  it("has its own routes before its severities, and several receivers of a route by their hours", async () => {
    const { route, receivers } = await routing(`
export const night = timeInterval("night", { times: "00:00-06:00" });
export const other = team("other", { page: ${HOOK("a")} }, { routes: [
  route({ match: { sku: ["mug", "cup"] }, receiver: [${HOOK("b")}, webhook("c", { url: "http://c.example/", except: night })], continue: true, routes: [route({ match: { code: not(/2../) }, receiver: ${HOOK("d")} })] }),
  route({ match: { sku: "tea" }, groupBy: ["sku"] }),
] });`);
    expect(route.routes[0].routes).toEqual([
      {
        matchers: ['sku=~"mug|cup"'],
        continue: true,
        routes: [
          { receiver: "other/1/1", matchers: ['code!~"2.."'] },
          { receiver: "other/1#1", continue: true },
          { receiver: "other/1#2", mute_time_intervals: ["night"] },
        ],
      },
      // It names nobody: the team's severities hear of it, grouped otherwise.
      {
        matchers: ['sku="tea"'],
        group_by: ["sku"],
        routes: [expect.objectContaining({ receiver: "other-page", matchers: ['severity="page"'] })],
      },
      expect.objectContaining({ receiver: "other-page" }),
    ]);
    expect(receivers.map(({ name }: { readonly name: string }) => name)).toEqual([
      "nobody",
      "other/1/1",
      "other/1#1",
      "other/1#2",
      "other-page",
      "storefront-page",
    ]);
  });
});

it("sends a service's alerts to receivers of its own, and the rest of its severities to the team's", async () => {
  const { route } = await routing(`
export const other = team("other", { page: ${HOOK("a")}, ticket: ${HOOK("b")} });
export const search = service("search", { owner: other, receivers: { page: ${HOOK("c")} }, notifications: { groupBy: ["shard"] } });`);
  expect(route.routes[0].routes[0]).toMatchObject({
    matchers: ['service="search"'],
    group_by: ["shard"],
    routes: [{ receiver: "other/search/page" }, { receiver: "other-ticket" }],
  });
});

it("makes rules of tiers, of which the graver keeps the milder quiet for the labels they share", async () => {
  const { rules, inhibit_rules, built } = await routing(`
export const other = team("other", { ticket: ${HOOK("a")}, page: ${HOOK("b")} });
export const search = service("catalog2", { owner: other });
export const low = tiers("Low", { service: search, when: { ticket: stock.below(10), page: stock.below(3) }, for: { ticket: "10m" }, summary: ({ sku }) => sku + " is low" });
export const e = environment("e", { prometheus: { externalLabels: { region: "eu" } } });`);
  expect(rules).toEqual([]);
  const [group] = parse(built.file("prometheus/rules/catalog2.yml")).groups;
  expect(group.rules).toMatchObject([
    { alert: "Low", expr: "sum by (sku) (catalog_inventory_items) < 10", for: "10m", labels: { severity: "ticket" } },
    { alert: "Low", expr: "sum by (sku) (catalog_inventory_items) < 3", labels: { severity: "page" } },
  ]);
  expect(inhibit_rules).toEqual([
    {
      source_matchers: ['alertname="Low"', 'service="catalog2"', 'severity="page"'],
      target_matchers: ['alertname="Low"', 'service="catalog2"', 'severity="ticket"'],
      equal: ["region", "sku"],
    },
  ]);
  expect(built.file("runbooks/Low.md")).toMatch(/## In `catalog2`: `ticket`[\s\S]*## In `catalog2`: `page`/);
});

it("sends a dead man's switch to whoever listens for it, and to nobody else, often enough to be heard in time", async () => {
  const { rules, route, receivers } = await routing(
    `export const watchdog = deadMansSwitch("Watchdog", { service: catalog, receiver: ${HOOK("beat")}, every: "4m" });`,
  );
  expect(rules).toMatchObject([{ alert: "Watchdog", expr: "vector(1)", labels: { severity: "none" } }]);
  expect(route.routes[0]).toEqual({
    receiver: "catalog/Watchdog",
    matchers: ['alertname="Watchdog"', 'service="catalog"'],
    group_wait: "0s",
    group_interval: "1m",
    repeat_interval: "3m",
  });
  expect(receivers[1]).toMatchObject({ name: "catalog/Watchdog", webhook_configs: [{ url: "http://beat.example/" }] });
});

it("lets an environment hear of everything, before all teams", async () => {
  const { route } = await routing(
    `${ALERT} export const e = environment("e", { alertmanager: { routes: [route({ name: "archive", match: { severity: /.+/ }, receiver: ${HOOK("archive")}, continue: true })] } });`,
  );
  expect(route.routes[0]).toEqual({ receiver: "all/archive", matchers: ['severity=~".+"'], continue: true });
});

/** What somebody adds to the shop, and what is said to it. */
const mistakes: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a team's route that wants another team's alerts",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { team: "storefront" }, receiver: ${HOOK("b")} })] });`,
    [
      'route/foreign-team: a route of team "other" cannot take alerts of team "storefront": they belong to their own team [monitors/shop.ts:10 "storefront"]',
    ],
  ],
  [
    "a team's route that wants several teams' alerts by a pattern",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { sku: "mug" }, receiver: ${HOOK("b")}, routes: [route({ match: { team: /.*/ }, receiver: ${HOOK("c")} })] })] });`,
    ['route/foreign-team: a route of team "other" cannot take alerts of team "storefront"'],
  ],
  [
    "a team's route for what is not the team's",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { team: not("other") }, receiver: ${HOOK("b")} })] });`,
    ['route/foreign-team: a route of team "other" can take nothing: it only sees alerts of its team'],
  ],
  [
    "an environment's route that takes a team's alerts away",
    `${ALERT} export const e = environment("e", { alertmanager: { routes: [route({ match: { severity: "page" }, receiver: ${HOOK("a")} })] } });`,
    ['route/captures: a route of the environment takes alert "Low" away from team "storefront", which owns it'],
  ],
  [
    "an environment's route that tells nobody",
    `export const e = environment("e", { alertmanager: { routes: [route({ match: { a: "b" }, continue: true })] } });`,
    ["route/tells-nobody: a route of the environment tells nobody of what it takes"],
  ],
  [
    "a route and its receiver with hours each",
    `export const i = timeInterval("i", { times: "09:00-17:00" }); export const j = timeInterval("j", { times: "08:00-17:00" }); export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { a: "b" }, during: i, receiver: webhook("x", { url: "http://x.example/", during: j }) })] });`,
    ['route/two-hours: a route and its receiver "x" both have hours, and Alertmanager would tell in either'],
  ],
  [
    "two routes of one name",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ name: "x", match: { a: "b" }, receiver: ${HOOK("b")} }), route({ name: "x", match: { a: "c" }, receiver: ${HOOK("c")} })] });`,
    ['receiver/duplicate-name: receiver "c" and receiver "b" would both be told as "other/x"'],
  ],
  [
    "teams and severities whose names run together",
    `export const a = team("a", { "b-c": ${HOOK("a")} }); export const ab = team("a-b", { c: ${HOOK("b")} });`,
    ['receiver/duplicate-name: receiver "b" and receiver "a" would both be told as "a-b-c"'],
  ],
  [
    "a pattern that is none",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { a: /(?=b)/ }, receiver: ${HOOK("b")} })] });`,
    ['model/invalid: team "other": routes[0].match.a: /(?=b)/:'],
  ],
  [
    "a route that takes everything",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: {}, receiver: ${HOOK("b")} })] });`,
    [
      'model/invalid: team "other": routes[0].match: an empty match takes everything: name a label [monitors/shop.ts:10 {}]',
    ],
  ],
  [
    "a property that no route has",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { a: "b" }, group_by: ["sku"], receiver: ${HOOK("b")} })] });`,
    [
      'model/unknown-property: team "other" has no property "routes.0.group_by". Did you mean "groupBy"? [monitors/shop.ts:10 group_by]',
    ],
  ],
  [
    "a route that is only like one",
    `export const other = team("other", { page: ${HOOK("a")} }, { routes: [{ match: { a: "b" } }] });`,
    ['model/invalid: team "other": routes[0]: expected what route() returns'],
  ],
  [
    "groups by all labels and by one",
    `export const other = team("other", { page: ${HOOK("a")} }, { notifications: { groupBy: ["...", "sku"] } });`,
    [
      'model/invalid: team "other": notifications.groupBy: "..." means all labels: it stands alone [monitors/shop.ts:10 ["...", "sku"]]',
    ],
  ],
  [
    "a dead man's switch whose receiver has hours",
    `export const i = timeInterval("i", { times: "09:00-17:00" }); export const watchdog = deadMansSwitch("Watchdog", { service: catalog, every: "5m", receiver: webhook("beat", { url: "http://b.example/", except: i }) });`,
    ['route/silent-hours: alert "Watchdog" would fall silent in the hours of receiver "beat", which means alarm'],
  ],
  [
    "a dead man's switch without a receiver",
    `export const watchdog = deadMansSwitch("Watchdog", { service: catalog, every: "5m" });`,
    [
      'model/invalid: alert "Watchdog": heartbeat.receiver: expected what slack(), pagerduty() or another receiver returns',
    ],
  ],
];

it.each(mistakes)("refuses %s", async (_, added, expected) => {
  const { diagnostics, files } = await buildTexts(IMPORTS + SHOP + added);
  const said = diagnostics.map(inShort);
  expect(said.map((line, i) => line.slice(0, (expected[i] ?? "").length))).toEqual(expected);
  expect(files).toEqual([]);
});

it("names both places where a route wants another team's alerts", async () => {
  const { diagnostics } = await buildTexts(
    `${IMPORTS}${SHOP}export const other = team("other", { page: ${HOOK("a")} }, { routes: [route({ match: { team: "storefront" }, receiver: ${HOOK("b")} })] });`,
  );
  const related = diagnostics[0]?.related ?? [];
  expect(
    related.map((one) => ("place" in one ? one.place?.source.slice(one.place.start, one.place.end) : one)),
  ).toEqual(['"storefront"']);
});
