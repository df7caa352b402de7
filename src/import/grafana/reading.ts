/**
 * Reads a text in which a dashboard's variables may stand for anything: Grafana puts values into the text without a look
 * at what it means, so a variable can be an operator, an aggregation, or half an expression.
 */
import { interpolate, variablesIn } from "../../plan/dashboard/interpolate.ts";
import type { PromqlError } from "../../promql/error.ts";

/** What a variable may be where it is neither a name nor a value; the last stands for nothing at all. */
const STAND_INS = ["or", "+", "sum", "9", '"x"', "[5m]", "on (x)", ""] as const;

/** More variables than this are not tried by pairs. */
const FEW = 8;

/**
 * The first reading without errors: as it is written, with the values that are known, or with stand-ins for one variable
 * or two. Where there is none, the errors are those of the text as it is written.
 */
export function readWithVariables<R extends { readonly errors: readonly PromqlError[] }>(
  text: string,
  values: ReadonlyMap<string, string>,
  read: (text: string) => R,
): R {
  const first = read(text);
  if (first.errors.length === 0) return first;
  for (const reading of readings(text, values)) {
    const next = read(reading);
    if (next.errors.length === 0) return next;
  }
  return first;
}

function* readings(text: string, values: ReadonlyMap<string, string>): Generator<string> {
  const known = interpolate(text, (name) => values.get(name));
  if (known !== text) yield known;
  const names = variablesIn(known);
  for (const name of names) {
    for (const word of STAND_INS) yield replaced(known, name, word);
  }
  if (names.length > FEW) return;
  for (const [i, one] of names.entries()) {
    for (const other of names.slice(i + 1)) {
      for (const word of STAND_INS) {
        for (const second of STAND_INS) yield replaced(replaced(known, one, word), other, second);
      }
    }
  }
}

function replaced(text: string, name: string, word: string): string {
  return interpolate(text, (found) => (found === name ? word : undefined));
}
