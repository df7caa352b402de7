/** What tests have asserted, for those who want to know afterwards: coverage, export and mutation. */
import type { Definition } from "../model/definition.ts";
import type { Scenario } from "./scenario/scenario.ts";

/** One assertion that held. */
export interface Assertion {
  readonly scenario: Scenario;
  readonly rule: Definition;
  readonly kind: "fires" | "quiet" | "pending" | "records";
  /** The moment it speaks of, since the scenario's start. */
  readonly atMs: number;
  /** Whether it holds of a scenario, be it one with other rules. */
  readonly holds: (scenario: Scenario) => boolean;
  /** The test that made it. */
  readonly test: string;
  readonly file: string;
}

type Listener = (assertion: Assertion) => void;

const listeners = new Set<Listener>();

/** Hears of all assertions that hold from now on. */
export function listen(listener: Listener): void {
  listeners.add(listener);
}

export function tell(assertion: Assertion): void {
  for (const listener of listeners) listener(assertion);
}
