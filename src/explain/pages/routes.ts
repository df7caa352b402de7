/** Pages about who is told: routes and inhibition, as the model says them and as alertmanager.yml does. */
import { alertmanagerPage, monitorsPage, type Pages } from "../page.ts";

const hook = (name: string) => `webhook("${name}", { url: "http://${name}.example/" })`;
const ALERT = `export const low = alert("Low", { service: catalog, when: stock.below(1), severity: "page", summary: "low" });\n`;
const OFFICE = `const office = timeInterval("office", { weekdays: "monday:friday" });\n`;

const routes = (...lines: readonly string[]) =>
  `route:\n  receiver: desk\n  routes:\n${lines.map((line) => `    - { ${line} }\n`).join("")}receivers:\n  - name: desk\n`;
const inhibit = (rule: string) => `${routes("matchers: [severity=page]")}inhibit_rules:\n  - { ${rule} }\n`;
const NIGHT =
  "time_intervals:\n  - name: night\n    time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }]\n";

export const ROUTES: Pages = {
  "route/captures": monitorsPage(
    "A route of an environment takes alerts away from the team that owns them.",
    "Give it continue: true, so that the owner hears of them as well; or match what no team owns.",
    `${ALERT}export const e = environment("e", { alertmanager: { routes: [route({ match: { alertname: "Low" }, receiver: ${hook("x")} })] } });`,
    `${ALERT}export const e = environment("e", { alertmanager: { routes: [route({ match: { alertname: "Low" }, receiver: ${hook("x")}, continue: true })] } });`,
  ),
  "route/foreign-team": monitorsPage(
    "A team's own route asks for alerts of another team. It only ever sees those of its own.",
    "Remove team from match.",
    `export const other = team("other", { page: ${hook("a")} }, { routes: [route({ match: { team: "storefront" }, receiver: ${hook("x")} })] });`,
    `export const other = team("other", { page: ${hook("a")} }, { routes: [route({ match: { region: "eu" }, receiver: ${hook("x")} })] });`,
  ),
  "route/tells-nobody": monitorsPage(
    "A route of an environment has no receiver, nor have routes below it: what it takes, nobody hears of.",
    "Give it a receiver.",
    'export const e = environment("e", { alertmanager: { routes: [route({ match: { region: "eu" } })] } });',
    `export const e = environment("e", { alertmanager: { routes: [route({ match: { region: "eu" }, receiver: ${hook("x")} })] } });`,
  ),
  "route/two-hours": monitorsPage(
    "A route and its receiver both have hours. Alertmanager would tell in either, not in what they share.",
    "Give during to one of them.",
    `${OFFICE}export const other = team("other", { page: ${hook("a")} }, { routes: [route({ match: { region: "eu" }, during: office, receiver: webhook("x", { url: "http://x.example/", during: office }) })] });`,
    `${OFFICE}export const other = team("other", { page: ${hook("a")} }, { routes: [route({ match: { region: "eu" }, during: office, receiver: ${hook("x")} })] });`,
  ),
  "route/silent-hours": monitorsPage(
    "Whoever listens for a dead man's switch has hours. Outside of them it falls silent, which means alarm.",
    "Take during and except away from that receiver.",
    `${OFFICE}export const dog = deadMansSwitch("Watchdog", { service: catalog, receiver: webhook("x", { url: "http://x.example/", during: office }), every: "5m" });`,
    `export const dog = deadMansSwitch("Watchdog", { service: catalog, receiver: ${hook("x")}, every: "5m" });`,
  ),
  "route/unreachable": alertmanagerPage(
    "What a route and those above it ask for excludes each other, so it can match no alert.",
    "Correct its matchers, or remove it.",
    routes("matchers: [team=storefront, team!=storefront]"),
    routes("matchers: [team=storefront]"),
  ),
  "route/shadowed": alertmanagerPage(
    "An earlier route takes everything that this one asks for.",
    "Put it before the other, or give the other continue: true.",
    routes("matchers: ['team=~\".+\"']", "matchers: [team=storefront]"),
    routes("matchers: [team=storefront]", "matchers: ['team=~\".+\"']"),
  ),
  "route/unused-receiver": alertmanagerPage(
    "No route leads to a receiver.",
    "Remove it, or write a route.",
    "route: { receiver: desk }\nreceivers: [{ name: desk }, { name: attic }]\n",
    "route: { receiver: desk }\nreceivers: [{ name: desk }]\n",
  ),
  "route/matches-nothing": alertmanagerPage(
    "A route asks for an alert, a label or a value that no rule emits.",
    "Correct the matcher, or remove the route.",
    routes("matchers: [alertname=SoldOff]"),
    routes("matchers: [alertname=SoldOut]"),
  ),
  "route/default-receiver": alertmanagerPage(
    "An alert matches no route, so it falls through to the default receiver.",
    "Write a route for it.",
    routes("matchers: [severity=page]"),
    routes("matchers: [severity=page]", "matchers: [severity=ticket]"),
  ),
  "route/muted-for-good": alertmanagerPage(
    "The time intervals of a route leave no moment in which it tells anybody.",
    "Give it hours in which it does.",
    `${routes("matchers: [severity=page], mute_time_intervals: [night], active_time_intervals: [night]")}${NIGHT}`,
    `${routes("matchers: [severity=page], mute_time_intervals: [night]")}${NIGHT}`,
  ),
  "route/repeat-before-group": alertmanagerPage(
    "A route wants to repeat sooner than it is looked at again: repeat_interval is shorter than group_interval.",
    "Lengthen repeat_interval, or shorten group_interval.",
    routes("matchers: [severity=page], repeat_interval: 1m"),
    routes("matchers: [severity=page], repeat_interval: 1h"),
  ),
  "route/huge-group": alertmanagerPage(
    "A route could put thousands of alerts into one group, and so into one notification.",
    "Group by a label that parts them.",
    "route: { receiver: desk, group_by: [alertname] }\nreceivers: [{ name: desk }]\n",
    "route: { receiver: desk, group_by: [alertname, sku, warehouse] }\nreceivers: [{ name: desk }]\n",
  ),
  "route/test": {
    about:
      "A suite of routing cases cannot be read, or a case of it fails: other receivers get the alert than it expects.",
    remedy: "Correct the routes or the case; `tocsin route LABEL=VALUE…` shows the path through the tree.",
  },
  "inhibit/matches-nothing": alertmanagerPage(
    "The source or the target of an inhibit rule matches no alert that rules emit.",
    "Correct the matcher, or remove the rule.",
    inhibit("source_matchers: [severity=pgae], target_matchers: [alertname=InventoryLow], equal: [sku]"),
    inhibit("source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [sku]"),
  ),
  "inhibit/equal-label": alertmanagerPage(
    "An inhibit rule compares a label that its sources or targets lack. A label that both lack is equal: then each source inhibits every target.",
    "Name labels that both have.",
    inhibit("source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [cluster]"),
    inhibit("source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [sku]"),
  ),
  "inhibit/itself": alertmanagerPage(
    "Every alert is a source and a target of an inhibit rule at once, and such alerts do not inhibit each other.",
    "Let source and target differ.",
    inhibit("source_matchers: [severity=page], target_matchers: [severity=page], equal: [sku]"),
    inhibit("source_matchers: [severity=page], target_matchers: [alertname=InventoryLow], equal: [sku]"),
  ),
};
