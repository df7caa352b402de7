/** The machines under the shop, as the node exporter sees them. */
import {
  alert,
  asIs,
  by,
  counter,
  dropMetrics,
  faultFrequency,
  fileDiscovery,
  gauge,
  meanTimeBetweenFaults,
  not,
  oneOf,
  saturation,
  service,
  tiers,
  upTo,
} from "tocsin";
import { platform } from "./teams.ts";

export const machines = service("machines", {
  owner: platform,
  description: "The machines that the shop runs on.",
  runbooks: "https://runbooks.shop.example/machines",
  metrics: {
    memoryAvailable: gauge(asIs("node_memory_MemAvailable_bytes"), { help: "Memory that could be used." }),
    memoryTotal: gauge(asIs("node_memory_MemTotal_bytes"), { help: "Memory that there is." }),
    diskFree: gauge("node_filesystem_avail_bytes", {
      help: "Free space.",
      labels: { mountpoint: upTo(20), fstype: upTo(10) },
    }),
    reboots: counter(asIs("node_boots_total"), { help: "How often the machine started." }),
    cpu: counter("node_cpu_seconds_total", {
      help: "Time the processors spent.",
      labels: { cpu: upTo(128), mode: oneOf("idle", "iowait", "irq", "nice", "softirq", "steal", "system", "user") },
    }),
  },
  scrape: {
    discovery: fileDiscovery(["/etc/prometheus/targets/machines-*.yml"]),
    metricRelabel: [dropMetrics("node_scrape_collector_.*")],
  },
  rules: { labels: { tier: "infrastructure" } },
});

const { memoryAvailable, memoryTotal, diskFree, reboots, cpu } = machines.metrics;

export const memoryFull = alert("MemoryFull", {
  service: machines,
  when: saturation(memoryTotal.sub(memoryAvailable), memoryTotal).above("95%"),
  for: "15m",
  severity: "ticket",
  summary: ({ instance }, share) => `${instance} has used ${share.percent} of its memory`,
});

export const diskLow = tiers("DiskLow", {
  service: machines,
  when: { ticket: diskFree.below("20GiB"), page: diskFree.below("2GiB") },
  for: { ticket: "30m" },
  summary: ({ instance, mountpoint }, left) => `${instance} has ${left.bytes} left on ${mountpoint}`,
});

export const diskFillsUp = alert("DiskFillsUp", {
  service: machines,
  when: diskFree
    .where({ fstype: not(["tmpfs", "ramfs"]) })
    .predictLinear("6h", "24h")
    .below(0),
  for: "1h",
  severity: "ticket",
  summary: ({ instance, mountpoint }) => `${mountpoint} of ${instance} is full within a day`,
});

export const machineUnstable = alert("MachineUnstable", {
  service: machines,
  when: faultFrequency(reboots, { window: "6h", per: "1h" }, by("instance")).above(1),
  severity: "page",
  summary: ({ instance }, frequency) => `${instance} restarts ${frequency.fixed(1)} times an hour`,
});

export const processorTime = cpu
  .where({ mode: not("idle") })
  .rate("5m")
  .sum(by("instance", "mode"));
export const timeBetweenReboots = meanTimeBetweenFaults(reboots, "4w", by("instance"));
