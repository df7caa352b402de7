import * as tocsin from "tocsin";
import { expect, it } from "vitest";
import { fromScenario, openPreview } from "../../../src/cli/preview.ts";
import { previewPage } from "../../../src/report/preview/page.ts";
import type { Payload } from "../../../src/report/preview/payload.ts";
import { previewOf } from "../../../src/report/preview/preview.ts";
import { sellingOut } from "./shop.scenario.ts";

const shop = async (): Promise<Payload> => previewOf(await fromScenario(sellingOut, "The shop sells out"), ".");

/** Panels of firing alerts are empty while nothing fires, and texts have no data. */
const NEEDS_DATA = (panel: Payload["dashboards"][number]["rows"][number]["panels"][number]) =>
  panel.as !== "alerts" && panel.html === undefined;

it("shows data in every panel of the shop", async () => {
  const { dashboards } = await shop();
  const empty = dashboards.flatMap(({ title, rows }) =>
    rows.flatMap(({ panels }) =>
      panels
        .filter(NEEDS_DATA)
        .filter(
          ({ series, trouble }) =>
            trouble !== undefined || !series.some(({ values }) => values.some((v) => v !== null)),
        )
        .map((panel) => `${title}: ${panel.title}: ${panel.trouble ?? panel.queries.join(" ")}`),
    ),
  );
  expect(empty).toEqual([]);
  expect(dashboards.length).toBeGreaterThan(8);
});

it("tells when alerts were pending and firing, in the words of their summaries", async () => {
  const { alerts } = await shop();
  const soldOut = alerts.find(({ name }) => name === "SoldOut");
  expect(soldOut?.series).toMatchObject([
    { labels: 'sku="mug"', summary: "mug is sold out, and customers keep asking for it" },
  ]);
  expect(soldOut?.series[0]?.spans.map(({ state }) => state)).toEqual(["pending", "firing"]);
  expect(alerts.find(({ name }) => name === "CatalogDown")?.series[0]?.spans.at(-1)?.state).toBe("firing");
});

it("has the routing tree and the runbooks beside it", async () => {
  const { route, runbooks } = await shop();
  expect(JSON.stringify(route)).toContain("storefront-page");
  expect(runbooks.find(({ name }) => name === "InventoryLow")?.html).toContain("<h3>InventoryLow</h3>");
});

it("writes one page that holds all it needs, and that no text can break out of", async () => {
  const payload = await shop();
  const html = await previewPage({
    ...payload,
    title: "</script><script>alert(1)</script><!--",
    data: '<img src="x">',
  });
  expect(html).not.toMatch(/<script>alert|<img src/);
  expect(html).not.toMatch(/(?:src|href)="https?:/);
  expect(html.match(/<\/script>/g)).toHaveLength(2);
});

it("makes up data where nobody gives any", async () => {
  const project = await openPreview({ root: ".", environment: "staging" }, { provided: { tocsin } });
  const { html, diagnostics } = await project.page();
  expect(diagnostics).toEqual([]);
  expect(html).toContain("nobody measured any of this");
});

it("refuses a file that holds no scenario, and one that is not there", async () => {
  const open = (data: string) => openPreview({ root: ".", data }, { provided: { tocsin } });
  await expect(open("missing.ts")).rejects.toThrow('There is no file "missing.ts".');
  await expect((await open("monitors/teams.ts")).page()).rejects.toThrow(/exports no scenario/);
});
