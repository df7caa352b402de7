// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Grafana
/** Dashboards of all ages and in all wrappings, and what people put into them. */
import { describe, expect, it } from "vitest";
import { readDashboard, readDashboards } from "../../../src/import/grafana/read-dashboard.ts";
import { parseJson } from "../../../src/import/grafana/unwrap.ts";
import { type PlannedDashboard, panelsOf } from "../../../src/plan/dashboard/planned.ts";

const EXPR = "sum by (sku) (catalog_inventory_items)";
const stock = { id: 2, type: "timeseries", title: "Stock", targets: [{ refId: "A", expr: EXPR }] };
const shop = { title: "Shop", schemaVersion: 39, panels: [stock] };
const written = JSON.stringify(shop);

const panelQueries = (json: unknown) =>
  readDashboards(json).map((one) => [one.title, ...panelsOf(one).flatMap(({ queries }) => queries.map((q) => q.text))]);

describe("is found", () => {
  const one = [["Shop", EXPR]];
  it.each<[where: string, json: unknown, found: readonly unknown[]]>([
    ["by itself", shop, one],
    ["in a list", [shop, shop], [...one, ...one]],
    ["in an answer of the API", { meta: { slug: "shop" }, dashboard: shop }, one],
    ["in a call of the API", { dashboard: shop, overwrite: true, folderUid: "x", inputs: [] }, one],
    ["in a resource", { apiVersion: "dashboard.grafana.app/v1", kind: "Dashboard", spec: shop }, one],
    ["in a ConfigMap", { kind: "ConfigMap", data: { "shop.json": written, "readme.md": "# Shop" } }, one],
    [
      "in a list of objects",
      { kind: "List", items: [{ kind: "ConfigMap", data: { a: written, b: written } }] },
      [...one, ...one],
    ],
    ["in an operator's object", { kind: "GrafanaDashboard", spec: { json: written } }, one],
    ["in a manifest", { spec: { template: { kind: "Dashboard", spec: shop } } }, one],
    ["in a bundle", { dashboards: { shop: { dashboard: shop } } }, one],
    ["as a text", `\uFEFF${written}`, one],
    ["nowhere", { spec: { json: "{" }, other: "[1, 2", list: [null, 7, "x"] }, []],
    ["not in rules of alerts", { groups: [{ title: "x", annotations: {}, data: [] }] }, []],
  ])("%s", (_, json, found) => {
    expect(panelQueries(json)).toEqual(found);
  });

  it("behind a byte order mark", () => {
    expect(panelQueries(parseJson(`\uFEFF${written}`))).toEqual(one);
  });
});

describe("of before Grafana 5", () => {
  const dashboard = readDashboard({
    title: "Old",
    rows: [
      {
        title: "Numbers",
        collapse: true,
        height: "100px",
        panels: [
          {
            type: "singlestat",
            title: "Stock",
            span: 3,
            format: "bytes",
            thresholds: "10,20",
            colors: ["#d44a3a", "rgba(237, 129, 40, 0.89)", "green"],
            gauge: { show: true, minValue: 0, maxValue: 100 },
            valueName: "avg",
            valueMaps: [
              { op: "=", text: "N/A", value: "null" },
              { op: "=", text: "none", value: "0" },
            ],
            sparkline: { show: true },
            colorBackground: true,
            targets: [{ expr: "catalog_inventory_items", step: 10, intervalFactor: 2 }],
          },
          {
            type: "graph",
            title: "Clicks",
            fill: 3,
            stack: true,
            legend: { show: true, values: true, current: true, max: true, rightSide: true },
            yaxes: [{ format: "ops", min: "0", max: null, label: "clicks", logBase: 2 }, { format: "short" }],
            seriesOverrides: [{ alias: "/out.*/", transform: "negative-Y", yaxis: 2, color: "#E24D42", dashes: true }],
            targets: [{ expr: "rate(clicks_total[[[window]]])" }, { expr: "", refId: "B" }],
          },
          {
            type: "table-old",
            title: "Orders",
            styles: [
              { pattern: "Time", type: "hidden" },
              { pattern: "Value #A", alias: "Items", unit: "short", decimals: 2, link: true, linkUrl: "/d/x" },
            ],
            targets: [{ expr: "orders", format: "table", instant: true }],
          },
        ],
      },
    ],
    templating: {
      list: [
        { name: "window", type: "interval", query: "1m,5m" },
        { name: "job", query: "label_values(up, job)" },
      ],
    },
  }) as PlannedDashboard;
  const [number, graph, table] = panelsOf(dashboard);

  it("has its rows, closed or open", () => {
    expect(dashboard.rows).toMatchObject([{ title: "Numbers", collapsed: true }]);
  });

  it("has numbers, with limits, words and a range", () => {
    expect(number).toMatchObject({
      as: "stat",
      unit: "bytes",
      min: 0,
      max: 100,
      thresholds: [
        { from: undefined, color: "#d44a3a" },
        { from: 10, color: "orange" },
        { from: 20, color: "green" },
      ],
      mappings: { "0": { text: "none" } },
      look: { shows: "mean", sparkline: true, colored: "background" },
    });
  });

  it("has graphs, with axes and overrides", () => {
    expect(graph).toMatchObject({
      as: "timeseries",
      unit: "ops",
      min: 0,
      stack: true,
      look: { fill: 30, axis: { label: "clicks", scale: "log2" }, legendAt: "right", legendShows: ["last", "max"] },
      series: [{ of: "/out.*/", negative: true, axis: "right", color: "#E24D42", dashed: true }],
    });
    expect(graph?.queries.map(({ errors, skipped }) => [errors, skipped])).toEqual([
      [[], undefined],
      [[], "its expression is empty"],
    ]);
  });

  it("has tables, with names for columns", () => {
    expect(table?.series).toMatchObject([
      { of: "Time", hidden: true },
      { of: "Value #A", name: "Items", decimals: 2, links: [{ url: "/d/x" }] },
    ]);
  });

  it("has variables that say no type", () => {
    expect(dashboard.variables.map(({ kind, query }) => [kind, query?.kind])).toEqual([
      ["interval", undefined],
      ["query", "label_values"],
    ]);
  });
});

it("reads library panels, wherever their insides are", () => {
  const named = { id: 1, title: "Stock", libraryPanel: { uid: "lib", name: "Stock" } };
  const { title: _, id: __, ...model } = stock;
  for (const elements of [{ lib: { uid: "lib", model } }, [{ uid: "lib", model }]]) {
    expect(panelQueries({ title: "Shop", panels: [named], __elements: elements })).toEqual([["Shop", EXPR]]);
    const inRow = { type: "row", panels: [named] };
    expect(panelQueries({ title: "Shop", panels: [inRow], __elements: elements })).toEqual([["Shop", EXPR]]);
  }
  const withModel = { ...named, libraryPanel: { uid: "lib", model } };
  expect(panelQueries({ title: "Shop", panels: [withModel] })).toEqual([["Shop", EXPR]]);
});

describe("a query", () => {
  const skippedOf = (datasource: unknown, target: object, more: object = {}) =>
    panelsOf(
      readDashboard({
        title: "Shop",
        templating: {
          list: [
            { type: "datasource", name: "logs", query: "loki" },
            { type: "datasource", name: "datasource", query: "prometheus" },
          ],
        },
        __inputs: [{ name: "DS_METRICS", pluginId: "prometheus" }],
        panels: [{ ...stock, datasource, targets: [target] }],
        ...more,
      }) as PlannedDashboard,
    )[0]?.queries.map(({ skipped, errors }) => skipped ?? errors.map(({ message }) => message).join());
  const up = { expr: "up" };
  const logql = { expr: '{app="shop"} |= "error"', queryType: "range" };
  const mixed = { type: "datasource", uid: "-- Mixed --" };

  it.each<[string, unknown, object, string]>([
    ["that says nothing", undefined, up, ""],
    ["of the usual data source", null, up, ""],
    ["of a name", "Prometheus", up, ""],
    ["of a variable", { type: "prometheus", uid: "${datasource}" }, up, ""],
    ["of a variable of old", "[[datasource]]", up, ""],
    ["of an input", "${DS_METRICS}", up, ""],
    ["of a variable that nobody has", "${ds}", up, ""],
    ["among several", mixed, { ...up, datasource: { uid: "$datasource" } }, ""],
    ["for Loki, by its type", { type: "loki", uid: "x" }, logql, "its data source is loki, not Prometheus"],
    ["for Loki, by a variable", "$logs", logql, "its data source is loki, not Prometheus"],
    ["for Loki, by its words", "Logs of the shop", logql, "it is LogQL, not PromQL"],
    [
      "for Loki, among several",
      mixed,
      { ...logql, datasource: { type: "loki" } },
      "its data source is loki, not Prometheus",
    ],
    ["for Loki, that counts", null, { expr: 'sum(rate({a="b"} | json | c > 1 [5m]))' }, "it is LogQL, not PromQL"],
    ["for Tempo", { type: "tempo", uid: "t" }, { query: "{}" }, "its data source is tempo, not Prometheus"],
    ["for InfluxDB", "InfluxDB", { query: "SELECT 1" }, "its data source is influxdb, not Prometheus"],
    [
      "for CloudWatch",
      mixed,
      { datasource: { type: "cloudwatch" }, expression: "" },
      "its data source is cloudwatch, not Prometheus",
    ],
    [
      "of an expression",
      mixed,
      { datasource: { type: "__expr__", uid: "__expr__" }, type: "math", expression: "$A / 2" },
      "its data source is __expr__, not Prometheus",
    ],
    [
      "of another panel",
      { type: "datasource", uid: "-- Dashboard --" },
      { panelId: 2 },
      "it asks Grafana itself (-- Dashboard --)",
    ],
    ["that is hidden and wrong", "Prometheus", { expr: "sum(up", hide: true }, "unclosed left parenthesis"],
    ["with a pipe in a text", null, { expr: 'up{a=~"}|=b"} +' }, "unexpected end of input"],
  ])("%s", (_, datasource, target, said) => {
    expect(skippedOf(datasource, target)).toEqual([said]);
  });
});

describe("the query of a variable", () => {
  it.each<[string, unknown, string | undefined]>([
    ["as a text", "label_values(up, job)", "label_values"],
    ["of two lines", 'label_values(\n  up{job=~"a,b"},\n  instance\n)', "label_values"],
    ["in an object", { query: "label_names()", refId: "A" }, "label_names"],
    ["from a form", { qryType: 1, label: "job", metric: "up", refId: "A" }, "label_values"],
    ["of a form's metrics", { qryType: 2, metricRegex: "catalog_.*" }, "metrics"],
    ["of a form's result", { qryType: 3, varQuery: "topk(5, up)" }, "query_result"],
    ["of series", { qryType: 4, seriesQuery: 'up{job="$job"}' }, "series"],
    ["as it was before", { qryType: 5, classicQuery: "metrics(.*)" }, "metrics"],
    ["that is empty", "", undefined],
  ])("%s", (_, query, kind) => {
    const list = [{ type: "query", name: "x", query }];
    const [variable] = readDashboard({ title: "Shop", panels: [], templating: { list } })?.variables ?? [];
    expect(variable?.query?.kind).toBe(kind);
    expect(variable?.errors).toEqual([]);
  });
});

describe.each(["v2alpha1", "v2beta1", "v2"])("schema %s", (version) => {
  const early = version === "v2alpha1";
  const data = (expr: string) => ({ expr, refId: "A", legendFormat: "{{sku}}" });
  const asked = (group: string, spec: object) =>
    early
      ? { query: { kind: group, spec }, datasource: { type: group, uid: "${source}" } }
      : { query: { kind: "DataQuery", group, version: "v0", datasource: { name: "${source}" }, spec } };
  const viz = {
    options: { legend: { showLegend: false } },
    fieldConfig: { defaults: { unit: "s", decimals: 1 }, overrides: [] },
  };
  const element = (id: number, title: string, spec: object) => ({
    kind: "Panel",
    spec: {
      id,
      title,
      transparent: true,
      data: {
        kind: "QueryGroup",
        spec: {
          queries: [{ kind: "PanelQuery", spec: { refId: "A", hidden: id === 2, ...asked("prometheus", spec) } }],
          queryOptions: { timeFrom: "1h" },
        },
      },
      vizConfig: early ? { kind: "stat", spec: viz } : { kind: "VizConfig", group: "stat", version: "1", spec: viz },
    },
  });
  const item = (name: string, more: object = {}) => ({
    kind: "GridLayoutItem",
    spec: { x: 0, y: 0, width: 6, height: 4, element: { kind: "ElementReference", name }, ...more },
  });
  const grid = (...items: readonly object[]) => ({ kind: "GridLayout", spec: { items } });
  const repeat = { mode: "variable", value: "sku", direction: "h" };
  const dashboard = readDashboard({
    apiVersion: `dashboard.grafana.app/${version}`,
    kind: "Dashboard",
    metadata: { name: "shop" },
    spec: {
      title: "Shop",
      elements: {
        a: element(1, "Stock", data(EXPR)),
        b: element(2, "Clicks", data("rate(clicks_total[$__rate_interval])")),
        c: { kind: "LibraryPanel", spec: { id: 3, title: "Library", libraryPanel: { uid: "x", name: "X" } } },
        d: element(4, "Auto", data("up")),
      },
      layout: {
        kind: "RowsLayout",
        spec: {
          rows: [
            {
              kind: "RowsLayoutRow",
              spec: {
                title: "One",
                collapse: true,
                repeat: { mode: "variable", value: "sku" },
                layout: grid(item("a", { repeat }), item("b"), item("gone")),
              },
            },
            {
              kind: "RowsLayoutRow",
              spec: {
                title: "Two",
                layout: {
                  kind: "TabsLayout",
                  spec: {
                    tabs: [
                      {
                        kind: "TabsLayoutTab",
                        spec: {
                          title: "Tab",
                          layout: {
                            kind: "AutoGridLayout",
                            spec: {
                              items: [
                                {
                                  kind: "AutoGridLayoutItem",
                                  spec: { element: { kind: "ElementReference", name: "d" }, repeat },
                                },
                              ],
                            },
                          },
                        },
                      },
                    ],
                  },
                },
              },
            },
          ],
        },
      },
      timeSettings: { from: "now-1h", to: "now", autoRefresh: "30s", timezone: "utc" },
      variables: [
        {
          kind: "QueryVariable",
          spec: {
            name: "sku",
            regex: "",
            sort: "numericalAsc",
            ...asked("prometheus", { query: "label_values(catalog_inventory_items, sku)" }),
          },
        },
        { kind: "DatasourceVariable", spec: { name: "source", pluginId: "prometheus" } },
        { kind: "IntervalVariable", spec: { name: "window", query: "1m,5m", current: { value: "5m" } } },
        { kind: "AdhocVariable", spec: { name: "Filters" } },
      ],
      annotations: [
        {
          kind: "AnnotationQuery",
          spec: {
            name: "Deploys",
            enable: true,
            ...asked("prometheus", { expr: "changes(catalog_build_info[5m]) > 0" }),
          },
        },
        {
          kind: "AnnotationQuery",
          spec: {
            name: "Old",
            enable: true,
            ...asked("prometheus", {}),
            legacyOptions: { expr: "up == 0", titleFormat: "down" },
          },
        },
      ],
    },
  }) as PlannedDashboard;

  it("has its elements, where the layout puts them, repeated where it says so", () => {
    expect(
      dashboard.rows.map(({ title, collapsed, repeat, panels }) => [
        title,
        collapsed,
        repeat,
        panels.map((one) => [one.title, one.repeat]),
      ]),
    ).toEqual([
      [
        "One",
        true,
        "sku",
        [
          ["Stock", "sku"],
          ["Clicks", undefined],
        ],
      ],
      ["Two", false, undefined, []],
      ["Tab", false, undefined, [["Auto", "sku"]]],
      [undefined, false, undefined, [["Library", undefined]]],
    ]);
  });

  it("has queries that are read, and looks", () => {
    const [stock, clicks] = panelsOf(dashboard);
    expect(stock).toMatchObject({
      as: "stat",
      unit: "s",
      decimals: 1,
      look: { transparent: true, over: "1h", legendAt: "nowhere" },
    });
    expect(stock?.queries[0]).toMatchObject({
      text: EXPR,
      expr: { kind: "AggregateExpr" },
      legend: "{{sku}}",
      hidden: false,
    });
    expect(clicks?.queries[0]).toMatchObject({ errors: [], skipped: undefined, hidden: true });
  });

  it("has variables, annotations and the time", () => {
    expect(dashboard.variables.map(({ name, kind, query }) => [name, kind, query?.kind])).toEqual([
      ["sku", "query", "label_values"],
      ["source", "datasource", undefined],
      ["window", "interval", undefined],
      ["Filters", "adhoc", undefined],
    ]);
    expect(dashboard.annotations.map(({ query }) => query?.text)).toEqual([
      "changes(catalog_build_info[5m]) > 0",
      "up == 0",
    ]);
    expect(dashboard.time).toEqual({ from: "now-1h", to: "now", refresh: "30s", timezone: "utc" });
  });
});

const SMALL = {
  title: "Shop",
  schemaVersion: 39,
  elements: {
    a: {
      kind: "Panel",
      spec: {
        data: { spec: { queries: [{ spec: { query: { kind: "DataQuery", spec: { expr: "up" } } } }] } },
        vizConfig: { spec: {} },
      },
    },
  },
  layout: {
    kind: "GridLayout",
    spec: { items: [{ kind: "GridLayoutItem", spec: { element: { name: "a" }, repeat: { value: "x" } } }] },
  },
  variables: [{ kind: "QueryVariable", spec: { query: { spec: { query: "up" } }, current: { value: ["a"] } } }],
  annotations: [{ spec: { query: { spec: { expr: "up" } }, legacyOptions: {} } }],
  timeSettings: { from: "now-1h" },
};

const CLASSIC = {
  title: "Shop",
  time: { from: "now-1h" },
  tags: ["a"],
  links: [{ title: "a", url: "/b" }],
  __inputs: [{ name: "a", pluginId: "b" }],
  __elements: { a: { model: {} } },
  annotations: { list: [{ expr: "up", target: {} }] },
  templating: {
    list: [{ type: "query", query: { query: "up" }, options: [{ value: "a" }], current: { value: ["b"] } }],
  },
  rows: [
    {
      title: "a",
      panels: [
        {
          type: "graph",
          thresholds: "1,2",
          colors: ["red"],
          yaxes: [{ min: 0 }],
          legend: { values: true },
          valueMaps: [{ value: "1" }],
          styles: [{ pattern: "a" }],
          seriesOverrides: [{ alias: "a" }],
        },
      ],
    },
  ],
  panels: [
    {
      type: "row",
      panels: [
        {
          ...stock,
          datasource: { type: "a", uid: "$b" },
          gridPos: { w: 1, h: 2 },
          links: [{ url: "/" }],
          libraryPanel: { uid: "a", model: {} },
        },
      ],
    },
    {
      ...stock,
      options: { legend: { calcs: ["max"] }, reduceOptions: { calcs: ["mean"] }, sortBy: [{ displayName: "a" }] },
      transformations: [{ id: "organize", options: {} }],
      fieldConfig: {
        defaults: {
          unit: "s",
          mappings: [{ type: "value", options: { a: { text: "b" } } }],
          thresholds: { steps: [{ value: 1 }] },
          custom: { stacking: { mode: "a" } },
          color: { mode: "fixed" },
        },
        overrides: [
          {
            matcher: { id: "byName", options: "a" },
            properties: [
              { id: "mappings", value: [{ type: "value", options: {} }] },
              { id: "links", value: [{}] },
            ],
          },
        ],
      },
    },
  ],
};

it.each([
  ["the classic schema", CLASSIC],
  ["schema v2", { metadata: {}, spec: SMALL }],
])("is not shaken by junk in any place of %s", (_, dashboard) => {
  let tried = 0;
  for (const json of damaged(JSON.parse(JSON.stringify(dashboard)))) {
    readDashboards(json);
    tried++;
  }
  expect(tried).toBeGreaterThan(300);
});

const JUNK: readonly unknown[] = [null, 7, "x", true, [], {}, [null], [[]], [{}], { list: 7 }, { spec: [] }, "{", "$x"];

/** The JSON with one place of it at a time replaced by junk, or gone. */
function* damaged(json: unknown): Generator<unknown> {
  if (typeof json !== "object" || json === null) return;
  const holder = json as Record<string, unknown>;
  for (const key of Object.keys(holder)) {
    const before = holder[key];
    for (const junk of JUNK) {
      holder[key] = junk;
      yield json;
    }
    delete holder[key];
    yield json;
    holder[key] = before;
    for (const inner of damaged(before)) {
      holder[key] = inner;
      yield json;
    }
    holder[key] = before;
  }
}
