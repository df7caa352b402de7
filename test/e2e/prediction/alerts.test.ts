import { expect, it } from "vitest";
import { parseOrThrow } from "../../../src/promql/parse/parse.ts";
import type { RuleGroup } from "../../../src/rule/rule.ts";
import { postedAlerts } from "./alerts.ts";
import type { KeptSample } from "./kept.ts";

const stock: RuleGroup = {
  name: "catalog",
  file: "catalog.yml",
  intervalMs: 1000,
  queryOffsetMs: 0,
  limit: 0,
  rules: [
    {
      kind: "alerting",
      name: "InventoryLow",
      expr: parseOrThrow("stock < 10"),
      text: "stock < 10",
      labels: {},
      forMs: 1000,
      keepFiringForMs: 0,
      annotations: { summary: "Only {{ $value }} left" },
    },
  ],
};

/** The group is evaluated at 0.3 s, 1.3 s, … */
function posts(samples: readonly KeptSample[]) {
  return postedAlerts([stock], {
    kept: [{ labels: { __name__: "stock", sku: "mug" }, samples }],
    intervalOf: () => 1000,
    evaluatedAt: () => 7300,
    externalLabels: { environment: "local" },
    externalUrl: "http://prometheus",
    startMs: 0,
    endMs: 9000,
  });
}

it("evaluates a group when Prometheus did, and posts what fires and what has resolved", () => {
  const found = posts([
    { timeMs: 1200, value: 9, seenMs: 1210 },
    { timeMs: 4200, value: 40, seenMs: 4210 },
  ]);
  const alert = {
    labels: { alertname: "InventoryLow", environment: "local", sku: "mug" },
    annotations: { summary: "Only 9 left" },
    startsAt: 2300,
  };
  expect(found).toMatchObject([
    { ...alert, at: 2300 },
    { ...alert, at: 4300, endsAt: 4300 },
  ]);
});

it("does not see what was still being scraped", () => {
  const found = posts([{ timeMs: 1200, value: 9, seenMs: 1310 }]);
  expect(found).toMatchObject([{ at: 3300 }]);
});

it("sees that a series ended", () => {
  const found = posts([
    { timeMs: 1200, value: 9, seenMs: 1210 },
    { timeMs: 3200, value: "stale", seenMs: 3210 },
  ]);
  expect(found).toMatchObject([{ at: 2300 }, { at: 3300, endsAt: 3300 }]);
});
