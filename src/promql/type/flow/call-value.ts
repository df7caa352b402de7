/** What the values of a function mean, and between which numbers they lie. */
import type { FunctionSignature, ValueEffect } from "../../functions.ts";
import type { Flow } from "./flow.ts";
import { between, constantOf, type NumberRange } from "./range.ts";
import { fact, UNKNOWN_VALUE, type ValueFact } from "./value.ts";

/** What a call's results mean, given what is known of its arguments; `vector` is the one it works on. */
export function callValue(
  func: string,
  { value, bounds: [least, greatest] }: FunctionSignature,
  args: readonly Flow[],
  vector: Flow | undefined,
): ValueFact {
  const input = vector?.value ?? args[0]?.value ?? UNKNOWN_VALUE;
  const isCount = value === "count" || value === "one" || least === greatest;
  const outer = between(least, greatest, !isCount);
  const scalar = (at: number) => {
    const arg = args[at];
    return arg === undefined ? undefined : constantOf(arg.value.range);
  };
  return EFFECTS[value](input, narrowed(func, input.range, outer, scalar));
}

const EFFECTS: Readonly<Record<ValueEffect, (input: ValueFact, range: NumberRange) => ValueFact>> = {
  same: (input, range) => ({ ...input, range }),
  level: (input, range) => ({ ...input, meaning: input.meaning === "counter" ? "gauge" : input.meaning, range }),
  observation: ({ unit, observed = unit, known }, range) =>
    fact(observed === undefined ? "unknown" : "gauge", observed, range, known),
  rate: (input, range) => ({ ...input, meaning: "rate", range }),
  count: (_, range) => fact("count", undefined, range),
  time: (_, range) => fact("timestamp", "seconds", range),
  seconds: (_, range) => fact("gauge", "seconds", range),
  share: (_, range) => fact("ratio", undefined, range),
  one: (_, range) => fact("boolean", undefined, range),
  other: (_, range) => ({ ...UNKNOWN_VALUE, range }),
};

/** Where results lie that stay within the input's range, or that arguments hold within bounds. */
function narrowed(
  func: string,
  input: NumberRange,
  outer: NumberRange,
  scalar: (at: number) => number | undefined,
): NumberRange {
  switch (func) {
    case "clamp":
      return between(scalar(1) ?? input.min, scalar(2) ?? input.max, true);
    case "clamp_min":
      return between(Math.max(scalar(1) ?? input.min, input.min), input.max, true);
    case "clamp_max":
      return between(input.min, Math.min(scalar(1) ?? input.max, input.max), true);
    case "scalar":
      // The scalar of no series, or of several, is no number.
      return { ...input, nan: true };
    case "abs": {
      const value = constantOf(input);
      return value === undefined ? outer : between(Math.abs(value), Math.abs(value));
    }
    case "vector":
    case "avg_over_time":
    case "first_over_time":
    case "info":
    case "label_join":
    case "label_replace":
    case "last_over_time":
    case "max_over_time":
    case "min_over_time":
    case "sort":
    case "sort_by_label":
    case "sort_by_label_desc":
    case "sort_desc":
      return input;
    default:
      return outer;
  }
}
