/** The other ways to people: mail to payments, a webhook and WeChat to the warehouse. */
import { cause } from "../shop/shop.ts";
import { expect } from "../wait.ts";
import { told, type World } from "./world.ts";

export const CROWDED = "250 requests wait at 127.0.0.1:19102";
export const OVERDUE = "7 deliveries to fra are overdue";
export const NO_DOCK = "No dock of iad is open";

/** What `monitors/deliveries.ts` promises to tell, character by character. */
const DESCRIPTION = `Choose "Überfällig" in the desk's form: {{number}} becomes the delivery's #.
It prints to C:\\dock\\new, or 'C:\\dock\\old'; 100% of suppliers answer — sooner or later.`;

const PAYMENTS = "email payments@shop.example";
const DESK = "webhook warehouse-ticket";
const DUTY = "wechat agent 7, party 2";

/** Three troubles at once, one for each way. */
export async function ticketsByAllWays(world: World): Promise<void> {
  const { steps } = world;
  const wechat = world.hasReceiver("warehouse-page");
  await steps.step("tickets: checkout is crowded, deliveries are overdue, a dock closes", async () => {
    await cause("inFlight", { requests: 250 });
    await cause("overdue", { warehouse: "fra", supplier: "pottery", deliveries: 4 });
    await cause("overdue", { warehouse: "fra", supplier: "printer", deliveries: 3 });
    await cause("docks", { warehouse: "iad", open: 0 });
  });
  await steps.step(`tickets: mail tells payments: ${CROWDED}`, async () => {
    const { texts } = await told(world, PAYMENTS, CROWDED);
    for (const place of ["text", "html"]) {
      expect(texts[place]?.includes(CROWDED) === true, `the ${place} of the mail is:\n${texts[place]}`);
    }
  });
  await steps.step(`tickets: the webhook tells the warehouse: ${OVERDUE}`, async () => {
    const { alerts } = await told(world, DESK, OVERDUE);
    const [alert] = alerts;
    expect(alert !== undefined && alerts.length === 1, `it tells of ${alerts.length} alerts`);
    expect(alert.labels.warehouse === "fra", `its labels are ${JSON.stringify(alert.labels)}`);
    expect(alert.annotations.description === DESCRIPTION, `its description is:\n${alert.annotations.description}`);
  });
  if (wechat) await steps.step(`tickets: WeChat tells the warehouse: ${NO_DOCK}`, () => told(world, DUTY, NO_DOCK));
  else
    steps.skip(
      `tickets: WeChat tells the warehouse: ${NO_DOCK}`,
      "Alertmanager 0.31 is the first to read its secret from a file",
    );
  await steps.step("tickets: all is well again, and everybody hears of it", async () => {
    await cause("inFlight", { requests: 3 });
    await cause("overdue", { warehouse: "fra", supplier: "pottery", deliveries: 0 });
    await cause("overdue", { warehouse: "fra", supplier: "printer", deliveries: 0 });
    await cause("docks", { warehouse: "iad", open: 3 });
    await told(world, PAYMENTS, `Resolved: ${CROWDED}`);
    const { status } = await world.watch.until("the webhook to hear of it", 15, () => resolvedAtDesk(world));
    expect(status === "resolved", `the webhook says ${status}`);
    if (wechat) await told(world, DUTY, `Resolved: ${NO_DOCK}`);
  });
}

function resolvedAtDesk({ receiver }: World) {
  const there = receiver.notifications.filter((one) => one.receiver === DESK);
  const found = there.find(({ status }) => status === "resolved");
  expect(found !== undefined, `it got ${there.map(({ status, texts }) => `${status}: ${texts.title}`).join(", ")}`);
  return found;
}
