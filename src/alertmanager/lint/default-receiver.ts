/** `route/default-receiver`: an alert that no route but the root takes. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { EmittedAlert, Graph } from "./graph.ts";

export function* defaultReceiver({ config, reading, root, emitted, matching }: Graph): Generator<Diagnostic> {
  if (root.routes.length === 0) return;
  const taken = new Set<EmittedAlert>();
  for (const { matchers } of root.routes) for (const alert of matching(matchers)) taken.add(alert);
  for (const alert of emitted ?? []) {
    if (taken.has(alert)) continue;
    yield {
      code: "route/default-receiver",
      severity: "warning",
      message: `The alert ${JSON.stringify(alert.name)} matches no route, so it falls through to the default receiver ${JSON.stringify(root.options.receiver)}.`,
      help: "Give it labels that a route matches, or a route of its own.",
      place: alert.place ?? reading.placeOf(config.route, "receiver"),
    };
  }
}
