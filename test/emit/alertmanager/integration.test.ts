import { expect, it } from "vitest";
import { parse } from "yaml";
import { buildTexts, SHOP } from "../../helpers/workspace.ts";

// Alertmanager reads what it rendered there as YAML, which has a list for "- down" and a map for "Resolved: down". It keeps
// the text where that fails, as it does with a tab at the beginning.
it("sends PagerDuty's details and a readable webhook as texts, however much they look like YAML", async () => {
  const { file, diagnostics } = await buildTexts(`${SHOP}
export const payments = team("payments", {
  page: [pagerduty("primary", { routingKeyFile: "/key" }), webhook("sms", { url: "http://sms.example/", payload: "readable" })],
});
export const checkout = service("checkout", { owner: payments });
export const down = alert("CheckoutDown", { service: checkout, when: checkout.up.below(1), severity: "page", summary: "down" });`);
  expect(diagnostics).toEqual([]);
  const { receivers } = parse(file("alertmanager/alertmanager.yml"));
  const page = receivers.find(({ name }: { name: string }) => name === "payments-page");
  expect(page).toMatchObject({
    pagerduty_configs: [{ details: { alerts: '\t{{ template "tocsin.text" . }}' } }],
    webhook_configs: [
      { payload: { title: '\t{{ template "tocsin.title" . }}', text: '\t{{ template "tocsin.text" . }}' } },
    ],
  });
});
