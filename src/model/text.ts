/**
 * Texts of alerts: functions that see the labels an expression keeps and the alert's value, or ready Go templates.
 *
 * A function runs once, at build, on placeholders; what it returns becomes a Go template in which everything but the
 * placeholders is literal. https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
import { z } from "zod";
import { memoized } from "../util/memo.ts";
import type { TypeMistake } from "../vector/modifiers.ts";

/** The alert's value, as it will be written into a notification. */
export interface ValueRef {
  /** As it is: `9`, `0.0213`. */
  toString(): string;
  /** A share as a percentage: `0.0213` is `2.13%`. */
  readonly percent: string;
  /** Seconds as a duration: `5400` is `1h 30m 0s`. */
  readonly duration: string;
  /** With metric prefixes: `1234567` is `1.235M`. */
  readonly short: string;
  /** Bytes with binary prefixes: `2097152` is `2MiB`. */
  readonly bytes: string;
  /** Rounded to so many decimals. */
  fixed(decimals: number): string;
}

export type LabelRefs<L extends string> = { readonly [K in L]: string };

/** Writes a text; only labels that the expression keeps can be named. */
export type Text<L extends string> = (labels: LabelRefs<L>, value: ValueRef) => string;

/** A ready Go template, checked for labels that the expression does not keep. */
export type CheckedTemplate<S extends string, L extends string> = [UnknownLabel<S, L>] extends [never]
  ? S
  : TypeMistake<`'$labels.${UnknownLabel<S, L>}' is not a label of this expression`>;

type UnknownLabel<S extends string, L extends string> = S extends `${string}$labels.${infer Rest}`
  ? Exclude<Identifier<Rest>, L> | UnknownLabel<Rest, L>
  : never;

type Identifier<S extends string, Read extends string = ""> = S extends `${infer C}${infer Rest}`
  ? C extends " " | "}" | "." | ")" | "|" | "," | '"'
    ? Read
    : Identifier<Rest, `${Read}${C}`>
  : Read;

/** A text that was turned into a Go template. */
export interface Template {
  readonly template: string;
  /** The labels it reads, where it was written as a function; a ready template is read by the checks. */
  readonly labels: readonly string[];
  /** What the function threw, instead of giving a text. */
  readonly thrown?: unknown;
}

/** Turns a text into the Go template that Prometheus expands. */
export function toTemplate(text: Text<never> | string): Template {
  return typeof text === "string" ? { template: text, labels: [] } : written(text);
}

const written = memoized((text: Text<never>): Template => {
  const run = new Run();
  let literal: string;
  try {
    literal = String(text(new Proxy<LabelRefs<never>>({}, new Reader(run)), new ValueOf(run)));
  } catch (thrown) {
    return { template: "", labels: [], thrown };
  }
  const { actions, labels } = run;
  const template = escapeTemplate(literal).replace(PLACEHOLDER, (all, index) => actions[Number(index)] ?? all);
  return { template, labels: [...labels] };
});

/** One run of a text's function: the actions that its placeholders stand for. */
class Run {
  readonly actions: string[] = [];
  readonly labels = new Set<string>();

  placeholder(action: string): string {
    return `${OPEN}${this.actions.push(action) - 1}${CLOSE}`;
  }
}

class Reader implements ProxyHandler<LabelRefs<never>> {
  readonly #run: Run;

  constructor(run: Run) {
    this.#run = run;
  }

  get(_: object, name: string | symbol): string | undefined {
    if (typeof name === "symbol") return undefined;
    this.#run.labels.add(name);
    return this.#run.placeholder(
      IDENTIFIER.test(name) ? `{{ $labels.${name} }}` : `{{ index $labels ${JSON.stringify(name)} }}`,
    );
  }
}

class ValueOf implements ValueRef {
  readonly #run: Run;
  // A function of its own, since people take the value apart: `({ sku }, { fixed }) => …`.
  readonly fixed: (decimals: number) => string;

  constructor(run: Run) {
    this.#run = run;
    this.fixed = (decimals) =>
      run.placeholder(`{{ printf "%.${Math.min(20, Math.max(0, Math.trunc(decimals)))}f" $value }}`);
  }

  toString(): string {
    return this.#run.placeholder("{{ $value }}");
  }

  get percent(): string {
    return this.#run.placeholder("{{ $value | humanizePercentage }}");
  }

  get duration(): string {
    return this.#run.placeholder("{{ $value | humanizeDuration }}");
  }

  get short(): string {
    return this.#run.placeholder("{{ $value | humanize }}");
  }

  get bytes(): string {
    return this.#run.placeholder("{{ $value | humanize1024 }}B");
  }
}

/** Writes a literal text so that a Go template expands to it. */
export function escapeTemplate(text: string): string {
  return text.replaceAll("{{", '{{ "{{" }}');
}

// Characters that no keyboard has: a text that holds them all the same stays as it is, unless it names a placeholder.
// They are of Latin-1 ("private use one" and "two"), so that texts need one byte a character as long as they are built.
const OPEN = "\u0091";
const CLOSE = "\u0092";
const PLACEHOLDER = /\u0091(\d+)\u0092/g;
const IDENTIFIER = /^[A-Za-z_]\w*$/;

export const textSchema = z.custom<string | Text<never>>(
  (value) => (typeof value === "string" && value !== "") || typeof value === "function",
  { error: "write a function that returns the text, or a Go template" },
);
