/** Stock runs low, and comes back; a name full of special characters; and a product that is sold out. */
import { alertmanager } from "../server/alertmanager.ts";
import { prometheus } from "../server/prometheus.ts";
import { cause } from "../shop/shop.ts";
import { expect } from "../wait.ts";
import { carries, firing, told, type World } from "./world.ts";

/** Quotes, template braces, comment signs, backslashes, a line end, and more than ASCII. */
export const HOSTILE_SKU = "mug \"large\" {{x}} #1 'ü' \\n $y ☕\n- key: |";

/** What stands above notifications of one alert, and of two that have no summary in common. */
export const ONE_LOW = "InventoryLow";
export const TWO_LOW = "(2) InventoryLow";

const ONLY_MUGS = "Only 9 of mug left";
const ONLY_VASES = "Only 4 of vase left";
const ONLY_HOSTILE = `Only 7 of ${HOSTILE_SKU} left`;
export const SOLD_OUT = "poster is sold out, and customers keep asking for it";

const STOREFRONT = "slack #storefront";
const ON_CALL = "pagerduty storefront-primary";

/** How long InventoryLow has to be pending in the run's environments, in seconds. */
const FOR = 3;

/** Only 9 mugs and 4 vases are left, and then there are enough mugs again. */
export async function stockFalls(world: World): Promise<void> {
  const { steps } = world;
  await steps.step("stock: with 9 mugs and 4 vases left, InventoryLow fires for both", async () => {
    await cause("stock", { sku: "mug", warehouse: "fra", items: 9 });
    await cause("stock", { sku: "mug", warehouse: "iad", items: 0 });
    await cause("stock", { sku: "vase", warehouse: "fra", items: 4 });
    await firing(world, "InventoryLow", { sku: "vase" });
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
  await steps.step("stock: Slack tells the storefront of both at once", async () => {
    const { texts } = await told(world, STOREFRONT, TWO_LOW);
    for (const line of [
      `- ${ONLY_MUGS}`,
      `- ${ONLY_VASES}`,
      "All warehouses together hold fewer of mug than they should.",
      "https://runbooks.shop.example/catalog/InventoryLow",
    ]) {
      expect(texts.text.includes(line), `the text does not say ${line}:\n${texts.text}`);
    }
  });
  await steps.step("stock: with 40 mugs, Slack tells that only vases are low", async () => {
    await cause("stock", { sku: "mug", warehouse: "fra", items: 20 });
    await cause("stock", { sku: "mug", warehouse: "iad", items: 20 });
    const { texts } = await told(world, STOREFRONT, ONE_LOW, `Resolved:\n- ${ONLY_MUGS}`);
    expect(texts.text.includes(`- ${ONLY_VASES}\n`), `the text is:\n${texts.text}`);
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
  await steps.step(`sold out: PagerDuty pages the storefront: ${SOLD_OUT}`, () => told(world, ON_CALL, SOLD_OUT));
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
    await told(world, STOREFRONT, TWO_LOW, `- ${ONLY_HOSTILE}\n`);
  });
  // That notification told of the whole group, of which posters are a part: they had their chance.
  await steps.step("sold out: no ticket speaks of posters", () => {
    const tickets = receiver.notifications.filter((one) => one.receiver === STOREFRONT);
    const spoken = tickets.filter((ticket) => JSON.stringify(ticket).includes("poster"));
    expect(spoken.length === 0, spoken.map(({ texts }) => texts.text).join("\n"));
  });
  await steps.step("sold out: PagerDuty hears again of what goes on", () =>
    watch.until("the page to be repeated", 15, () => {
      const pages = receiver.notifications.filter((one) => one.receiver === ON_CALL && one.texts.title === SOLD_OUT);
      expect(pages.length > 1, `it came ${pages.length} times`);
    }),
  );
}
