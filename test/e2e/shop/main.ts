/** The shop as a process of its own: services that Prometheus scrapes, and a door for the run to cause trouble. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Registry } from "prom-client";
import { HOST, PORTS } from "../addresses.ts";
import type { Action, Actions } from "./actions.ts";
import { probe } from "./prober.ts";
import { createCatalog, createCheckout, createDeliveries, createMachines } from "./services.ts";

type Handler = (url: URL, request: IncomingMessage) => string | undefined | Promise<string | undefined>;

const catalog = createCatalog();
const checkout = createCheckout();
const machines = createMachines();
const deliveries = createDeliveries();

const checkoutServer = serve((url) => {
  if (url.pathname !== "/cart") return metricsOf(checkout.registry, url);
  const measured = checkout.latency.startTimer({ route: "/cart" });
  measured({ code: "200" });
  return "Your cart is empty.\n";
});

const DO: { readonly [A in Action]: (what: Actions[A]) => void } = {
  stock: ({ sku, warehouse, items }) => catalog.stock.set({ sku, warehouse }, items),
  clicks: ({ sku, page, count }) => catalog.clicks.inc({ sku, page }, count),
  inFlight: ({ requests }) => checkout.inFlight.set(requests),
  checkout: ({ answers }) => {
    if (answers) return listen(checkoutServer, PORTS.checkout);
    checkoutServer.close();
    checkoutServer.closeAllConnections();
  },
  overdue: ({ warehouse, supplier, deliveries: count }) => deliveries.overdue.set({ warehouse, supplier }, count),
  memory: ({ available }) => machines.memoryAvailable.set(available),
  docks: ({ warehouse, open }) => deliveries.docks.set({ warehouse }, open),
};

listen(checkoutServer, PORTS.checkout);
listen(
  serve((url) => metricsOf(catalog.registry, url)),
  PORTS.catalog,
);
listen(
  serve((url) => metricsOf(machines.registry, url)),
  PORTS.machines,
);
listen(
  serve((url) => metricsOf(deliveries.registry, url)),
  PORTS.deliveries,
);
listen(
  serve((url) => probe(url.searchParams.get("target") ?? "")),
  PORTS.prober,
);
listen(
  serve(async (url, request) => {
    const action = DO[url.pathname.slice(1) as Action] as ((what: unknown) => void) | undefined;
    if (action === undefined) return undefined;
    action(JSON.parse(await text(request)));
    return "Done.\n";
  }),
  PORTS["shop's control"],
);

// Whoever started the shop holds its input open.
process.stdin.on("end", () => process.exit()).resume();
process.on("SIGTERM", () => process.exit());

function metricsOf(registry: Registry, { pathname }: URL): Promise<string> | undefined {
  return pathname === "/metrics" ? registry.metrics() : undefined;
}

function serve(handle: Handler): Server {
  return createServer((request, response) => {
    answer(handle, request, response).catch((error) => {
      console.error(error);
      response.writeHead(500).end(String(error));
    });
  });
}

async function answer(handle: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await handle(new URL(request.url ?? "/", `http://${HOST}`), request);
  response.writeHead(body === undefined ? 404 : 200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" });
  response.end(body);
}

function listen(server: Server, port: number): void {
  server.listen(port, HOST);
}
