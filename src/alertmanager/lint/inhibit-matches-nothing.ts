/** `inhibit/matches-nothing`: an inhibit rule whose source or target no rule emits. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Graph } from "./graph.ts";
import { whyUnmatched } from "./unmatched.ts";

export function* inhibitMatchesNothing({ reading, inhibitRules, emitted, matching }: Graph): Generator<Diagnostic> {
  if (emitted === undefined) return;
  for (const rule of inhibitRules)
    for (const side of ["source", "target"] as const) {
      const why = matching(rule[side]).length > 0 ? undefined : whyUnmatched(rule[side], emitted);
      if (why === undefined) continue;
      const field = (["matchers", "match", "match_re"] as const).find(
        (name) => Object.keys(rule.config[`${side}_${name}`]).length > 0,
      );
      yield {
        code: "inhibit/matches-nothing",
        severity: "warning",
        message: `The ${side} of this inhibit rule matches nothing: ${why}${why.endsWith("?") ? "" : "."}`,
        help: "Correct the matcher, or remove the rule.",
        place: reading.placeOf(rule.config, field === undefined ? undefined : `${side}_${field}`),
      };
    }
}
