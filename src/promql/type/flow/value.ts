/** What a value means: a counter, a rate, a ratio; in seconds, in bytes. */
import {
  ANY_NUMBER,
  arithmetic,
  between,
  comparison,
  constantOf,
  exactly,
  filtered,
  type NumberRange,
} from "./range.ts";

/** What a value stands for: a count, a rate, a ratio, and so on. */
export type ValueMeaning =
  | "counter"
  | "gauge"
  | "histogram"
  /** An increase per second. */
  | "rate"
  /** A share of something, or how many times something is something else. */
  | "ratio"
  /** How many there are. */
  | "count"
  /** 1 for true and 0 for false. */
  | "boolean"
  /** Seconds since 1970. */
  | "timestamp"
  | "unknown";

/** What is known of a value. */
export interface ValueFact {
  readonly meaning: ValueMeaning;
  /** `seconds`, `bytes`: what is counted; for a rate, what is counted per second. */
  readonly unit: string | undefined;
  /** What a histogram, or a bucket of one, has observations of: `seconds`. */
  readonly observed?: string | undefined;
  /** Where the meaning comes from: a catalogue of metrics, a metric's name by convention, or the expression itself. */
  readonly known: "catalog" | "name" | "expression";
  /** Between which numbers it lies. */
  readonly range: NumberRange;
}

export const UNKNOWN_VALUE: ValueFact = fact("unknown", undefined);

export function fact(
  meaning: ValueMeaning,
  unit: string | undefined,
  range: NumberRange = ANY_NUMBER,
  known: ValueFact["known"] = "expression",
): ValueFact {
  return Object.freeze({ meaning, unit, known, range });
}

export function constant(value: number): ValueFact {
  return fact("unknown", undefined, exactly(value));
}

const UNITS: readonly (readonly [ending: string, unit: string])[] = [
  "seconds",
  "bytes",
  "ratio",
  "percent",
  "celsius",
  "meters",
  "joules",
  "volts",
  "amperes",
  "hertz",
  "bits",
].map((unit) => [`_${unit}`, unit]);

/** What a metric's name says by convention. https://prometheus.io/docs/practices/naming/ */
export function valueByName(name: string): ValueFact {
  if (name.includes(":")) {
    const level = name.slice(name.lastIndexOf(":") + 1);
    if (/^(?:i?rate)(?:_?\d|$)/.test(level)) return fact("rate", undefined, ANY_NUMBER, "name");
    return /(?:^|_)ratio/.test(level) ? fact("ratio", undefined, ANY_NUMBER, "name") : UNKNOWN_VALUE;
  }
  const [, base = name, suffix] = /^(.+?)_(total|count|sum|bucket|created)$/.exec(name) ?? [];
  const unit = UNITS.find(([ending]) => base.endsWith(ending))?.[1];
  if (suffix === "created" || base.endsWith("_timestamp_seconds"))
    return fact("timestamp", "seconds", ANY_NUMBER, "name");
  if (suffix === "count" || suffix === "bucket") {
    const counter = fact("counter", undefined, ANY_NUMBER, "name");
    return suffix === "bucket" ? { ...counter, observed: unit } : counter;
  }
  if (suffix !== undefined) return fact("counter", unit, ANY_NUMBER, "name");
  if (unit === "ratio" || unit === "percent")
    return fact("ratio", unit === "percent" ? unit : undefined, ANY_NUMBER, "name");
  return unit === undefined ? { ...UNKNOWN_VALUE, known: "name" } : fact("gauge", unit, ANY_NUMBER, "name");
}

/** What an operator makes of two values. */
export function operate(op: string, returnBool: boolean, a: ValueFact, b: ValueFact): ValueFact {
  if (op in COMPARED) {
    if (!returnBool) return { ...a, range: filtered(op, a.range, b.range) };
    const holds = comparison(op, a.range, b.range);
    return fact("boolean", undefined, between(holds === "all" ? 1 : 0, holds === "none" ? 0 : 1));
  }
  const range = arithmetic(op, a.range, b.range);
  const [x, y] = [constantOf(a.range), constantOf(b.range)];
  const known = a.known === "name" || b.known === "name" ? "name" : a.known;
  if (op === "+" || op === "-") return { ...sum(op, a, b, x, y), range, known };
  if (op === "*") return { ...product(a, b, x, y), range, known };
  if (op === "/") return { ...quotient(a, b, y), range, known };
  return { ...UNKNOWN_VALUE, range };
}

const COMPARED: Readonly<Record<string, true>> = {
  "==": true,
  "!=": true,
  "<": true,
  ">": true,
  "<=": true,
  ">=": true,
};

function sum(op: string, a: ValueFact, b: ValueFact, x: number | undefined, y: number | undefined): ValueFact {
  if (y !== undefined) return a.meaning === "counter" ? { ...a, meaning: "gauge" } : a;
  if (x !== undefined) return b.meaning === "counter" ? { ...b, meaning: "gauge" } : b;
  if (a.meaning === "timestamp" && b.meaning === "timestamp")
    return op === "-" ? fact("gauge", "seconds") : UNKNOWN_VALUE;
  if (a.meaning === "timestamp") return b.unit === "seconds" ? a : UNKNOWN_VALUE;
  if (a.meaning !== b.meaning || a.unit !== b.unit) return UNKNOWN_VALUE;
  return a.meaning === "counter" && op === "-" ? { ...a, meaning: "gauge" } : a;
}

function product(a: ValueFact, b: ValueFact, x: number | undefined, y: number | undefined): ValueFact {
  const times = x ?? y;
  const value = y === undefined ? b : a;
  if (times === undefined) return UNKNOWN_VALUE;
  if (times === 1) return value;
  if (value.meaning === "ratio" && value.unit === undefined && times === 100) return { ...value, unit: "percent" };
  return { ...value, unit: undefined };
}

function quotient(a: ValueFact, b: ValueFact, y: number | undefined): ValueFact {
  if (y !== undefined) return y === 1 ? a : { ...a, unit: undefined };
  const comparable = a.meaning !== "unknown" && a.meaning !== "timestamp" && a.meaning === b.meaning;
  if (comparable && a.unit === b.unit) return fact("ratio", undefined);
  // A sum over a count is an average: seconds per request.
  if (comparable && a.unit !== undefined && b.unit === undefined) return fact("gauge", a.unit);
  return UNKNOWN_VALUE;
}
