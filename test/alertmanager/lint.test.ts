import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/alertmanager/config/config.ts";
import { buildGraph, type EmittedAlert } from "../../src/alertmanager/lint/graph.ts";
import { lintRoutes, ROUTE_CHECKS } from "../../src/alertmanager/lint/lint.ts";

const ALERTS: readonly EmittedAlert[] = [
  { name: "SoldOut", labels: { severity: "page", team: "storefront" }, varying: { sku: 2000 } },
  {
    name: "InventoryLow",
    labels: { severity: "ticket", team: "storefront" },
    varying: { sku: 2000, warehouse: ["fra", "iad"] },
  },
  { name: "CheckoutSlow", labels: { severity: "ticket", team: "checkout" }, varying: { instance: undefined } },
];

const NOW = Date.UTC(2026, 2, 2);
const reported = new Set<string>();

/** Problems of a configuration whose receivers and time intervals are given. */
function lint(source: string, emitted?: readonly EmittedAlert[]): readonly string[] {
  const { config, reading, diagnostics } = readConfig(source);
  if (config === undefined) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return lintRoutes(buildGraph(config, reading, { emitted, now: NOW })).map(({ code, message, place }) => {
    reported.add(code);
    const line = (place?.source.slice(0, place.start).match(/\n/g)?.length ?? 0) + 1;
    return `${line} ${code}: ${message}`;
  });
}

const routes = (...lines: string[]) =>
  `route: { receiver: desk, routes: [\n${lines.join(",\n")} ] }\nreceivers: [{ name: desk }]\n`;
const inhibit = (rule: string) => `${routes()}inhibit_rules: [{ ${rule} }]\n`;

it("finds nothing where all is well", () => {
  const fine = `
route:
  receiver: desk
  routes:
    - { matchers: [severity=page], receiver: page, group_by: [sku] }
    - { matchers: ['severity=~"ticket|info"'], receiver: desk, group_by: [alertname, sku, warehouse] }
inhibit_rules: [{ source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [sku] }]
receivers: [{ name: desk }, { name: page }]
`;
  expect(lint(fine, ALERTS)).toEqual([]);
});

describe("routes", () => {
  it.each([
    [
      "contradict themselves",
      routes("{ matchers: [team=storefront, team!=storefront] }"),
      '2 route/unreachable: The route {team="storefront", team!="storefront"} can match no alert: what it and the routes above it ask of "team" contradicts itself.',
    ],
    [
      "contradict what is above them",
      routes("{ matchers: [team=storefront], routes: [{ matchers: ['team=~\"check.*\"'] }] }"),
      '2 route/unreachable: The route {team=~"check.*"} can match no alert: what it and the routes above it ask of "team" contradicts itself.',
    ],
    [
      "come after one that takes all",
      routes("{ matchers: ['team=~\".+\"'] }", "{ matchers: [team=storefront, severity=page] }"),
      '3 route/shadowed: The route {severity="page", team="storefront"} never gets an alert: an earlier route takes all of them.',
    ],
    [
      "come after one without matchers",
      routes("{ group_by: [a] }", "{ matchers: [severity!=page] }"),
      '3 route/shadowed: The route {severity!="page"} never gets an alert: an earlier route takes all of them.',
    ],
    [
      "repeat faster than they look",
      routes("{ matchers: [severity=page], repeat_interval: 1m }"),
      '2 route/repeat-before-group: The route {severity="page"} wants to repeat every 1m, but is only looked at every 5m.',
    ],
  ])("that %s are found", (_, source, expected) => {
    expect(lint(source)).toContain(expected);
  });

  it("that an earlier one lets go on are none of that", () => {
    expect(lint(routes("{ matchers: [team=storefront], continue: true }", "{ matchers: [team=storefront] }"))).toEqual(
      [],
    );
  });

  it.each([
    ["team=storefrnt", 'no alert has team="storefrnt". Did you mean "storefront"?'],
    ["alertname=SoldOff", 'no rule emits an alert with alertname="SoldOff". Did you mean "SoldOut"?'],
    ["tema=storefront", 'no alert has the label "tema". Did you mean "team"?'],
    ["warehouse=ams", 'no alert has warehouse="ams".'],
    ["severity=page, team=checkout", 'no alert has all of severity="page", team="checkout".'],
  ])("with the matchers %s match nothing that rules emit", (matchers, expected) => {
    const found = lint(routes(`{ matchers: ['${matchers}'] }`), ALERTS).filter((line) =>
      line.includes("route/matches-nothing"),
    );
    expect(found).toEqual([expect.stringContaining(expected)]);
  });

  it("leave no alert to the default receiver unsaid", () => {
    expect(lint(routes("{ matchers: [severity=page], group_by: [sku] }"), ALERTS.slice(0, 2))).toContain(
      '1 route/default-receiver: The alert "InventoryLow" matches no route, so it falls through to the default receiver "desk".',
    );
  });

  it("must not put thousands of alerts into one group", () => {
    expect(lint(`route: { receiver: desk, group_by: [alertname] }\nreceivers: [{ name: desk }]\n`, ALERTS)).toEqual([
      '1 route/huge-group: The route to "desk" would put up to 4000 alerts into one group: InventoryLow.',
    ]);
  });
});

it("finds receivers that no route names", () => {
  expect(lint("route: { receiver: desk }\nreceivers: [{ name: desk },\n{ name: attic }]\n")).toEqual([
    '3 route/unused-receiver: No route leads to the receiver "attic".',
  ]);
});

describe("a route is muted for good", () => {
  const muted = (intervals: string, route: string) =>
    lint(`${routes(`{ matchers: [severity=page], ${route} }`)}time_intervals: [${intervals}]\n`).some((line) =>
      line.includes("route/muted-for-good"),
    );
  const night = "{ name: night, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }";
  const day = "{ name: day, time_intervals: [{ times: [{ start_time: '06:00', end_time: '24:00' }] }] }";

  it.each([
    ["{ name: a, time_intervals: [{}] }", "mute_time_intervals: [a]", true],
    ["{ name: a, time_intervals: [{ years: ['2020'] }] }", "active_time_intervals: [a]", true],
    ["{ name: a, time_intervals: [{ years: ['2020'] }] }", "mute_time_intervals: [a]", false],
    [`${night}, ${day}`, "mute_time_intervals: [night, day]", true],
    [`${night}, ${day}`, "mute_time_intervals: [night], active_time_intervals: [night]", true],
    [`${night}, ${day}`, "mute_time_intervals: [night], active_time_intervals: [day]", false],
    ["{ name: a, time_intervals: [{ months: ['2'], days_of_month: ['31'] }] }", "active_time_intervals: [a]", true],
  ])("by %s with %s: %s", (intervals, route, expected) => {
    expect(muted(intervals, route)).toBe(expected);
  });
});

describe("inhibit rules", () => {
  it.each([
    [
      "source_matchers: [severity=pgae], target_matchers: [severity=ticket], equal: [sku]",
      '4 inhibit/matches-nothing: The source of this inhibit rule matches nothing: no alert has severity="pgae". Did you mean "page"?',
    ],
    [
      "source_matchers: [severity=page], target_matchers: [team=checkout], equal: [sku]",
      '4 inhibit/equal-label: The targets of this inhibit rule lack the label "sku", so the rule never inhibits what has it.',
    ],
    [
      "source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [cluster]",
      '4 inhibit/equal-label: Neither sources nor targets of this inhibit rule have the label "cluster", so each source inhibits every target.',
    ],
    [
      "source_matchers: [severity=page], target_matchers: [severity=ticket], equal: [sku]",
      '4 inhibit/equal-label: The target "CheckoutSlow" of this inhibit rule lacks the label "sku", which others have.',
    ],
    [
      "source_matchers: [severity=page], target_matchers: [severity=page], equal: [sku]",
      "4 inhibit/itself: This inhibit rule does nothing: every alert is a source and a target of it at once, and such alerts do not inhibit each other.",
    ],
  ])("like { %s } are found out", (rule, expected) => {
    expect(lint(inhibit(rule), ALERTS)).toContain(expected);
  });
});

it("has a test for every check", () => {
  expect([...reported].sort()).toEqual(Object.keys(ROUTE_CHECKS).sort());
});
