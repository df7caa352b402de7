/** Who owns what, and how each team wants to be told. */
import { email, msteamsv2, pagerduty, route, slack, team, timeInterval, webhook, wechat } from "tocsin";

export const officeHours = timeInterval("office-hours", {
  weekdays: "monday:friday",
  times: "09:00-17:00",
  location: "Europe/Berlin",
});

export const stocktaking = timeInterval("stocktaking", {
  daysOfMonth: "-1",
  times: "20:00-24:00",
  location: "Europe/Berlin",
});

/** Those who buy what the shop sells: what runs out is theirs to know as well. */
export const buyers = msteamsv2("buyers");

export const storefront = team(
  "storefront",
  {
    page: pagerduty("storefront-primary"),
    ticket: slack("#storefront", { during: officeHours }),
  },
  {
    routes: [
      route({ name: "buyers", match: { alertname: ["InventoryLow", "SoldOut"] }, receiver: buyers, continue: true }),
    ],
  },
);

export const payments = team("payments", {
  page: [pagerduty("payments-primary"), slack("#payments")],
  ticket: email("payments@shop.example"),
});

export const warehouse = team("warehouse", {
  page: wechat("warehouse-duty", { agentId: "7", toParty: "2", except: stocktaking }),
  ticket: webhook("stock-desk", { url: "https://desk.shop.example/alerts", maxAlerts: 50 }),
});

export const platform = team("platform", {
  page: pagerduty("platform-primary"),
  ticket: slack("#platform", { during: officeHours }),
});
