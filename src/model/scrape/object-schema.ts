/**
 * Objects whose mistakes are all found in one pass, each at its very property: wrong values, unknown names, literal
 * secrets, and rules between fields. Zod alone stops before the rules as soon as one field is wrong.
 */
import { z } from "zod";
import { didYouMean } from "../../diagnostic/near-miss.ts";

/** One schema for each property of `T`: forgetting one, or whether it may be absent, does not compile. */
export type Shape<T> = {
  readonly [K in keyof T]-?: Record<never, never> extends Pick<T, K> ? z.ZodOptional<z.ZodType<T[K]>> : z.ZodType<T[K]>;
};

/** The schema of an object; its shape lists the properties in the order in which Prometheus writes them. */
export type ObjectSchema<T> = z.ZodType<T> & { readonly shape: Readonly<Record<string, z.ZodType>> };

/** Says that something is wrong, at a path below the object. */
export type Report = (message: string, ...path: readonly (string | number)[]) => void;

/** A condition between fields: asked only when each of its fields is right in itself. */
export interface Rule<T> {
  readonly fields: readonly (keyof T)[];
  check(spec: T, report: Report): void;
}

export interface ObjectOptions<T> {
  /** Properties that are left out on purpose, and what to say to whoever writes them. */
  readonly instead?: Readonly<Record<string, string>>;
  readonly rules?: readonly Rule<T>[];
}

/** The schema of a `T` that takes no other properties. */
export function objectOf<T>(shape: Shape<T>, { instead = {}, rules = [] }: ObjectOptions<T> = {}): ObjectSchema<T> {
  const known = Object.keys(shape);
  const check = z.core._check<Record<string, unknown>>(({ value, issues }) => {
    if (!isRecord(value)) return;
    for (const [i, { code, path }] of issues.entries()) {
      const name = String(path?.[0]);
      if (path?.length !== 1 || value[name] !== undefined || (code !== "invalid_type" && code !== "invalid_value"))
        continue;
      issues[i] = { code: "custom", message: `${name} is missing`, path: [name], input: value, continue: true };
    }
    const wrong = new Set(issues.map(({ path }) => path?.[0]));
    const report: Report = (message, ...path) => {
      issues.push({ code: "custom", message, path: [...path], input: value, continue: true });
    };
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue;
      // Whoever wrote the secret itself need not hear that its file is missing as well.
      const twin = `${camelCase(key)}File`;
      const missing = issues.findIndex(({ path }) => path?.[0] === twin && value[twin] === undefined);
      if (missing !== -1) issues.splice(missing, 1);
      wrong.add(twin);
      report(unknownProperty(key, known, instead), key);
    }
    for (const rule of rules) {
      if (!rule.fields.some((field) => wrong.has(field as string))) rule.check(value as T, report);
    }
  });
  check._zod.def.when = () => true;
  const schema = z.looseObject(shape as unknown as z.ZodRawShape, expected("an object")).check(check);
  return schema as unknown as ObjectSchema<T>;
}

/** A schema that is picked by looking at the value, or what is wrong when none fits. */
export function choose<T>(pick: (value: unknown) => z.ZodType | string): z.ZodType<T> {
  // Not z.custom: its issues abort, and would hide those of the object around.
  return z.unknown().check(({ value, issues }) => {
    const picked = pick(value);
    if (typeof picked === "string") {
      issues.push({ code: "custom", message: picked, path: [], input: value });
      return;
    }
    for (const { message, path } of picked.safeParse(value).error?.issues ?? []) {
      issues.push({ code: "custom", message, path: [...path], input: value });
    }
  }) as z.ZodType as z.ZodType<T>;
}

/** A schema that asks a function what is wrong with a value, and where below it. */
export function checkedBy<T>(
  problems: (value: unknown) => readonly (string | readonly [string, ...number[]])[],
): z.ZodType<T> {
  return z.unknown().check(({ value, issues }) => {
    if (value === undefined) issues.push({ code: "invalid_type", expected: "string", path: [], input: value });
    for (const problem of value === undefined ? [] : problems(value)) {
      const [message, ...path] = typeof problem === "string" ? [problem] : problem;
      issues.push({ code: "custom", message, path, input: value });
    }
  }) as z.ZodType as z.ZodType<T>;
}

/** The error of a schema that wants `what`. */
export function expected(what: string) {
  return {
    error: ({ input }: { readonly input?: unknown }) => `expected ${what}, got ${show(input)}`,
  };
}

/** At most one of these properties may be given. */
export function atMostOne<T>(...fields: readonly (keyof T & string)[]): Rule<T> {
  return {
    fields: [],
    check(spec, report) {
      const given = fields.filter((field) => spec[field] !== undefined);
      if (given.length < 2) return;
      for (const field of given.slice(1)) report(`give ${given[0]} or ${field}, not both`, field);
    },
  };
}

/** A literal secret: the file that the server reads it from. */
export function secretIn(twin: string): string {
  return `secrets are references only: use ${twin}, the path of a file on the server`;
}

/** A literal secret that the server reads from no file: what to do without it. */
export function secretWithoutFile(remedy: string): string {
  return `secrets are references only, and the server reads this one from no file: ${remedy}`;
}

const SECRET =
  /^(?:x[-_]?)?(?:(?:bearer|auth|access|api|client|private|secret|service[-_]?account)[-_]?)*(?:token|password|passphrase|credentials?|secrets?|cookie|key)$/i;
const HARMLESS = /^(?:key|access[-_]?key|client[-_]?key|service[-_]?account[-_]?key)$/i;

/** Whether a name is one that secrets go by, such as `token`, `apiKey` or `X-Auth-Token`. */
export function looksSecret(name: string): boolean {
  return SECRET.test(name) && !HARMLESS.test(name);
}

function unknownProperty(key: string, known: readonly string[], instead: Readonly<Record<string, string>>): string {
  const camel = camelCase(key);
  const advice = Object.hasOwn(instead, camel) ? instead[camel] : undefined;
  if (advice !== undefined) return advice;
  if (looksSecret(camel)) return secretIn(known.find((name) => name === `${camel}File`) ?? "passwordFile");
  if (camel !== key && known.includes(camel)) return `${JSON.stringify(key)} is written ${camel} here`;
  return `unknown property ${JSON.stringify(key)}.${didYouMean(camel, known) || ` Known are: ${known.join(", ")}`}`;
}

function camelCase(key: string): string {
  return key.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" || typeof value === "function")
    return typeof value === "object" ? "an object" : "a function";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
