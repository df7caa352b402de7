/** Workspaces of any size: each service with ten alerts, five recording rules and a dashboard. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Writes `monitors/` with so many services, a file each. */
export function generateWorkspace(root: string, services: number): void {
  mkdirSync(join(root, "monitors"), { recursive: true });
  writeFileSync(join(root, "package.json"), '{ "name": "fleet", "type": "module" }\n');
  writeFileSync(join(root, "monitors", "teams.ts"), teams());
  for (let i = 0; i < services; i++) writeFileSync(join(root, "monitors", `${serviceName(i)}.ts`), serviceText(i));
}

export const serviceName = (i: number): string => `service-${String(i).padStart(4, "0")}`;

const TEAMS = 20;

function teams(): string {
  const each = Array.from(
    { length: TEAMS },
    (_, i) =>
      `export const team${i} = team("team-${i}", { page: webhook("page-${i}", { url: "http://desk.example/${i}" }), ticket: webhook("ticket-${i}", { url: "http://desk.example/t${i}" }) });`,
  );
  return `import { team, webhook } from "tocsin";\n${each.join("\n")}\n`;
}

/** One service's file; `threshold` is what an edit changes. */
export function serviceText(i: number, threshold = 10): string {
  const name = serviceName(i);
  const prefix = name.replaceAll("-", "_");
  const alerts = Array.from(
    { length: 6 },
    (_, n) => `
export const slow${n} = alert("Slow${n}", {
  service: ${"self"},
  when: latency.rate("${n + 2}m").sum(by("route")).quantile(0.9${n}).above(${threshold + n}),
  for: "${n + 1}m",
  severity: ${n % 2 === 0 ? '"page"' : '"ticket"'},
  summary: ({ route }, seconds) => \`\${route} takes \${seconds.fixed(2)} s\`,
  description: ({ route }) => \`Nine in ten requests to \${route} of ${name} are slower than they should be.\`,
});`,
  );
  return `import { alert, by, counter, dashboard, errorRatio, gauge, histogram, oneOf, panel, record, requestsPerSecond, service, upTo } from "tocsin";
import { team${i % TEAMS} } from "./teams.ts";

export const self = service("${name}", {
  owner: team${i % TEAMS},
  runbooks: "https://runbooks.example/${name}",
  metrics: {
    requests: counter("${prefix}_requests_total", { help: "Requests.", labels: { route: upTo(20), code: upTo(10) } }),
    latency: histogram("${prefix}_latency_seconds", { help: "Time to answer.", labels: { route: upTo(20) }, buckets: [0.1, 1, 10] }),
    queue: gauge("${prefix}_queue_items", { help: "Jobs that wait.", labels: { queue: oneOf("in", "out") } }),
  },
  scrape: { targets: ["${name}:8080"] },
});

const { requests, latency, queue } = self.metrics;

export const traffic = record("route:${prefix}_requests:rate5m", { service: self, expr: requestsPerSecond(requests, "5m", by("route")) });
export const waiting = record("queue:${prefix}_queue_items:sum", { service: self, expr: queue.sum(by("queue")) });
export const most = record("queue:${prefix}_queue_items:max1h", { service: self, expr: queue.sum(by("queue")).over("1h", "1m").maxOverTime() });
export const failing = record("route:${prefix}_errors:ratio5m", { service: self, expr: errorRatio({ total: requests, failed: requests.where({ code: /5../ }) }, "5m", by("route")) });
export const mean = record("route:${prefix}_latency:mean5m", { service: self, expr: latency.rate("5m").sum(by("route")).mean() });
${alerts.join("\n")}

export const down = alert("Down", { service: self, when: self.up.below(1), for: "2m", severity: "page", summary: ({ instance }) => \`\${instance} does not answer\` });
export const errors = alert("Errors", { service: self, when: failing.above("1%"), for: "5m", severity: "page", inhibits: [slow0], summary: ({ route }, share) => \`\${share.percent} of \${route} fail\` });
export const full = alert("QueueFull", { service: self, when: waiting.above(${threshold * 100}), for: "10m", severity: "ticket", summary: ({ queue }, jobs) => \`\${jobs} jobs wait in \${queue}\` });
export const quiet = alert("NoTraffic", { service: self, when: traffic.sum().below(0.1).and(self.up.sum().above(0)), for: "30m", severity: "ticket", summary: "Nobody asks for anything" });

export const board = dashboard("${name}", {
  owner: team${i % TEAMS},
  rows: { Traffic: [panel("Requests per second", traffic), panel("Errors", failing)], Work: [panel("Waiting", waiting), panel("Mean time", mean)] },
});
`;
}
