/** `route/unused-receiver`: a receiver that no route names. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { walkRoutes } from "../route/route.ts";
import type { Graph } from "./graph.ts";

export function* unusedReceiver({ config, reading, root }: Graph): Generator<Diagnostic> {
  const used = new Set([...walkRoutes(root)].map(({ options }) => options.receiver));
  for (const receiver of config.receivers)
    if (!used.has(receiver.name))
      yield {
        code: "route/unused-receiver",
        severity: "warning",
        message: `No route leads to the receiver ${JSON.stringify(receiver.name)}.`,
        help: "Route something to it, or remove it.",
        place: reading.placeOf(receiver, "name"),
      };
}
