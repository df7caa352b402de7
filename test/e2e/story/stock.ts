/** Stock runs low, and comes back; a name full of special characters; and a product that is sold out. */
import { alertmanager } from "../server/alertmanager.ts";
import { prometheus } from "../server/prometheus.ts";
import { cause } from "../shop/shop.ts";
import { expect } from "../wait.ts";
import { carries, firing, told, type World } from "./world.ts";

/** Quotes, template braces, comment signs, backslashes, a line end, and more than ASCII. */
export const HOSTILE_SKU = "mug \"large\" {{x}} #1 'ü' \\n $y ☕\n- key: |";

export const ONLY_MUGS = "Only 9 of mug left";
export const ONLY_HOSTILE = `Only 7 of ${HOSTILE_SKU} left`;
export const SOLD_OUT = "poster is sold out, and customers keep asking for it";

/** How long InventoryLow has to be pending in the run's environments, in seconds. */
const FOR = 3;

/** Only 9 mugs are left, and then there are enough again. */
export async function stockFalls(world: World): Promise<void> {
  const { steps } = world;
  await steps.step("stock: with 9 mugs left, InventoryLow fires", async () => {
    await cause("stock", { sku: "mug", warehouse: "fra", items: 9 });
    await cause("stock", { sku: "mug", warehouse: "iad", items: 0 });
    await firing(world, "InventoryLow", { sku: "mug", service: "catalog", team: "storefront", severity: "ticket" });
  });
  await steps.step(`stock: it was pending for ${FOR} s before`, async () => {
    const history = await prometheus.samples('ALERTS{alertname="InventoryLow",sku="mug"}[5m]');
    const times = (state: string) =>
      history.filter(({ metric }) => metric.alertstate === state).flatMap(({ values }) => values.map(([time]) => time));
    const pending = Math.min(...times("pending"));
    const fired = Math.min(...times("firing"));
    expect(fired - pending >= FOR, `pending from ${pending}, firing from ${fired}`);
  });
  await steps.step(`stock: Slack tells the storefront: ${ONLY_MUGS}`, async () => {
    const { texts } = await told(world, "slack #storefront", ONLY_MUGS);
    for (const line of [
      `- ${ONLY_MUGS}`,
      "All warehouses together hold fewer of mug than they should.",
      "https://runbooks.shop.example/catalog/InventoryLow",
    ]) {
      expect(texts.text.includes(line), `the text does not say ${line}:\n${texts.text}`);
    }
  });
  await steps.step("stock: with 40 mugs, Slack tells that it is resolved", async () => {
    await cause("stock", { sku: "mug", warehouse: "fra", items: 20 });
    await cause("stock", { sku: "mug", warehouse: "iad", items: 20 });
    const { status } = await told(world, "slack #storefront", `Resolved: ${ONLY_MUGS}`);
    expect(status === "resolved", `it is ${status}`);
  });
}

/** Posters are sold out while people ask for them: a page, and no ticket beside it. */
export async function productSoldOut(world: World): Promise<void> {
  const { steps, watch, receiver } = world;
  await steps.step("sold out: customers ask for posters, and there are none: SoldOut fires", async () => {
    await cause("clicks", { sku: "poster", page: "home", count: 1 });
    await watch.until("clicks on posters to be collected", 10, async () => {
      const series = await prometheus.samples('catalog_clicks_total{sku="poster"}[1m]');
      expect(series.length > 0, "there are none");
    });
    await cause("clicks", { sku: "poster", page: "home", count: 500 });
    await cause("stock", { sku: "poster", warehouse: "fra", items: 0 });
    await cause("stock", { sku: "poster", warehouse: "iad", items: 0 });
    await firing(world, "SoldOut", { sku: "poster" });
  });
  await steps.step(`sold out: PagerDuty pages the storefront: ${SOLD_OUT}`, () =>
    told(world, "pagerduty storefront-primary", SOLD_OUT),
  );
  await steps.step("sold out: InventoryLow of posters fires too, and SoldOut inhibits it", async () => {
    await firing(world, "InventoryLow", { sku: "poster" });
    await watch.until("Alertmanager to inhibit InventoryLow of posters", 10, async () => {
      const alerts = await alertmanager.alerts();
      const source = alerts.find(({ labels }) => carries(labels, { alertname: "SoldOut", sku: "poster" }));
      const target = alerts.find(({ labels }) => carries(labels, { alertname: "InventoryLow", sku: "poster" }));
      expect(source !== undefined && target !== undefined, "it does not know both alerts");
      expect(
        target.status.inhibitedBy.includes(source.fingerprint),
        `it is ${target.status.state}, inhibited by ${target.status.inhibitedBy.length} others`,
      );
    });
  });
  await steps.step("hostile names: a product's name arrives as it is, whatever its characters", async () => {
    await cause("stock", { sku: HOSTILE_SKU, warehouse: "fra", items: 7 });
    const { texts } = await told(world, "slack #storefront", ONLY_HOSTILE);
    expect(texts.text.includes(`- ${ONLY_HOSTILE}\n`), `the text is:\n${texts.text}`);
  });
  // That notification told of the whole group, of which posters are a part: they had their chance.
  await steps.step("sold out: no ticket speaks of posters", () => {
    const tickets = receiver.notifications.filter((one) => one.receiver === "slack #storefront");
    const spoken = tickets.filter((ticket) => JSON.stringify(ticket).includes("poster"));
    expect(spoken.length === 0, spoken.map(({ texts }) => texts.text).join("\n"));
  });
}
