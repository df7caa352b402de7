import { expect, it } from "vitest";
import { run } from "../../src/cli/run.ts";
import { SHOP } from "../helpers/workspace.ts";
import { temporaryFolder, worldIn } from "./world.ts";

const monitors = `${SHOP}
const night = timeInterval("night", { times: "00:00-06:00" });
export const buyers = team("buyers", { ticket: email("buyers@shop.example", { from: "tocsin@shop.example", smarthost: "mail.example:25", except: night }) });
export const low = alert("InventoryLow", { service: catalog, when: stock.below(10), for: "5m", severity: "page", summary: ({ sku }, left) => \`Only \${left} of \${sku} left\` });
export const bought = service("bought", { owner: buyers });
export const lower = alert("InventoryLower", { service: bought, when: stock.below(5), severity: "ticket", summary: ({ sku }) => \`Buy \${sku}\` });
`;
const series = `# the mug runs out at three minutes
load 30s
catalog_inventory_items{sku="mug"} 40x5 3x60 40x60
`;

async function timeline(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const world = worldIn(temporaryFolder({ "monitors/shop.ts": monitors, ...files }));
  const code = await run(["timeline", ...args], world);
  return { code, out: world.out(), err: world.err() };
}

it("tells who reads what of series from a file, by the hours of the day at which they begin", async () => {
  const { code, out, err } = await timeline(
    { "stock.txt": series },
    "--series",
    "stock.txt",
    "--start",
    "2026-03-02T05:50:00Z",
  );
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatchInlineSnapshot(`
    "Hours since 2026-03-02T05:50:00Z

    00:03:30  buyers-ticket is not told of {alertname="InventoryLower", service="bought", severity="ticket", sku="mug", team="buyers"}: muted during night, until 00:08:30
    00:08:10  storefront-page (webhook) firing: first notification
              ▲ {alertname="InventoryLow", service="catalog", severity="page", sku="mug", team="storefront"}
              alerts[0].annotations.summary: Only 3 of mug left
    00:13:30  buyers-ticket (email) firing: first notification
              ▲ {alertname="InventoryLower", service="bought", severity="ticket", sku="mug", team="buyers"}
              headers.Subject: Buy mug
              headers.To: buyers@shop.example
              headers.From: tocsin@shop.example
              text: - Buy mug
    00:33:30  buyers-ticket (email) resolved: all alerts resolved
              ▽ {alertname="InventoryLower", service="bought", severity="ticket", sku="mug", team="buyers"}
              headers.Subject: Resolved: Buy mug
              headers.To: buyers@shop.example
              headers.From: tocsin@shop.example
              text: Resolved:
                - Buy mug
    00:34:10  storefront-page (webhook) resolved: all alerts resolved
              ▽ {alertname="InventoryLow", service="catalog", severity="page", sku="mug", team="storefront"}
              alerts[0].annotations.summary: Only 3 of mug left
    "
  `);
});

it("follows series to their end, if that is more than an hour", async () => {
  const long = 'catalog_inventory_items{sku="mug"} 40x119 3x5';
  const { out } = await timeline({ "stock.txt": long }, "--series", "stock.txt", "--start", "2026-03-02T12:00:00Z");
  expect(out).toContain("02:00:30  buyers-ticket (email) firing");
});

it("prints JSON with the time from which it counts", async () => {
  const args = ["--series", "stock.txt", "--start", "2026-03-02T12:00:00Z", "--until", "20m", "--json"];
  const { code, out } = await timeline({ "stock.txt": series }, ...args);
  expect(code).toBe(0);
  const { start, notifications, heldBack } = JSON.parse(out);
  expect({ start, heldBack }).toEqual({ start: "2026-03-02T12:00:00Z", heldBack: [] });
  expect(notifications.map((one: { at: string; receiver: string }) => [one.at, one.receiver])).toMatchInlineSnapshot(`
    [
      [
        "3m30s",
        "email "buyers@shop.example"",
      ],
      [
        "8m10s",
        "webhook "desk"",
      ],
    ]
  `);
});

it("tells of a series that no rule reads, and of what is pending when nobody is told", async () => {
  const wrong = 'catalog_inventory_itms{sku="mug"} 3x60\ncatalog_inventory_items{sku="cup"} 7x60';
  const { code, out, err } = await timeline({ "stock.txt": wrong }, "--series", "stock.txt", "--until", "4m");
  expect(code).toBe(0);
  expect(err).toBe(
    'stock.txt:1:1: warning timeline/series: No rule reads "catalog_inventory_itms". Did you mean "catalog_inventory_items"?\n',
  );
  expect(out).toMatchInlineSnapshot(`
    "Nobody is told of anything.
    At the end InventoryLow is pending, since 0s: {alertname="InventoryLow", service="catalog", severity="page", sku="cup", team="storefront"}
    "
  `);
});

it("refuses what is no series, and a series given twice", async () => {
  const wrong = 'stock{sku="mug" 3\nstock{sku="cup"} 7\nstock{sku="cup"} 8';
  const { code, err } = await timeline({ "stock.txt": wrong }, "--series", "stock.txt");
  expect(code).toBe(1);
  expect(err).toContain("stock.txt:1:1: error timeline/series: ");
  expect(err).toContain("stock.txt:3:1: error timeline/series: this series is given twice");
});

it.each([
  ["neither a file nor series", [], "Name what to follow"],
  ["both of them", ["a.yml", "--series", "stock.txt"], "cannot go together"],
  ["a start of what has its own", ["stock.txt", "--start", "2026-03-02"], "--start is for --series"],
  ["an alertmanager.yml beside series", ["--series", "stock.txt", "-c", "am.yml"], "--config is for alerts over time"],
  ["series that are not there", ["--series", "none.txt"], 'There is no file "none.txt"'],
  ["what is no duration", ["--series", "stock.txt", "--until", "soon"], "is no duration"],
])("takes %s for wrong use", async (_, args, message) => {
  const { code, err } = await timeline({ "stock.txt": series }, ...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
});
