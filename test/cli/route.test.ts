import { expect, it } from "vitest";
import { printTimeline } from "../../src/alertmanager/timeline/print.ts";
import { explainRoute, parseLabels, printExplanation } from "../../src/cli/route.ts";
import { readSuite, runSuite } from "../../src/cli/route-suite.ts";
import { readScenario, runScenario } from "../../src/cli/timeline.ts";
import { readNotificationTemplates } from "../../src/gotemplate/notification/render.ts";
import { configOf, SHOP } from "../alertmanager/shop.ts";

const config = configOf(SHOP);
const NIGHT = Date.UTC(2026, 2, 2, 2);

it("explains who gets an alert, and why", () => {
  const labels = { alertname: "Slow", severity: "ticket", sku: "mug" };
  expect(`\n${printExplanation(explainRoute(config, labels, NIGHT), NIGHT)}`).toMatchInlineSnapshot(`
    "
    An alert {alertname="Slow", severity="ticket", sku="mug"} goes to ticket.

    │ {} → desk
      · {severity="page"} → page  (severity is "ticket")
      ✓ {severity="ticket"} → ticket
        1 more not tried: the route before them does not continue

    ticket
      group      {alertname="Slow"}
      timing     first after 30s, changes every 5m, repeated after 4h
      kept back  by office at 2026-03-02T02:00:00.000Z

    Inhibited by rule 1 while an alert fires with severity="page", sku="mug".
    "
  `);
});

it("reads labels as matchers of equality", () => {
  expect(parseLabels(["severity=page", 'team="the desk"'])).toEqual({ labels: { severity: "page", team: "the desk" } });
  expect(parseLabels(["severity"])).toEqual({ mistake: '"severity" is no label: write it as severity=page.' });
  expect(parseLabels(["a!=b"])).toHaveProperty("mistake");
});

it("runs the cases of a suite", () => {
  const suite = readSuite(
    `
cases:
  - name: pages
    labels: { alertname: SoldOut, severity: page, sku: mug }
    receivers: [page]
    not_receivers: [desk]
    group: { alertname: SoldOut }
    muted_by: []
  - name: tickets wait for the morning
    labels: { alertname: Slow, severity: ticket, sku: mug }
    at: 2026-03-02T02:00:00Z
    receivers: [ticket]
    muted_by: [office]
    inhibited_by: { severity: page, sku: mug }
    not_inhibited_by: { severity: page, sku: cup }
  - labels: { severity: info, sku: mug }
    at: 2026-03-02T12:00:00Z
    receivers: [desk]
    group: { alertname: Slow }
    muted_by: [night]
    inhibited_by: { severity: page, sku: cup }
`,
    "routes.yml",
  );
  expect(suite.diagnostics).toEqual([]);
  const { passed, failed, diagnostics } = runSuite(config, suite, NIGHT);
  expect([passed, failed]).toEqual([2, 1]);
  expect(diagnostics.map(({ message }) => message)).toEqual([
    "Case 3: goes to info, not to desk.",
    "Case 3: is grouped by {}.",
    "Case 3: is kept back by nobody.",
    "Case 3: is not inhibited by it.",
  ]);
});

it("says what is wrong with a suite", () => {
  expect(
    readSuite("cases: [{ lables: {}, at: soon }]", "routes.yml").diagnostics.map(({ message }) => message),
  ).toEqual(['case has no field "lables". Did you mean "labels"?', '"soon" is no instant.']);
});

it("prints who reads what at which minute of a scenario", () => {
  const { scenario, diagnostics } = readScenario(
    `
start: 2026-03-02T12:00:00Z
length: 3h
alerts:
  - { labels: { alertname: SoldOut, severity: page, sku: mug }, annotations: { summary: Mugs are sold out }, fires: 5m, resolves: 31m }
  - { labels: { alertname: Slow, severity: ticket, sku: mug }, fires: 6m, resolves: 50m }
silences: [{ matchers: [sku=cup], from: 0s, to: 1h }]
`,
    "scenario.yml",
  );
  expect(diagnostics).toEqual([]);
  const templates = readNotificationTemplates([]);
  if (templates.kind !== "notification templates") throw new Error(templates.message);
  const printed = printTimeline(runScenario(config, scenario), {
    config,
    templates,
    externalURL: "http://alerts.shop.example",
    start: scenario.start,
  });
  expect(`\n${printed}`).toMatchInlineSnapshot(`
    "
    00:05:10  page (webhook) firing: first notification
              ▲ {alertname="SoldOut", severity="page", sku="mug"}
              alerts[0].annotations.summary: Mugs are sold out
    00:05:10  page (pagerduty) firing: first notification
              ▲ {alertname="SoldOut", severity="page", sku="mug"}
              description: [FIRING:1] SoldOut (page mug)
              details.firing: [{"status":"firing","labels":{"alertname":"SoldOut","severity":"page","sku":"mug"},"annotations":{"summary":"Mugs are sold out"},"startsAt":"2026-03-02T12:05:00Z","endsAt":"0001-01-01T00:00:00Z","generatorURL":"","fingerprint":"69ceb72e7e34a386"}]
              details.resolved: []
              details.num_firing: 1
              details.num_resolved: 0
    00:06:30  ticket is not told of {alertname="Slow", severity="ticket", sku="mug"}: inhibited by {alertname="SoldOut", severity="page", sku="mug"}, until 00:26:30
    00:31:30  ticket (slack) firing: first notification
              ▲ {alertname="Slow", severity="ticket", sku="mug"}
              title: [FIRING:1] Slow (ticket mug)
              fallback: [FIRING:1] Slow (ticket mug) | http://alerts.shop.example/#/alerts?receiver=ticket
    00:35:10  page (webhook) resolved: all alerts resolved
              ▽ {alertname="SoldOut", severity="page", sku="mug"}
              alerts[0].annotations.summary: Mugs are sold out
    00:35:10  page (pagerduty) resolved: all alerts resolved
              ▽ {alertname="SoldOut", severity="page", sku="mug"}
              description: [RESOLVED] SoldOut (page mug)
              details.firing: []
              details.resolved: [{"status":"resolved","labels":{"alertname":"SoldOut","severity":"page","sku":"mug"},"annotations":{"summary":"Mugs are sold out"},"startsAt":"2026-03-02T12:05:00Z","endsAt":"2026-03-02T12:31:00Z","generatorURL":"","fingerprint":"69ceb72e7e34a386"}]
              details.num_firing: 0
              details.num_resolved: 1
    "
  `);
});
