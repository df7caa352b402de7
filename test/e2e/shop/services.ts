/** The shop's services, instrumented with prom-client as the monitors declare them. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry, Summary } from "prom-client";

/** Stock, clicks and comments. */
export function createCatalog() {
  const registry = new Registry();
  // Nobody declared these, so Prometheus does not keep them.
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const stock = new Gauge({
    name: "catalog_inventory_items",
    help: "Items in stock.",
    // `product` is what `sku` was called once, and what one part of the catalog still calls it.
    labelNames: ["sku", "product", "warehouse", "pod_template_hash"],
    registers,
  });
  const clicks = new Counter({
    name: "catalog_clicks_total",
    help: "Clicks on a product.",
    labelNames: ["sku", "page"],
    registers,
  });
  const comments = new Counter({
    name: "catalog_comments_total",
    help: "Comments posted, by what moderation made of them.",
    labelNames: ["verdict"],
    registers,
  });
  const lastImport = new Gauge({
    name: "catalog_last_import_timestamp_seconds",
    help: "When stock was last taken over from the warehouses.",
    labelNames: ["warehouse"],
    registers,
  });
  const build = new Gauge({
    name: "catalog_build_info",
    help: "What is running.",
    labelNames: ["version"],
    registers,
  });
  build.set({ version: "1.0.0" }, 1);
  comments.inc({ verdict: "published" });
  for (const warehouse of ["fra", "iad"]) {
    lastImport.setToCurrentTime({ warehouse });
    for (const sku of ["mug", "poster"]) stock.set({ sku, warehouse }, 20);
  }
  stock.set({ product: "lamp", warehouse: "fra", pod_template_hash: "7d4b9" }, 20);
  return { registry, stock, clicks };
}

/** Requests and orders. */
export function createCheckout() {
  const registry = new Registry();
  const registers = [registry];
  const latency = new Histogram({
    name: "checkout_request_duration_seconds",
    help: "How long checkout took to answer.",
    labelNames: ["route", "code"],
    buckets: [0.1, 0.3, 1, 3],
    registers,
  });
  const inFlight = new Gauge({
    name: "checkout_requests_in_flight",
    help: "Requests that are being answered.",
    registers,
  });
  const orders = new Counter({
    name: "checkout_orders_total",
    help: "Orders, by how they ended.",
    labelNames: ["outcome"],
    registers,
  });
  const payload = new Summary({
    name: "checkout_payload_bytes",
    help: "Size of what was sent.",
    percentiles: [0.5, 0.99],
    registers,
  });
  orders.inc({ outcome: "paid" });
  payload.observe(512);
  return { registry, latency, inFlight };
}

/** What a node exporter would tell of the machine. */
export function createMachines() {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, value: number, labels: Record<string, string> = {}) => {
    const made = new Gauge({ name, help: name, labelNames: Object.keys(labels), registers });
    made.set(labels, value);
    return made;
  };
  const memoryAvailable = gauge("node_memory_MemAvailable_bytes", 6e9);
  gauge("node_memory_MemTotal_bytes", 8e9);
  gauge("node_filesystem_avail_bytes", 2e11, { mountpoint: "/", fstype: "ext4" });
  gauge("node_scrape_collector_success", 1, { collector: "cpu" });
  new Counter({ name: "node_boots_total", help: "How often the machine started.", registers }).inc();
  const cpu = new Counter({
    name: "node_cpu_seconds_total",
    help: "Time the processors spent.",
    labelNames: ["cpu", "mode"],
    registers,
  });
  cpu.inc({ cpu: "0", mode: "idle" }, 1000);
  cpu.inc({ cpu: "0", mode: "user" }, 10);
  return { registry, memoryAvailable };
}

/** Deliveries and docks. */
export function createDeliveries() {
  const registry = new Registry();
  const registers = [registry];
  const overdue = new Gauge({
    name: "deliveries_overdue",
    help: "Deliveries that should have arrived.",
    labelNames: ["warehouse", "supplier"],
    registers,
  });
  const docks = new Gauge({
    name: "deliveries_docks_open",
    help: "Docks where lorries can unload.",
    labelNames: ["warehouse"],
    registers,
  });
  for (const warehouse of ["fra", "iad"]) {
    docks.set({ warehouse }, 3);
    for (const supplier of ["pottery", "printer"]) overdue.set({ warehouse, supplier }, 0);
  }
  return { registry, overdue, docks };
}
