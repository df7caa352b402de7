/** How fast alerts are routed, and how long a simulated day of Alertmanager takes. */
import { type AlertmanagerConfig, readConfig } from "../../src/alertmanager/config/config.ts";
import { compileRoutes, matchRoutes, type Route } from "../../src/alertmanager/route/route.ts";
import { deliveriesOf } from "../../src/alertmanager/send/prometheus.ts";
import { Simulator } from "../../src/alertmanager/simulate/simulator.ts";
import type { LabelSet } from "../../src/label/label-set.ts";
import { median } from "./statistics.ts";

const ROUNDS = 3;
const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** Routes a million label sets through trees of 2,000 routes, and simulates days of 10,000 alerts. */
export async function benchRoutes(report: (line: string) => void): Promise<void> {
  for (const [shape, source] of [
    ["100 teams of 20 routes", teamTree()],
    ["2,000 teams side by side", flatTree("=")],
    ["2,000 regular expressions side by side, which no index helps", flatTree("=~")],
  ] as const)
    benchTree(shape, source, report);
  for (const [what, groupBy, inhibits] of [
    ["50 groups", "[alertname]", false],
    ["a group each", "[alertname, pod]", false],
    ["50 groups, half of the alerts inhibited", "[alertname]", true],
  ] as const)
    benchDay(what, groupBy, inhibits, report);
}

function benchTree(shape: string, source: string, report: (line: string) => void): void {
  const read = performance.now();
  const root = compileRoutes(configOf(source).route);
  const reading = performance.now() - read;
  const sets = labelSets(10_000);
  const count = shape.includes("regular") ? 20_000 : 1_000_000;
  let found = 0;
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    for (let i = 0; i < count; i++) found += matchRoutes(root, sets[i % sets.length] as LabelSet).length;
    return performance.now() - start;
  });
  const naive = performance.now();
  const few = 2000;
  for (let i = 0; i < few; i++) found += tryAll(root, sets[i] as LabelSet).length;
  const each = (performance.now() - naive) / few;
  const ms = median(times);
  report(
    `${count.toLocaleString("en")} label sets through ${shape}: ${spread(times)}, ${((ms / count) * 1e6).toFixed(0)} ns each; ` +
      `trying every route in turn takes ${(each / (ms / count)).toFixed(0)} times as long; ` +
      `reading and compiling the configuration ${reading.toFixed(0)} ms (${found > 0 ? "ok" : "nothing found"})`,
  );
}

function benchDay(what: string, groupBy: string, inhibits: boolean, report: (line: string) => void): void {
  const config = configOf(`
route: { receiver: desk, group_by: ${groupBy}, routes: [{ matchers: [severity=page], receiver: page }] }
receivers: [{ name: desk, webhook_configs: [{ url: 'http://x/' }] }, { name: page, webhook_configs: [{ url: 'http://x/' }] }]
inhibit_rules: [${inhibits ? "{ source_matchers: [severity=page], target_matchers: [severity=ticket], equal: [pair] }" : ""}]
`);
  const alerts = Array.from({ length: 10_000 }, (_, i) => {
    const firedAt = ((i * 7919) % 1400) * MINUTE;
    const severity = i % 2 === 0 ? "page" : "ticket";
    const labels = {
      alertname: `Alert${i % 50}`,
      pod: `pod-${i}`,
      pair: `pair-${i >> 1}`,
      team: `team-${i % 20}`,
      severity,
    };
    return { labels, annotations: { summary: "x" }, firedAt, resolvedAt: firedAt + (5 + (i % 300)) * MINUTE };
  });
  let told = 0;
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    const simulator = new Simulator(config);
    for (const alert of alerts)
      for (const delivery of deliveriesOf(alert, { interval: MINUTE }, DAY)) simulator.deliver(delivery);
    told = simulator.advance(DAY).length;
    return performance.now() - start;
  });
  report(`a day of 10,000 alerts in ${what}: ${spread(times)}, ${told.toLocaleString("en")} notifications`);
}

function spread(times: readonly number[]): string {
  return `${Math.min(...times).toFixed(0)} / ${median(times).toFixed(0)} / ${Math.max(...times).toFixed(0)} ms (least / median / most of ${times.length})`;
}

function configOf(source: string): AlertmanagerConfig {
  const { config, diagnostics } = readConfig(source);
  if (config === undefined) throw new Error(diagnostics[0]?.message);
  return config;
}

function teamTree(): string {
  const teams = Array.from({ length: 100 }, (_, team) => {
    const below = Array.from({ length: 19 }, (_, i) => {
      const severity = ["page", "ticket", 'info"'][i % 3]?.replace('"', "");
      return `{ matchers: ['service="service-${i}"', 'severity=~"${severity}|${severity}s"', 'env!="test"'], receiver: r, continue: ${i % 5 === 0} }`;
    });
    return `{ matchers: ['team="team-${team}"'], routes: [${below.join(", ")}] }`;
  });
  return `route: { receiver: r, routes: [\n${teams.join(",\n")} ] }\nreceivers: [{ name: r }]\n`;
}

function flatTree(op: string): string {
  const value = (i: number) => (op === "=" ? `team-${i}` : `team-${i}-?.*`);
  const routes = Array.from(
    { length: 1999 },
    (_, i) => `{ matchers: ['team${op}"${value(i)}"', 'env!="test"'], receiver: r }`,
  );
  return `route: { receiver: r, routes: [\n${routes.join(",\n")} ] }\nreceivers: [{ name: r }]\n`;
}

function labelSets(count: number): readonly LabelSet[] {
  return Array.from({ length: count }, (_, i) => ({
    alertname: `Alert${i % 700}`,
    team: `team-${(i * 31) % 2100}`.replace(/-(\d\d)\d+$/, i % 2 === 0 ? "-$1" : "$&"),
    service: `service-${i % 25}`,
    severity: ["page", "ticket", "info"][i % 3] as string,
    env: "production",
    instance: `10.0.${i % 250}.1:9090`,
    sku: `sku-${i}`,
  }));
}

/** Routing without an index. */
function tryAll(route: Route, labels: LabelSet): readonly Route[] {
  if (!route.matchers.every(({ name, test }) => test(labels[name] ?? ""))) return [];
  const all: Route[] = [];
  for (const child of route.routes) {
    const found = tryAll(child, labels);
    all.push(...found);
    if (found.length > 0 && !child.continue) break;
  }
  return all.length === 0 ? [route] : all;
}
