/** Pages about monitors files and what they define. */
import { monitorsPage, type Pages } from "../page.ts";

const low = (more: string) => `export const low = alert("Low", {
  service: catalog,
  when: stock.below(10),
  severity: "page",
  summary: "Stock is low",${more === "" ? "" : `\n  ${more}`}
});`;

const RIGHT_ALERT = low("");

export const MONITORS: Pages = {
  "source/syntax": monitorsPage(
    "A monitors file cannot be read as TypeScript.",
    "Correct it at the place shown; an editor shows the same.",
    "export const limit = (10;",
    "export const limit = (10);",
  ),
  "source/throws": monitorsPage(
    "A monitors file threw an error while it ran, so what it exports is unknown. The place is the innermost line of the project on the way to the error.",
    "Correct what throws. A value that is undefined is most often a name with a slip in it: `tsc --noEmit` finds those.",
    "export const limit = catalog.metrics.inventry.below(10);",
    "export const limit = catalog.metrics.inventory.below(10);",
  ),
  "source/no-export": monitorsPage(
    "An import names something that the other module does not export. Types alone are no code: import them by `import type`.",
    "Correct the name, or export it there.",
    'import { threshhold } from "tocsin";\nexport const few = threshhold("few", 10);',
    'import { maxOf } from "tocsin";\nexport const few = maxOf(1, 2);',
  ),
  "source/import-not-found": monitorsPage(
    "An import leads to no file and no package.",
    "Correct the path, or install the package and write it into package.json.",
    'import { limits } from "./limit.ts";\nexport const few = limits;',
    'import { readFileSync } from "node:fs";\nexport const read = readFileSync;',
  ),
  "source/top-level-await": monitorsPage(
    "A monitors file awaits something at its top level. A build runs the files one after the other, and must make the same of them each time.",
    "Read what the file needs synchronously, with readFileSync for one.",
    "export const limits = await Promise.resolve([10]);",
    "export const limits = [10];",
  ),
  "source/no-monitors": {
    about: "The project has no folder monitors/, or nothing in it is TypeScript.",
    remedy: "Write what is to be monitored into monitors/*.ts; `tocsin init` starts such a project.",
  },
  "source/unreadable": {
    about: "A file of the project is there but cannot be read.",
    remedy: "Look at its permissions, and whether a link leads anywhere.",
  },
  "workspace/nothing-exported": {
    about:
      "A file in monitors/ exports nothing, or no file exports a definition. Exports are the build: what is not exported is not built.",
    remedy:
      "Export what the file defines: `export const inventoryLow = alert(…)`. Helpers belong into a folder of their own.",
  },
  "workspace/duplicate-name": monitorsPage(
    "Two definitions of one kind have the same name, or names that a file system without upper and lower case confuses: one would replace the other.",
    "Rename one of them. An alert may have one name in several groups or at several severities.",
    'export const other = service("Catalog", { owner: storefront });',
    'export const other = service("search", { owner: storefront });',
  ),
  "workspace/promise": monitorsPage(
    "A monitors file exports a promise, as an async function returns it. A build does not wait, so what the promise will hold would be missing.",
    "Make the definition without async; read files with readFileSync.",
    'export const limit = (async () => threshold("few", 10))();',
    'export const limit = (() => threshold("few", 10))();',
  ),
  "record/same-series": monitorsPage(
    "Two recording rules have the same name, and no label is sure to tell their results apart. Where both give a series of the same labels, Prometheus keeps one.",
    "Rename one, give each a label of its own, or record both as one expression joined by or().",
    'export const a = record("shop:stock:sum", { service: catalog, expr: stock.sum() });\nexport const b = record("shop:stock:sum", { service: catalog, expr: stock.max() });',
    'export const a = record("shop:stock:sum", { service: catalog, expr: stock.sum(), labels: { of: "sum" } });\nexport const b = record("shop:stock:sum", { service: catalog, expr: stock.max(), labels: { of: "max" } });',
  ),
  "record/scraped-name": monitorsPage(
    "A recording rule has the name of a metric that a service declares, so that its results and what is scraped are mixed.",
    "Rename the rule, as in `level:metric:operations`, or declare the metric no more.",
    'export const other = service("other", { owner: storefront, metrics: { a: gauge("shop:stock:sum", { help: "Stock." }) } });\nexport const a = record("shop:stock:sum", { service: catalog, expr: stock.sum() });',
    'export const other = service("other", { owner: storefront, metrics: { a: gauge("shop_stock", { help: "Stock." }) } });\nexport const a = record("shop:stock:sum", { service: catalog, expr: stock.sum() });',
  ),
  "model/invalid": monitorsPage(
    "A property of a definition has not the shape it should have, or the server would refuse it.",
    "Write it as the message says.",
    low('for: "10 minutes",'),
    low('for: "10m",'),
  ),
  "model/unknown-property": monitorsPage(
    "A definition has a property that its kind does not know, so it would be ignored.",
    "Correct the name, or remove it.",
    low('keepFiring: "10m",'),
    low('keepFiringFor: "10m",'),
  ),
  "secret/literal": monitorsPage(
    "A secret stands in a monitors file, or something that looks like one. Monitors files and out/ are committed and read by many.",
    "Put the secret into a file on the server, and name that file: apiUrlFile, passwordFile, credentialsFile and the like. Then replace the secret, since it has been written down.",
    'export const other = team("other", { page: slack("#other", { apiUrl: "https://hooks.slack.com/services/T00/B00/abc" }) });',
    'export const other = team("other", { page: slack("#other", { apiUrlFile: "/etc/alertmanager/slack-url" }) });',
  ),
  "promql/invalid": monitorsPage(
    "Prometheus would refuse an expression, or could not evaluate it at a moment.",
    "Correct it at the place shown.",
    'export const low = record("sku:stock:sum", { service: catalog, expr: promql`sum by (sku) (catalog_inventory_items[5m])` });',
    'export const low = record("sku:stock:sum", { service: catalog, expr: promql`sum by (sku) (catalog_inventory_items)` });',
  ),
  "promql/stated-label": monitorsPage(
    "An expression written as text states by labels(…) a label that its results cannot have.",
    "State what the expression keeps, or let it keep the label: `sum by (sku)`.",
    'export const low = record("sku:stock:sum", { service: catalog, expr: promql`sum(catalog_inventory_items)`.labels("sku") });',
    'export const low = record("sku:stock:sum", { service: catalog, expr: promql`sum by (sku) (catalog_inventory_items)`.labels("sku") });',
  ),
  "alert/always-fires": monitorsPage(
    "The condition of an alert always gives a result, so the alert would fire for ever.",
    "Compare with something, or write a deadMansSwitch where firing for ever is meant.",
    low("").replace("stock.below(10)", "promql`vector(1)`.condition()"),
    RIGHT_ALERT,
  ),
  "alert/never-fires": monitorsPage(
    "The condition of an alert can give no result, whatever data there is: it asks for labels or values that exclude each other.",
    "Look at the labels that both sides of an operation have, and at the matchers.",
    low("").replace("stock.below(10)", 'promql`catalog_inventory_items{sku="a",sku="b"} < 10`.condition()'),
    RIGHT_ALERT,
  ),
  "alert/text": monitorsPage(
    "A text of an alert is no template that Prometheus can expand, or the function that makes it throws.",
    'Correct the template. To have {{ in a text as it is, write the text as a function: () => "…".',
    low("").replace('"Stock is low"', '"{{ $labels.sku | shout }} is low"'),
    low("").replace('"Stock is low"', '"{{ $labels.sku | toUpper }} is low"'),
  ),
  "alert/unknown-label": monitorsPage(
    "A text of an alert reads a label that its expression does not keep: people would read an empty place.",
    "Keep the label in the expression, or read one that it keeps.",
    low("").replace('"Stock is low"', '"{{ $labels.warehouse }} is low"'),
    low("").replace('"Stock is low"', '"{{ $labels.sku }} is low"'),
  ),
  "alert/unknown-severity": monitorsPage(
    "The owner of an alert's service has no receiver for its severity, so nobody would hear of it.",
    "Give the alert one of its owner's severities, or the owner a receiver for it.",
    low("").replace('severity: "page"', 'severity: "pgae"'),
    RIGHT_ALERT,
  ),
  "scrape/timeout": monitorsPage(
    "A scrape may take longer than the time until the next, which Prometheus refuses.",
    "Shorten the timeout, or scrape less often.",
    'export const other = service("other", { owner: storefront, scrape: { targets: ["other:8080"], timeout: "2m" } });',
    'export const other = service("other", { owner: storefront, scrape: { targets: ["other:8080"], interval: "5m", timeout: "2m" } });',
  ),
  "scrape/nothing-kept": monitorsPage(
    "A service keeps only the metrics that it declares, and declares none: everything scraped would be dropped.",
    "Declare its metrics, or remove keepOnlyDeclared.",
    'export const other = service("other", { owner: storefront, scrape: { targets: ["other:8080"], keepOnlyDeclared: true } });',
    'export const other = service("other", { owner: storefront, scrape: { targets: ["other:8080"] } });',
  ),
  "environment/override": monitorsPage(
    "An environment changes what it cannot change, twice, or what nothing uses.",
    "Override services, alerts, teams, receivers, rule groups and thresholds that the monitors use, each once.",
    'export const staging = environment("staging", { overrides: [override(catalog, { owner: storefront })] });',
    'export const staging = environment("staging", { overrides: [override(catalog, { rules: { interval: "1m" } })] });',
  ),
  "environment/unknown": {
    about: "The command names an environment that no module exports.",
    remedy: "Give one of those that the message lists.",
  },
  "receiver/no-secret": monitorsPage(
    "A receiver has no place of its secret, or of something else that it needs, neither of its own nor from the environment.",
    "Name the file on the server that holds it.",
    'export const other = team("other", { page: pagerduty("other") });',
    'export const other = team("other", { page: pagerduty("other", { routingKeyFile: "/etc/alertmanager/pagerduty" }) });',
  ),
  "receiver/duplicate-name": monitorsPage(
    "Two receivers would have one name in alertmanager.yml, which Alertmanager refuses. Names are made of the team and the severity.",
    "Rename the team, the service or the severity, or give the routes that lead to them names.",
    'export const a = team("a", { "b-c": webhook("x", { url: "http://x.example/" }) });\nexport const b = team("a-b", { c: webhook("y", { url: "http://y.example/" }) });',
    'export const a = team("a", { b: webhook("x", { url: "http://x.example/" }) });\nexport const b = team("a-b", { c: webhook("y", { url: "http://y.example/" }) });',
  ),
  "notification/template": {
    about: "What templates/notification.tmpl.hbs makes is no template that Alertmanager can read.",
    remedy: "Correct the file at the place shown. Go's actions are written [[ … ]] there.",
  },
  "notification/undefined": {
    about: "A receiver's text refers to a template that nothing defines, so that sending would fail.",
    remedy: "Define the template in templates/notification.tmpl.hbs, or correct its name.",
  },
  "dashboard/same-address": monitorsPage(
    "Two dashboards would have the same address in Grafana, so one would replace the other.",
    "Rename one of them.",
    'const rows = { Stock: [panel("Stock", stock)] };\nexport const a = dashboard("Shop A", { owner: storefront, rows });\nexport const b = dashboard("Shop: A", { owner: storefront, rows });',
    'const rows = { Stock: [panel("Stock", stock)] };\nexport const a = dashboard("Shop A", { owner: storefront, rows });\nexport const b = dashboard("Shop B", { owner: storefront, rows });',
  ),
};
