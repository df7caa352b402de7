/** What can be known of the labels of an expression's results. */
import type { Span } from "../../ast.ts";

/** Whether every result has a label, some may have it, or none can. */
export type LabelStatus = "has" | "may" | "cannot";

/** What is known of one label, and why. */
export interface LabelFact {
  readonly status: LabelStatus;
  /** What decided it: `sum by (job) drops it`. */
  readonly reason: string;
  /** The part of the expression that decided it. */
  readonly span: Span;
  /** The only values it can have where it is there; one of them is a fixed value. */
  readonly values?: readonly string[] | undefined;
}

/** What is known of all labels: of some by name, and of every other one. */
export interface LabelFacts {
  readonly named: ReadonlyMap<string, LabelFact>;
  readonly others: LabelFact;
}

/**
 * What is known of the label `name`.
 *
 * ```ts
 * labelFact(labelFlow(parseOrThrow("sum by (sku) (stock)")).labels, "warehouse").status; // "cannot"
 * ```
 */
export function labelFact({ named, others }: LabelFacts, name: string): LabelFact {
  return named.get(name) ?? others;
}

/** The labels a metric's name comes with; whatever changes the meaning of a value drops them together. */
export const NAME_LABELS: readonly string[] = Object.freeze(["__name__", "__type__", "__unit__"]);

/** Nothing but these labels. */
export function onlyLabels(named: ReadonlyMap<string, LabelFact>, reason: string, span: Span): LabelFacts {
  return { named, others: { status: "cannot", reason, span } };
}

/** The facts with some of them replaced. */
export function withLabels(facts: LabelFacts, changes: Iterable<readonly [name: string, fact: LabelFact]>): LabelFacts {
  return { named: new Map([...facts.named, ...changes]), others: facts.others };
}

/** The facts without some labels. */
export function withoutLabels(facts: LabelFacts, names: readonly string[], reason: string, span: Span): LabelFacts {
  return withLabels(
    facts,
    names.map((name) => [name, { status: "cannot", reason, span }]),
  );
}

/** The facts of the labels with the given names alone. */
export function keepLabels(facts: LabelFacts, names: readonly string[], reason: string, span: Span): LabelFacts {
  return onlyLabels(new Map(names.map((name) => [name, labelFact(facts, name)])), reason, span);
}

/** Two values that must be the same for a result to be; `undefined` where they cannot be. */
export function sameLabel(a: LabelFact, b: LabelFact): LabelFact | undefined {
  if (a.status === "cannot") return b.status === "has" ? undefined : a;
  if (b.status === "cannot") return a.status === "has" ? undefined : b;
  const values = commonValues(a.values, b.values);
  const fact = a.status === "has" ? a : b.status === "has" ? b : a.values === undefined ? b : a;
  if (values !== undefined && values.length === 0)
    return fact.status === "has" ? undefined : { ...fact, status: "cannot", values: undefined };
  return values === fact.values ? fact : { ...fact, values };
}

/** What holds for results that are of one kind or of the other. */
export function eitherLabel(a: LabelFact, b: LabelFact): LabelFact {
  const values =
    a.values !== undefined && b.values !== undefined ? [...new Set([...a.values, ...b.values])] : undefined;
  if (a.status === b.status) return { ...a, values: a.status === "cannot" ? undefined : values };
  const known = a.status === "cannot" ? b.values : b.status === "cannot" ? a.values : values;
  return { ...(a.status === "cannot" ? b : a), status: "may", values: known };
}

/** Joins the facts about two kinds of results label by label; `more` are labels to be treated by name. */
export function joinFacts(
  a: LabelFacts,
  b: LabelFacts,
  join: (a: LabelFact, b: LabelFact, name: string | undefined) => LabelFact,
  more: readonly string[] = [],
): LabelFacts {
  const names = new Set([...a.named.keys(), ...b.named.keys(), ...more]);
  return {
    named: new Map([...names].map((name) => [name, join(labelFact(a, name), labelFact(b, name), name)])),
    others: join(a.others, b.others, undefined),
  };
}

function commonValues(
  a: readonly string[] | undefined,
  b: readonly string[] | undefined,
): readonly string[] | undefined {
  if (a === undefined) return b;
  return b === undefined ? a : a.filter((value) => b.includes(value));
}
