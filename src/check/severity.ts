/** Severities: each alert must have one that somebody hears of. */
import { didYouMean } from "../diagnostic/near-miss.ts";
import type { AnyAlert } from "../model/alert.ts";
import { called } from "../model/validate.ts";
import { alertsOf, type Plan } from "../plan/plan.ts";
import type { SourcedDiagnostic } from "../source/place.ts";

/** Looks at the severity of every alert in every environment; what several share is said once. */
export function checkSeverities(plans: readonly Plan[]): readonly SourcedDiagnostic[] {
  const found = new Map<string, SourcedDiagnostic>();
  for (const plan of plans) {
    for (const { definition, labels } of alertsOf(plan)) {
      // A dead man's switch goes to whoever listens for it.
      if (definition.spec.heartbeat !== undefined) continue;
      const problem = problemOf(definition, labels.severity ?? "");
      if (problem !== undefined && !found.has(problem.message)) found.set(problem.message, problem);
    }
  }
  return [...found.values()];
}

function problemOf(alert: AnyAlert, severity: string): SourcedDiagnostic | undefined {
  const { service } = alert.spec;
  const { owner, receivers } = service.spec;
  const heard = [...new Set([...Object.keys(owner.spec), ...Object.keys(receivers ?? {})])];
  if (heard.includes(severity)) return undefined;
  return {
    code: "alert/unknown-severity",
    severity: "error",
    message: `${called(alert)}: nobody would hear of it: ${called(owner)} has no receiver for the severity ${JSON.stringify(severity)}.${didYouMean(severity, heard)}`,
    help: `it has: ${heard.join(", ")}`,
    at: { origin: alert.origin, path: [1, "severity"] },
    related: [{ message: `${owner.name} says here who hears of what`, at: { origin: owner.origin, path: [1] } }],
  };
}
