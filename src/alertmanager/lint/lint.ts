/** Problems that only the whole graph of routes, inhibit rules and alerts shows. */
import { type Diagnostic, sortDiagnostics } from "../../diagnostic/diagnostic.ts";
import { defaultReceiver } from "./default-receiver.ts";
import type { Graph } from "./graph.ts";
import { hugeGroup } from "./huge-group.ts";
import { inhibitEqual } from "./inhibit-equal.ts";
import { inhibitItself } from "./inhibit-itself.ts";
import { inhibitMatchesNothing } from "./inhibit-matches-nothing.ts";
import { matchesNothing } from "./matches-nothing.ts";
import { mutedForGood } from "./muted-for-good.ts";
import { repeatBeforeGroup } from "./repeat-before-group.ts";
import { shadowed } from "./shadowed.ts";
import { unreachable } from "./unreachable.ts";
import { unusedReceiver } from "./unused-receiver.ts";

/** Every check, by the code that it reports. */
export const ROUTE_CHECKS: Readonly<Record<string, (graph: Graph) => Iterable<Diagnostic>>> = {
  "route/unreachable": unreachable,
  "route/shadowed": shadowed,
  "route/unused-receiver": unusedReceiver,
  "route/matches-nothing": matchesNothing,
  "route/default-receiver": defaultReceiver,
  "route/muted-for-good": mutedForGood,
  "route/repeat-before-group": repeatBeforeGroup,
  "route/huge-group": hugeGroup,
  "inhibit/matches-nothing": inhibitMatchesNothing,
  "inhibit/equal-label": inhibitEqual,
  "inhibit/itself": inhibitItself,
};

/** Runs all checks. */
export function lintRoutes(graph: Graph): readonly Diagnostic[] {
  return sortDiagnostics(Object.values(ROUTE_CHECKS).flatMap((check) => [...check(graph)]));
}
