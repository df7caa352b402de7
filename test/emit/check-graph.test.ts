import { expect, it } from "vitest";
import { compile } from "../../src/emit/compile.ts";
import { alert, gauge, service, team, upTo, webhook } from "../../src/index.ts";
import { buildTexts, inShort } from "../helpers/workspace.ts";

/** A shop whose team has a page, a ticket, and options that a case says. */
const shop = (options: string, more = "") => `
import { alert, by, environment, gauge, oneOf, override, route, service, slack, team, timeInterval, upTo, webhook } from "tocsin";
export const never = timeInterval("never", { times: "00:00-24:00" });
export const nights = timeInterval("nights", { times: ["00:00-06:00", "22:00-24:00"] });
export const storefront = team("storefront", {
  page: webhook("desk", { url: "http://desk.example/" }),
  ticket: slack("#storefront", { apiUrlFile: "/slack" }),
}, { ${options} });
export const catalog = service("catalog", {
  owner: storefront,
  metrics: {
    inventory: gauge("catalog_inventory_items", { help: "Items.", labels: { sku: upTo(2_000), warehouse: oneOf("fra", "iad") } }),
    carts: gauge("catalog_carts", { help: "Carts.", labels: { customer: upTo(100_000) } }),
  },
});
export const stock = catalog.metrics.inventory.sum(by("sku"));
export const low = alert("InventoryLow", { service: catalog, when: stock.below(10), severity: "ticket", summary: "low" });
export const soldOut = alert("SoldOut", { service: catalog, when: stock.below(1), severity: "page", inhibits: [low], summary: "sold out" });
${more}`;

const elsewhere = 'receiver: webhook("other", { url: "http://other.example/" })';

it.each([
  ["finds nothing where all is well", "", "", []],
  [
    "knows the labels that an expression keeps, and their values",
    `routes: [route({ match: { sku: "mug" }, ${elsewhere} }), route({ match: { warehouse: "ber" }, ${elsewhere} })]`,
    'export const empty = alert("Empty", { service: catalog, when: catalog.metrics.inventory.below(1), severity: "page", summary: "empty" });',
    [
      'route/matches-nothing: The route {warehouse="ber"} matches nothing of what gets to it: no alert has warehouse="ber". [monitors/shop.ts:8 { warehouse: "ber" }]',
      'route/huge-group: The route {severity="page"} would put up to 4000 alerts into one group: Empty. [monitors/shop.ts:6 webhook("desk", { url: "http://desk.example/" })]',
    ],
  ],
  [
    "sees the slip in a name",
    `routes: [route({ match: { alertname: "SoldOutt" }, ${elsewhere} }), route({ match: { skuu: "mug" }, ${elsewhere} })]`,
    "",
    [
      'route/matches-nothing: The route {alertname="SoldOutt"} matches nothing of what gets to it: no rule emits an alert with alertname="SoldOutt". Did you mean "SoldOut"? [monitors/shop.ts:8 { alertname: "SoldOutt" }]',
      'route/matches-nothing: The route {skuu="mug"} matches nothing of what gets to it: no alert has the label "skuu". Did you mean "sku"? [monitors/shop.ts:8 { skuu: "mug" }]',
    ],
  ],
  [
    "says which severity a route takes everything from",
    `routes: [route({ match: { severity: ["page", "ticket"] }, ${elsewhere} })]`,
    "",
    [
      'route/shadowed: The route {severity="page"} never gets an alert: an earlier route takes all of them. [monitors/shop.ts:6 webhook("desk", { url: "http://desk.example/" })]',
      'route/shadowed: The route {severity="ticket"} never gets an alert: an earlier route takes all of them. [monitors/shop.ts:7 slack("#storefront", { apiUrlFile: "/slack" })]',
    ],
  ],
  [
    "points at the interval that mutes for good",
    `routes: [route({ match: { alertname: "SoldOut" }, except: never, ${elsewhere} }), route({ match: { alertname: "InventoryLow" }, except: nights, ${elsewhere} })]`,
    "",
    [
      'route/muted-for-good: The route {alertname="SoldOut"} is muted for good: there is no time at which its time intervals let anything through. [monitors/shop.ts:3 "never"]',
    ],
  ],
  [
    "compares the paces of a severity",
    'severities: { page: { repeatInterval: "30s" } }',
    "",
    [
      'route/repeat-before-group: The route {severity="page"} wants to repeat every 30s, but is only looked at every 1m. [monitors/shop.ts:6 webhook("desk", { url: "http://desk.example/" })]',
    ],
  ],
  [
    "counts how many alerts a group could hold",
    "",
    'export const full = alert("CartFull", { service: catalog, when: catalog.metrics.carts.above(100), severity: "ticket", summary: "full" });',
    [
      'route/huge-group: The route {severity="ticket"} would put up to 100000 alerts into one group: CartFull. [monitors/shop.ts:7 slack("#storefront", { apiUrlFile: "/slack" })]',
    ],
  ],
] as const)("%s", async (_, options, more, expected) => {
  const { diagnostics } = await buildTexts(shop(options, more));
  expect(diagnostics.map(inShort)).toEqual(expected);
});

it("reports once what several environments share, and says where the others differ", async () => {
  const environments = `
export const one = environment("one", {});
export const two = environment("two", { alertmanager: { severities: { page: { repeatInterval: "10s" } } } });`;
  const { diagnostics } = await buildTexts(
    shop(`routes: [route({ match: { skuu: "mug" }, ${elsewhere} })]`, environments),
  );
  expect(diagnostics.map(({ message }) => message)).toEqual([
    'The route {skuu="mug"} matches nothing of what gets to it: no alert has the label "skuu". Did you mean "sku"?',
    expect.stringMatching(/^The route \{severity="page"\} wants to repeat every 10s.* \(in two\)$/),
  ]);
});

it("says nothing of labels that scraping may add", async () => {
  const { diagnostics } = await buildTexts(
    shop(
      `routes: [route({ match: { rack: "b7" }, ${elsewhere} })]`,
      'export const down = alert("Down", { service: catalog, when: catalog.up.below(1), severity: "page", summary: "down" });',
    ),
  );
  expect(diagnostics.map(inShort)).toEqual([]);
});

it("looks again only where something changed", () => {
  const owner = team("storefront", { page: webhook("desk", { url: "http://desk.example/" }) });
  const carts = gauge("catalog_carts", { help: "Carts.", labels: { customer: upTo(100_000) } });
  const catalog = service("catalog", { owner, metrics: { carts } });
  const full = (above: number) =>
    alert("CartFull", {
      service: catalog,
      when: catalog.metrics.carts.above(above),
      severity: "page",
      summary: "full",
    });
  const check = (cartFull: ReturnType<typeof full>) =>
    compile([{ file: "monitors/shop.ts", exports: { owner, catalog, cartFull } }], { root: process.cwd() }).diagnostics;
  const alerts = [full(10), full(20)] as const;
  const [first] = check(alerts[0]);
  expect(first?.code).toBe("route/huge-group");
  expect(check(alerts[0])[0]).toBe(first);
  expect(check(alerts[1])[0]).not.toBe(first);
});
