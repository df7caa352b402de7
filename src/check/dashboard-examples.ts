/** For each check of dashboards, what is right and what is wrong, as Grafana's JSON. */

// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana

export interface Example {
  readonly wrong: object;
  readonly right: object;
  /** What is said of the wrong one. */
  readonly says: RegExp;
}

const SOURCE = { type: "datasource", name: "datasource", label: "Data source", query: "prometheus" };
const query = (name: string, more: object = {}) => ({
  type: "query",
  name,
  label: name.charAt(0).toUpperCase() + name.slice(1),
  datasource: { type: "prometheus", uid: "${datasource}" },
  query: `label_values(up, ${name})`,
  multi: true,
  allValue: ".+",
  refresh: 2,
  ...more,
});

const FULL = 'up{job=~"$job", instance=~"$instance"}';
const panel = (expr: string, more: object = {}) => ({
  id: 1,
  type: "timeseries",
  title: "Up",
  description: "Whether it is up.",
  datasource: { type: "prometheus", uid: "${datasource}" },
  fieldConfig: { defaults: { unit: "short" } },
  targets: [{ refId: "A", expr }],
  ...more,
});

const dashboard = (
  panels: readonly object[],
  variables: readonly object[] = [SOURCE, query("job"), query("instance")],
) => ({
  title: "Shop",
  editable: false,
  templating: { list: variables },
  panels,
});

const drawing = (expr: string, more: object = {}) => dashboard([panel(expr, more)]);
const choosing = (...variables: readonly object[]) => dashboard([panel(FULL)], variables);
const counting = (expr: string) => drawing(expr.replaceAll("NARROW", 'job=~"$job",instance=~"$instance"'));
const logs = (expr: string) => ({
  ...dashboard(
    [panel("", { datasource: { type: "loki", uid: "${datasource}" }, targets: [{ refId: "A", expr }] })],
    [{ ...SOURCE, query: "loki", name: "loki_datasource", label: "Loki data source" }],
  ),
});

/** Right in every way. */
export const RIGHT = drawing(FULL);

const targetVariable = (name: "job" | "instance"): Example => ({
  wrong: choosing(SOURCE, query("job"), query("instance")).templating === undefined ? {} : choosing(SOURCE),
  right: RIGHT,
  says: new RegExp(`has no variable ${name}`),
});

export const EXAMPLES: Readonly<Record<string, Example>> = {
  "template-datasource": {
    wrong: choosing({ ...SOURCE, name: "source" }, query("job"), query("instance")),
    right: RIGHT,
    says: /its variable source for a data source should be named prometheus_datasource or datasource/,
  },
  "template-job": targetVariable("job"),
  "template-instance": targetVariable("instance"),
  "template-label-promql": {
    wrong: choosing(SOURCE, query("job", { query: "label_values(up{,job)" }), query("instance")),
    right: RIGHT,
    says: /its variable job asks label_values\(up\{,job\)/,
  },
  "template-on-time-change-reload": {
    wrong: choosing(SOURCE, query("job", { refresh: 1 }), query("instance")),
    right: RIGHT,
    says: /its variable job is refreshed on load/,
  },
  "panel-datasource": {
    wrong: drawing(FULL, { datasource: { type: "prometheus", uid: "abc" } }),
    right: RIGHT,
    says: /panel "Up" asks abc/,
  },
  "panel-title-description": {
    wrong: drawing(FULL, { title: "", description: "" }),
    right: RIGHT,
    says: /has no title and no description/,
  },
  "panel-units": {
    wrong: drawing(FULL, { fieldConfig: { defaults: { unit: "parsecs" } } }),
    right: drawing(FULL, { fieldConfig: { defaults: { unit: "µs" } } }),
    says: /has the unit parsecs, which Grafana does not know/,
  },
  "panel-no-targets": { wrong: dashboard([panel(FULL, { targets: [] })]), right: RIGHT, says: /has no query/ },
  "target-logql": {
    wrong: logs('{job="shop" | json'),
    right: logs('sum(rate({job="shop", env=~"$env"} |= "error" | json [$__auto]))'),
    says: /} is missing/,
  },
  "target-logql-auto": {
    wrong: logs('rate({job="shop"}[5m])'),
    right: logs('rate({job="shop"}[$__auto])'),
    says: /asks over 5m/,
  },
  "target-promql": { wrong: drawing("sum(up"), right: RIGHT, says: /unclosed left parenthesis/ },
  "target-rate-interval": {
    wrong: counting("rate(clicks_total{NARROW}[5m])"),
    right: counting("rate(clicks_total{NARROW}[$__rate_interval]) + rate(clicks_total{NARROW}[1d])"),
    says: /takes a rate over 5m/,
  },
  "target-job": {
    wrong: drawing('up{job="shop",instance=~"$instance"}'),
    right: drawing('up{job=~"${job:regex}",instance=~"$instance"}'),
    says: /up is narrowed by job="shop", not by job=~"\$job"/,
  },
  "target-instance": {
    wrong: drawing('up{job=~"$job"}'),
    right: RIGHT,
    says: /up is not narrowed by instance=~"\$instance"/,
  },
  "target-counter-agg": {
    wrong: counting("sum(clicks_total{NARROW})"),
    right: counting("sum(increase(clicks_total{NARROW}[$__range]))"),
    says: /draws the counter clicks_total as it is/,
  },
  "uneditable-dashboard": { wrong: { ...RIGHT, editable: true }, right: RIGHT, says: /can be changed by hand/ },
  "unknown-series": {
    wrong: counting("catalog_inventory_item{NARROW}"),
    right: counting("catalog_inventory_items{NARROW}"),
    says: /reads catalog_inventory_item, which nothing provides. Did you mean "?catalog_inventory_items"?/,
  },
  "unknown-label": {
    wrong: counting("sum by (skuu) (catalog_inventory_items{NARROW})"),
    right: counting("sum by (sku) (catalog_inventory_items{NARROW})"),
    says: /groups by skuu, which what it groups cannot have/,
  },
  "unknown-variable": {
    wrong: counting('catalog_inventory_items{NARROW,sku=~"$skus"}'),
    right: counting('label_replace(catalog_inventory_items{NARROW}, "a", "$1", "sku", "(.)")'),
    says: /uses the variable skus, which the dashboard does not have/,
  },
  "unit-mismatch": {
    wrong: drawing('sum(catalog_search_seconds{job=~"$job",instance=~"$instance"})', {
      fieldConfig: { defaults: { unit: "bytes" } },
    }),
    right: drawing('sum(catalog_search_seconds{job=~"$job",instance=~"$instance"})', {
      fieldConfig: { defaults: { unit: "dtdurations" } },
    }),
    says: /shows in bytes what is in s/,
  },
  "never-shows": {
    wrong: drawing('sum by (job) (up{job=~"$job",instance=~"$instance"}) and on (instance) vector(1) > 2'),
    right: RIGHT,
    says: /can never show anything/,
  },
  "expensive-query": {
    wrong: counting("sum by (sku) (catalog_inventory_items{NARROW})"),
    right: counting("topk(10, sum by (sku) (catalog_inventory_items{NARROW}))"),
    says: /draws up to 2000 series/,
  },
  "panel-overlap": {
    wrong: dashboard([
      panel(FULL, { gridPos: { x: 0, y: 0, w: 12, h: 8 } }),
      panel(FULL, { title: "Other", gridPos: { x: 11, y: 7, w: 12, h: 8 } }),
    ]),
    right: dashboard([
      panel(FULL, { gridPos: { x: 0, y: 0, w: 12, h: 8 } }),
      panel(FULL, { title: "Other", gridPos: { x: 12, y: 0, w: 12, h: 8 } }),
    ]),
    says: /lies over the panel "Other"/,
  },
};
