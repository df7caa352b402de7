/** Deliveries: what the warehouses wait for, and whether they can take it in. */
import { alert, by, gauge, oneOf, service } from "tocsin";
import { warehouse } from "./teams.ts";

export const deliveries = service("deliveries", {
  owner: warehouse,
  description: "What suppliers send to the warehouses.",
  runbooks: "https://runbooks.shop.example/deliveries",
  metrics: {
    overdue: gauge("deliveries_overdue", {
      help: "Deliveries that should have arrived.",
      labels: { warehouse: oneOf("fra", "iad"), supplier: oneOf("pottery", "printer") },
    }),
    docks: gauge("deliveries_docks_open", {
      help: "Docks where lorries can unload.",
      labels: { warehouse: oneOf("fra", "iad") },
    }),
  },
  scrape: { targets: ["deliveries:8080"] },
});

const { overdue, docks } = deliveries.metrics;

/** What is written here reaches people as it stands, whatever YAML, PromQL and Go templates make of such characters. */
export const deliveriesOverdue = alert("DeliveriesOverdue", {
  service: deliveries,
  when: overdue.sum(by("warehouse")).above(5),
  for: "4h",
  severity: "ticket",
  summary: ({ warehouse }, count) => `${count} deliveries to ${warehouse} are overdue`,
  description: () => `Choose "Überfällig" in the desk's form: {{number}} becomes the delivery's #.
It prints to C:\\dock\\new, or 'C:\\dock\\old'; 100% of suppliers answer — sooner or later.`,
});

export const docksClosed = alert("DocksClosed", {
  service: deliveries,
  when: docks.equals(0),
  for: "10m",
  severity: "page",
  summary: ({ warehouse }) => `No dock of ${warehouse} is open`,
});
