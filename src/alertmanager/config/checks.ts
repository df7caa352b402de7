/** Checks that many parts of the configuration share. */
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import type { Reading } from "../../yaml/shape.ts";

/** Reports that more than one of some fields is given. `path` goes before their names in the message. */
export function atMostOne(reading: Reading, value: object, fields: readonly string[], path = ""): void {
  const given = fields.filter((field) => reading.given(value, field));
  if (given.length > 1) reportConflict(reading, value, fields, given, path);
}

/** Reports that a secret is given that counts even when it is empty, and its file too. */
export function secretOrItsFile(reading: Reading, value: object, secret: string): void {
  const file = `${secret}_file`;
  const isThere = (value as Readonly<Record<string, unknown>>)[secret] !== undefined || reading.broken(value, secret);
  if (isThere && reading.given(value, file)) reportConflict(reading, value, [secret, file], [secret, file], "");
}

function reportConflict(
  reading: Reading,
  value: object,
  fields: readonly string[],
  given: readonly string[],
  path: string,
): void {
  const names = fields.map((field) => path + field);
  reading.error(reading.placeOf(value, given[1]), {
    code: "alertmanager/conflict",
    message: `At most one of ${listing(names, "&")} must be configured.`,
    help: `Remove ${listing(given.slice(1), "and")}, or ${given[0]}.`,
    related: [{ message: `${given[0]} is set here.`, place: reading.placeOf(value, given[0]) }],
  });
}

/** Reports that none of some fields is given. */
export function atLeastOne(
  reading: Reading,
  value: object,
  fields: readonly string[],
  what: string,
  help?: string,
): void {
  if (fields.some((field) => reading.given(value, field))) return;
  reading.error(reading.placeOf(value), {
    code: "alertmanager/missing",
    message: `${what} needs ${fields.length === 1 ? fields[0] : `one of ${listing(fields, "or")}`}.`,
    help,
  });
}

/** Reports a value that the field cannot have. */
export function invalid(
  reading: Reading,
  value: object,
  field: string | undefined,
  message: string,
  help?: string,
  code: Diagnostic["code"] = "alertmanager/invalid-value",
): void {
  reading.error(reading.placeOf(value, field), { code, message, help });
}

/** `a, b & c` */
export function listing(names: readonly string[], word: string): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
