/** Checkout stops answering: its own team is paged, and so is who stands at the front door. */
import { cause } from "../shop/shop.ts";
import { told, type World } from "./world.ts";

export const DOWN = "127.0.0.1:19102 does not answer";
export const UNREACHABLE = "http://127.0.0.1:19102/cart cannot be reached from outside";

export async function checkoutFails(world: World): Promise<void> {
  const { steps } = world;
  await steps.step("outage: checkout stops answering", () => cause("checkout", { answers: false }));
  await steps.step(`outage: PagerDuty and Slack tell payments: ${DOWN}`, async () => {
    await told(world, "pagerduty payments-primary", DOWN);
    await told(world, "slack #payments", DOWN);
  });
  await steps.step(`outage: PagerDuty tells the storefront: ${UNREACHABLE}`, () =>
    told(world, "pagerduty storefront-primary", UNREACHABLE),
  );
  await steps.step("outage: checkout answers again, and everybody hears of it", async () => {
    await cause("checkout", { answers: true });
    await told(world, "pagerduty payments-primary", `Resolved: ${DOWN}`);
    await told(world, "slack #payments", `Resolved: ${DOWN}`);
    await told(world, "pagerduty storefront-primary", `Resolved: ${UNREACHABLE}`);
  });
}
