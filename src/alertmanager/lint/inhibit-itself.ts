/** `inhibit/itself`: an inhibit rule whose targets are all sources too, and those never inhibit each other. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Graph } from "./graph.ts";
import { implies } from "./logic.ts";

export function* inhibitItself({ reading, inhibitRules }: Graph): Generator<Diagnostic> {
  for (const { config, source, target } of inhibitRules) {
    const sameSides =
      source.every((matcher) => implies(target, matcher)) && target.every((matcher) => implies(source, matcher));
    if (!sameSides) continue;
    yield {
      code: "inhibit/itself",
      severity: "warning",
      message:
        "This inhibit rule does nothing: every alert is a source and a target of it at once, and such alerts do not inhibit each other.",
      help: "Tell sources and targets apart, for example by their severity.",
      place: reading.placeOf(config),
    };
  }
}
