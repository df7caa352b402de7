import { by, dashboard, environment, panel } from "tocsin";
import { expect, it } from "vitest";
import { emitDashboard } from "../../../src/emit/grafana/dashboard.ts";
import { emitGrafana } from "../../../src/emit/grafana/grafana.ts";
import { readDashboard } from "../../../src/import/grafana/read-dashboard.ts";
import { type PlannedDashboard, panelsOf } from "../../../src/plan/dashboard/planned.ts";
import { clicks, dashboardNamed, inventory, latency, planned, stock, storefront } from "../../plan/dashboard/shop.ts";

const KINDS = ["timeseries", "stat", "gauge", "bar gauge", "table", "heatmap", "state timeline"] as const;
const every = dashboard("Every kind", {
  owner: storefront,
  description: "All that there is.",
  rows: { Kinds: KINDS.map((as) => panel(`As ${as}`, as === "heatmap" ? inventory.sum(by("sku")) : stock, { as })) },
});

const one = () => dashboardNamed(planned({ every }), "Every kind");
const json = (planned: PlannedDashboard, schema: "v1" | "v2" = "v1") => JSON.parse(emitDashboard(planned, schema).text);

/** What both schemas say of a dashboard. */
const inShort = (read: PlannedDashboard | undefined) => ({
  title: read?.title,
  tags: read?.tags,
  variables: read?.variables.map(({ name, kind, text }) => [name, kind, text]),
  rows: read?.rows.map(({ title, panels }) => [
    title,
    ...panels.map(({ title, as, unit, queries, id }) => [id, title, as, unit, ...queries.map(({ text }) => text)]),
  ]),
});

it.each(["v1", "v2"] as const)("writes in schema %s what reads back as it was planned", (schema) => {
  const read = readDashboard(json(one(), schema));
  expect(inShort(read)).toEqual(inShort(one()));
  expect(read?.uid).toBe("every-kind");
  expect(read?.editable).toBe(false);
  expect(panelsOf(read as PlannedDashboard).flatMap(({ queries }) => queries.flatMap(({ errors }) => errors))).toEqual(
    [],
  );
});

it("writes schema v2 where the environment asks for it", () => {
  const production = environment("production", { grafana: { schema: "v2" } });
  const files = emitGrafana(planned({ every, production }));
  const file = files.find(({ path }) => path === "grafana/dashboards/storefront/every-kind.json");
  expect(JSON.parse(file?.text ?? "{}").apiVersion).toBe("dashboard.grafana.app/v2beta1");
});

it("puts no panel over another, and none beyond the edge", () => {
  for (const dashboard of planned({ every }).dashboards) {
    const panels: { title: string; gridPos: { x: number; y: number; w: number; h: number } }[] = json(dashboard).panels;
    for (const [i, { gridPos: a }] of panels.entries()) {
      expect(a.x + a.w).toBeLessThanOrEqual(24);
      for (const { gridPos: b } of panels.slice(i + 1))
        expect(a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h).toBe(true);
    }
  }
});

it("changes few lines when a panel is added at the end of a row", () => {
  const rows = (more: readonly ReturnType<typeof panel>[]) => ({
    First: [panel("Stock", stock), panel("Clicks", clicks.rate("5m").sum()), panel("Items", inventory.sum()), ...more],
    Second: [panel("Time", latency.rate("5m").sum().quantile(0.9))],
  });
  const lines = (more: readonly ReturnType<typeof panel>[]) => {
    const shop = dashboard("Shop", { owner: storefront, rows: rows(more) });
    return emitDashboard(dashboardNamed(planned({ shop }), "Shop")).text.split("\n");
  };
  const before = new Set(lines([]));
  const added = lines([panel("New", inventory.max())]).filter((line) => !before.has(line));
  expect(added.length).toBeLessThan(30);
});

it("provisions a folder for each team, and the data source", () => {
  const files = emitGrafana(planned({ every }));
  expect(files.map(({ path }) => path)).toEqual([
    "grafana/dashboards/storefront/every-kind.json",
    "grafana/dashboards/storefront/service-catalog.json",
    "grafana/dashboards/storefront/team-storefront.json",
    "grafana/dashboards/fleet/fleet.json",
    "grafana/provisioning/dashboards/tocsin.yml",
    "grafana/provisioning/datasources/tocsin.yml",
  ]);
  expect(files.at(-2)?.text).toContain("path: /etc/grafana/dashboards/fleet");
});

it("draws thresholds as lines and colours", () => {
  const [, panel] = json(one()).panels;
  expect(panel.fieldConfig.defaults.thresholds.steps).toEqual([
    { value: null, color: "red" },
    { value: 1, color: "orange" },
    { value: 10, color: "green" },
  ]);
  expect(panel.fieldConfig.defaults.custom.thresholdsStyle).toEqual({ mode: "dashed" });
});
