/** What is known of an expression's results. */
import type { Span } from "../../ast.ts";
import type { LabelFacts } from "./facts.ts";
import type { ValueFact } from "./value.ts";

/** Whether an expression has results. */
export interface Returns {
  readonly when: "always" | "sometimes" | "never";
  readonly reason: string;
  readonly span: Span;
}

export interface Flow {
  readonly labels: LabelFacts;
  readonly returns: Returns;
  readonly value: ValueFact;
}
