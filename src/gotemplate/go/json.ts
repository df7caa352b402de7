/**
 * Values as JSON, in the form that Go gives it.
 * https://pkg.go.dev/encoding/json#Marshal
 */
import { GoError } from "./function.ts";
import { formatTime } from "./layout.ts";
import { isTime } from "./time.ts";
import { ANY } from "./type.ts";
import {
  GoInterface,
  GoMap,
  GoOpaque,
  GoPointer,
  GoScalar,
  GoSlice,
  type GoValue,
  sortedKeys,
  zeroOf,
} from "./value.ts";

/** Writes a value as JSON; one that JSON cannot hold is a {@link GoError}. */
export function toJSON(value: GoValue): string {
  if (value === undefined) return "null";
  if (typeof value === "string") return textJSON(value);
  if (typeof value === "number") return numberJSON(value);
  if (typeof value === "bigint" || typeof value === "boolean") return String(value);
  if (value instanceof GoInterface) return toJSON(value.value);
  if (value instanceof GoPointer) return toJSON(value.target);
  if (value instanceof GoScalar) {
    if (typeof value.value === "object") throw new GoError(`json: unsupported type: ${value.type.name}`);
    return toJSON(value.value);
  }
  if (value instanceof GoSlice)
    return value.elements === undefined ? "null" : `[${value.elements.map(toJSON).join(",")}]`;
  if (value instanceof GoMap) {
    const { entries } = value;
    if (entries === undefined) return "null";
    return `{${sortedKeys(value)
      .map((key) => `${textJSON(key)}:${toJSON(entries[key])}`)
      .join(",")}}`;
  }
  if (isTime(value)) return textJSON(formatTime(value.content, "2006-01-02T15:04:05.999999999Z07:00"));
  if (value instanceof GoOpaque) return "{}";
  const fields = value.type.fields.flatMap(({ name, json, type }) =>
    json === undefined
      ? []
      : [`${textJSON(json)}:${toJSON(value.fields[name] ?? (type === ANY ? undefined : zeroOf(type)))}`],
  );
  return `{${fields.join(",")}}`;
}

/** Besides what JSON must escape, Go escapes what could end a script that holds the text. */
function textJSON(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function numberJSON(x: number): string {
  if (!Number.isFinite(x))
    throw new GoError(`json: unsupported value: ${Number.isNaN(x) ? "NaN" : x > 0 ? "+Inf" : "-Inf"}`);
  if (Object.is(x, -0)) return "-0";
  // JavaScript writes the same digits, but tiny numbers with an exponent only from 1e-7 on, as Go does.
  return String(x);
}
