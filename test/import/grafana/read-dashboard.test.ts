import { expect, it } from "vitest";
import { readDashboard } from "../../../src/import/grafana/read-dashboard.ts";
import { panelsOf } from "../../../src/plan/dashboard/planned.ts";

const target = { refId: "A", expr: "sum by (sku) (catalog_inventory_items)", legendFormat: "{{sku}}" };
const stock = { id: 2, type: "timeseries", title: "Stock", targets: [target] };

const titles = (json: unknown) =>
  readDashboard(json)?.rows.map(({ title, panels }) => [title, ...panels.map((panel) => panel.title)]);

it("finds panels in rows, in closed rows, and beside them", () => {
  const classic = {
    title: "Shop",
    panels: [
      { ...stock, title: "Above" },
      { type: "row", title: "Catalog", collapsed: false, panels: [] },
      stock,
      { type: "row", title: "Closed", collapsed: true, panels: [{ ...stock, title: "Hidden" }] },
    ],
  };
  expect(titles(classic)).toEqual([
    [undefined, "Above"],
    ["Catalog", "Stock"],
    ["Closed", "Hidden"],
  ]);
  expect(titles({ title: "Old", rows: [{ title: "Catalog", panels: [stock] }] })).toEqual([["Catalog", "Stock"]]);
});

it("takes dashboards out of what they are wrapped in", () => {
  const inner = { title: "Shop", panels: [stock] };
  for (const wrapped of [
    { dashboard: inner, meta: {} },
    { apiVersion: "dashboard.grafana.app/v1beta1", kind: "Dashboard", metadata: { name: "shop" }, spec: inner },
    { apiVersion: "grafana.integreatly.org/v1beta1", kind: "GrafanaDashboard", spec: { json: JSON.stringify(inner) } },
  ]) {
    expect(titles(wrapped)).toEqual([[undefined, "Stock"]]);
  }
  for (const other of [null, 7, "x", [], {}, { title: "no dashboard" }, { spec: { json: "{" } }]) {
    expect(readDashboard(other)).toBeUndefined();
  }
});

it("reads schema v2: elements, and the layouts that place them", () => {
  const element = (title: string, group: string) => ({
    kind: "Panel",
    spec: {
      id: 1,
      title,
      data: {
        kind: "QueryGroup",
        spec: {
          queries: [
            {
              kind: "PanelQuery",
              spec: {
                refId: "A",
                hidden: false,
                query: { kind: "DataQuery", group, datasource: { name: "$source" }, spec: { expr: "up" } },
              },
            },
          ],
        },
      },
      vizConfig: { kind: "VizConfig", group: "stat", spec: { fieldConfig: { defaults: { unit: "s" } } } },
    },
  });
  const item = (name: string) => ({
    kind: "GridLayoutItem",
    spec: { x: 0, y: 0, width: 12, height: 8, element: { kind: "ElementReference", name } },
  });
  const dashboard = readDashboard({
    apiVersion: "dashboard.grafana.app/v2beta1",
    metadata: { name: "shop" },
    spec: {
      title: "Shop",
      elements: { a: element("Up", "prometheus"), b: element("Logs", "loki"), c: element("Lost", "prometheus") },
      layout: {
        kind: "TabsLayout",
        spec: {
          tabs: [
            {
              kind: "TabsLayoutTab",
              spec: { title: "First", layout: { kind: "GridLayout", spec: { items: [item("a"), item("b")] } } },
            },
          ],
        },
      },
      variables: [
        {
          kind: "QueryVariable",
          spec: {
            name: "job",
            query: { kind: "DataQuery", group: "prometheus", spec: { query: "label_values(up, job)" } },
          },
        },
      ],
    },
  });
  expect(dashboard?.uid).toBe("shop");
  expect(dashboard?.rows.map(({ title, panels }) => [title, ...panels.map((panel) => panel.title)])).toEqual([
    ["First", "Up", "Logs"],
    [undefined, "Lost"],
  ]);
  const [up, logs] = dashboard === undefined ? [] : panelsOf(dashboard);
  expect(up).toMatchObject({ as: "stat", unit: "s", place: { w: 12, h: 8 } });
  expect(up?.queries[0]?.expr?.kind).toBe("VectorSelector");
  expect(logs?.queries[0]?.skipped).toBe("its data source is loki, not Prometheus");
  expect(dashboard?.variables[0]?.query?.kind).toBe("label_values");
});

it("knows a data source through a variable, an input, its panel, or its name", () => {
  const dashboard = readDashboard({
    title: "Shop",
    __inputs: [{ name: "DS_LOGS", type: "datasource", pluginId: "loki" }],
    templating: { list: [{ type: "datasource", name: "source", query: "loki" }] },
    panels: [
      { ...stock, datasource: "$source" },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana
      { ...stock, datasource: { type: "prometheus", uid: "${DS_LOGS}" } },
      { ...stock, datasource: "Loki" },
      { ...stock, datasource: "-- Mixed --", targets: [{ ...target, datasource: { type: "influxdb" } }, target] },
      { ...stock, datasource: null },
    ],
  });
  const skipped = dashboard?.rows.flatMap(({ panels }) => panels.map(({ queries }) => queries.map((q) => q.skipped)));
  const loki = "its data source is loki, not Prometheus";
  expect(skipped).toEqual([
    [loki],
    [loki],
    [loki],
    ["its data source is influxdb, not Prometheus", undefined],
    [undefined],
  ]);
});

it("reads variables of every type, and what they ask", () => {
  const list = [
    { type: "query", name: "sku", query: "label_values(catalog_inventory_items, sku)", multi: true, refresh: 2 },
    {
      type: "query",
      name: "top",
      query: { qryType: 3, query: "query_result(topk(5, catalog_inventory_items))", refId: "A" },
    },
    { type: "query", name: "metric", definition: "metrics(catalog_.*)" },
    { type: "custom", name: "least", query: "1,5,10", current: { value: ["5"] } },
    { type: "interval", name: "window", query: "1m,5m", options: [{ value: "5m", selected: true }] },
    { type: "adhoc", name: "filters" },
    { type: "textbox", name: "text" },
    { type: "constant", name: "always", query: "7" },
  ];
  const variables = readDashboard({ title: "Shop", panels: [], templating: { list } })?.variables ?? [];
  expect(variables.map(({ kind, query, current }) => [kind, query?.kind, current])).toEqual([
    ["query", "label_values", undefined],
    ["query", "query_result", undefined],
    ["query", "metrics", undefined],
    ["custom", undefined, "5"],
    ["interval", undefined, "5m"],
    ["adhoc", undefined, undefined],
    ["textbox", undefined, undefined],
    ["constant", undefined, undefined],
  ]);
  expect(variables[0]).toMatchObject({ multi: true, refresh: "on time range" });
});

it("reads the queries of annotations, and lets Grafana's own be", () => {
  const list = [
    { builtIn: 1, name: "Annotations & Alerts", datasource: { type: "grafana", uid: "-- Grafana --" } },
    {
      name: "Deploys",
      datasource: "Prometheus",
      expr: "changes(catalog_build_info[5m]) > 0",
      titleFormat: "{{version}}",
    },
  ];
  const annotations = readDashboard({ title: "Shop", panels: [], annotations: { list } })?.annotations;
  expect(annotations?.map(({ query }) => query?.expr?.kind)).toEqual([undefined, "BinaryExpr"]);
});

it("is not shaken by junk in any place", () => {
  const junk = [null, 7, "x", [], {}, [null], [[]], [{}], { list: 7 }, { spec: [] }];
  for (const value of junk) {
    for (const key of [
      "panels",
      "rows",
      "templating",
      "annotations",
      "links",
      "elements",
      "layout",
      "tags",
      "variables",
    ]) {
      expect(() => readDashboard({ title: "x", schemaVersion: 1, panels: [stock], [key]: value })).not.toThrow();
    }
    for (const key of [
      "targets",
      "datasource",
      "fieldConfig",
      "gridPos",
      "options",
      "links",
      "libraryPanel",
      "yaxes",
    ]) {
      expect(() => readDashboard({ title: "x", panels: [{ ...stock, [key]: value }] })).not.toThrow();
    }
  }
});
