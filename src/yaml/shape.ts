/**
 * Shapes say what a YAML node must look like and read it into a typed value, collecting every problem with its place.
 *
 * They follow Go's strict decoding into structs, because that is what Prometheus and Alertmanager do: any scalar can be
 * text, `null` sets a field to its zero value and not to its default, unknown and repeated fields are errors.
 * https://github.com/go-yaml/yaml/blob/v2.4.0/decode.go
 */
import type { Diagnostic, Place, Related, Severity } from "../diagnostic/diagnostic.ts";
import { didYouMean } from "../diagnostic/near-miss.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "./read.ts";
import { isNull, isQuotedNull, resolveScalar } from "./resolve-scalar.ts";

/** What a node must look like, and the value it then stands for. */
export interface Shape<T> {
  /** What a person calls it: "a duration", "a list". */
  readonly expects: string;
  /** The value of `null`. */
  readonly zero: T;
  /** The value of a field that is not there, where it is not the zero value. */
  readonly absent?: T;
  readonly read: (node: YamlNode, reading: Reading) => T;
}

/** The type of the values that a shape reads. */
export type Shaped<S> = S extends Shape<infer T> ? T : never;

type Fields = Readonly<Record<string, Shape<unknown>>>;
export type Struct<F extends Fields> = { readonly [K in keyof F]: Shaped<F[K]> };

/** What a problem is besides its place. */
export interface Problem {
  readonly code: Diagnostic["code"];
  readonly message: string;
  readonly help?: string | undefined;
  readonly related?: readonly Related[] | undefined;
}

/** One pass over a file: the problems found so far, and where every struct and field stands. */
export class Reading {
  readonly diagnostics: Diagnostic[] = [];
  errors = 0;
  readonly #structs = new WeakMap<object, StructPlaces>();
  #steps = 0;
  readonly #source: string;
  readonly #file: string | undefined;

  constructor(source: string, file: string | undefined) {
    this.#source = source;
    this.#file = file;
  }

  /** The place of a node, or its first line where it goes on for pages. */
  place({ start, end }: { readonly start: number; readonly end: number }): Place {
    const line = this.#source.indexOf("\n", start);
    const last = line === -1 ? end : Math.min(line, end);
    return { file: this.#file, source: this.#source, start, end: Math.max(last, start + 1) };
  }

  /** Reports an error at a node, or at a place such as that of a struct's field. */
  error(where: YamlNode | Place, problem: Problem): void {
    this.#report("error", where, problem);
    this.errors++;
  }

  /** Reports what is allowed but most likely not meant. */
  warn(where: YamlNode | Place, problem: Problem): void {
    this.#report("warning", where, problem);
  }

  #report(severity: Severity, where: YamlNode | Place, problem: Problem): void {
    this.diagnostics.push({ severity, ...problem, place: "kind" in where ? this.place(where) : where });
  }

  /** Where a field of a struct stands: its value, or the struct where the field is absent. */
  placeOf(struct: object, field?: string): Place {
    const places = this.#structs.get(struct);
    if (places === undefined) return this.place({ start: 0, end: 0 });
    const entry = field === undefined ? undefined : places.fields.get(field);
    if (entry === undefined) return this.place(places.node);
    return this.place(isNull(entry.value) || entry.value.kind !== "scalar" ? entry.key : entry.value);
  }

  /** Whether a field holds something, or something that could not be read and was reported already. */
  given(struct: object, field: string): boolean {
    const value = (struct as Readonly<Record<string, unknown>>)[field];
    return (value !== undefined && value !== "") || this.broken(struct, field);
  }

  /** Whether a field stands in the file but could not be read. */
  broken(struct: object, field: string): boolean {
    return this.#structs.get(struct)?.broken.has(field) === true;
  }

  remember(struct: object, places: StructPlaces): void {
    this.#structs.set(struct, places);
  }

  /** Copies the places of one struct to another that stands for it. */
  same(struct: object, as: object): void {
    const places = this.#structs.get(as);
    if (places !== undefined) this.#structs.set(struct, places);
  }

  /** False once aliases have blown a small file up to more nodes than anyone writes. */
  mayStep(node: YamlNode): boolean {
    this.#steps++;
    if (this.#steps === MOST_STEPS)
      this.error(node, { code: "yaml/aliases", message: "Aliases of aliases blow this file up beyond measure." });
    return this.#steps < MOST_STEPS;
  }
}

const MOST_STEPS = 2_000_000;

interface StructPlaces {
  readonly node: YamlNode;
  readonly fields: ReadonlyMap<string, YamlEntry>;
  readonly broken: ReadonlySet<string>;
}

/** Reads a node by a shape. */
export function readShape<T>(shape: Shape<T>, node: YamlNode, reading: Reading): T {
  if (isNull(node) || !reading.mayStep(node)) return shape.zero;
  return shape.read(node, reading);
}

/** Any scalar, by its letters. */
export const text: Shape<string> = {
  expects: "text",
  zero: "",
  read(node, reading) {
    if (node.kind !== "scalar") return wrong(this, node, reading);
    const value = resolveScalar(node);
    if (value.kind === "mistake") return wrong(this, node, reading, value.message);
    return value.kind === "null" ? "" : value.kind === "text" ? value.value : node.text;
  },
};

export const bool: Shape<boolean> = {
  expects: "true or false",
  zero: false,
  read(node, reading) {
    const value = node.kind === "scalar" ? resolveScalar(node) : undefined;
    if (value?.kind === "null") return false;
    return value?.kind === "bool" ? value.value : wrong(this, node, reading);
  },
};

/** A whole number; a fraction is cut off, as Go does. */
export const integer: Shape<number> = {
  expects: "a whole number",
  zero: 0,
  read: (node, reading) => whole(node, reading, -(2n ** 63n), 2n ** 63n),
};

/** A whole number that is not negative. */
export const unsigned: Shape<number> = {
  expects: "a whole number that is not negative",
  zero: 0,
  read: (node, reading) => whole(node, reading, 0n, 2n ** 64n),
};

function whole(node: YamlNode, reading: Reading, least: bigint, most: bigint): number {
  const value = node.kind === "scalar" ? resolveScalar(node) : undefined;
  if (value?.kind === "null") return 0;
  if (value?.kind === "int" && value.value >= least && value.value < most) return Number(value.value);
  if (value?.kind === "float" && value.value <= Number(most)) return Math.trunc(value.value);
  return wrong(least === 0n ? unsigned : integer, node, reading);
}

export const float: Shape<number> = {
  expects: "a number",
  zero: 0,
  read(node, reading) {
    const value = node.kind === "scalar" ? resolveScalar(node) : undefined;
    if (value?.kind === "null") return 0;
    return value?.kind === "int" || value?.kind === "float" ? Number(value.value) : wrong(this, node, reading);
  },
};

/** Any YAML at all, as JSON would hold it. */
export const anything: Shape<unknown> = {
  expects: "anything",
  zero: null,
  read(node, reading) {
    if (node.kind === "list") return node.items.map((item) => readShape(anything, item, reading));
    if (node.kind === "map") {
      const entries = [...readEntries(node, anyKey, anything, reading)];
      return Object.fromEntries(
        entries.flatMap(([key, { value }]) => (key.startsWith(TEXT_KEY) ? [[key.slice(1), value]] : [])),
      );
    }
    const value = resolveScalar(node);
    if (value.kind === "mistake") return wrong(this, node, reading, value.message);
    if (value.kind === "null") return null;
    return value.kind === "int" ? Number(value.value) : value.value;
  },
};

// Keys `1` and `"1"` are two keys; those that are no text are of no use to anyone and are left out.
const TEXT_KEY = "=";
const anyKey: Shape<string> = {
  expects: "a key",
  zero: "",
  read(node, reading) {
    if (node.kind !== "scalar") return wrong(this, node, reading);
    const value = resolveScalar(node);
    if (value.kind === "text") return TEXT_KEY + value.value;
    return `${value.kind} ${"value" in value ? value.value : ""}`;
  },
};

/**
 * A text that must be more than text. `parse` gives the value, or says what is wrong with the text. The texts `"null"` and
 * `"~"` never reach it: `unseen` says what they are then, and without it they are no value.
 */
export function parsed<T>(
  expects: string,
  zero: T,
  parse: (text: string) => Parsed<T>,
  unseen?: (text: string) => T,
): Shape<T> {
  return {
    expects,
    zero,
    read(node, reading) {
      if (isQuotedNull(node)) return unseen?.((node as YamlScalar).text) ?? wrong(this, node, reading);
      const before = reading.errors;
      const value = text.read(node, reading);
      if (reading.errors > before) return zero;
      const result = parse(value);
      if ("value" in result) return result.value;
      reading.error(node, { code: result.code ?? "yaml/invalid-value", message: result.mistake, help: result.help });
      return zero;
    },
  };
}

export type Parsed<T> =
  | { readonly value: T }
  | { readonly mistake: string; readonly help?: string | undefined; readonly code?: Diagnostic["code"] };

/** A field that may be left out or null, which then is `undefined`. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return { expects: shape.expects, zero: undefined, read: (node, reading) => shape.read(node, reading) };
}

/** The same shape with a default for a field that is left out. */
export function otherwise<T>(shape: Shape<T>, absent: T): Shape<T> {
  return { expects: shape.expects, zero: shape.zero, absent, read: (node, reading) => shape.read(node, reading) };
}

/** A shape that refers to itself. */
export function lazy<T>(expects: string, zero: T, shape: () => Shape<T>): Shape<T> {
  return { expects, zero, read: (node, reading) => shape().read(node, reading) };
}

export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  return {
    expects: "a list",
    zero: [],
    read(node, reading) {
      if (isNothing(node)) return this.zero;
      if (node.kind !== "list") return wrong(this, node, reading);
      return node.items.map((one) => readShape(item, one, reading));
    },
  };
}

/** A map whose keys the user chooses. */
export function mapOf<T>(value: Shape<T>, key: Shape<string> = text): Shape<Readonly<Record<string, T>>> {
  return {
    expects: "a map",
    zero: {},
    read(node, reading) {
      if (isNothing(node)) return this.zero;
      if (node.kind !== "map") return wrong(this, node, reading);
      const entries = readEntries(node, key, value, reading);
      const result = Object.fromEntries([...entries].map(([name, one]) => [name, one.value]));
      const fields = new Map([...entries].map(([name, { entry }]) => [name, entry]));
      reading.remember(result, { node, fields, broken: new Set() });
      return result;
    },
  };
}

/** A map whose keys are known. `check` looks at the whole once its fields are read, and may give another value for it. */
export function struct<F extends Fields>(
  name: string,
  fields: F,
  check?: (value: Struct<F>, reading: Reading) => Struct<F> | undefined,
): Shape<Struct<F>> & { readonly fields: F } {
  const names = Object.keys(fields);
  const zero = Object.fromEntries(names.map((field) => [field, (fields[field] as Shape<unknown>).zero]));
  const absent = Object.fromEntries(
    names.map((field) => {
      const shape = fields[field] as Shape<unknown>;
      return [field, "absent" in shape ? shape.absent : shape.zero];
    }),
  );
  return {
    expects: `a map (${name})`,
    zero: zero as Struct<F>,
    fields,
    read(node, reading) {
      if (node.kind !== "map" && !isNothing(node)) return wrong(this, node, reading);
      const value: Record<string, unknown> = node.kind === "map" ? { ...absent } : { ...this.zero };
      const found = new Map<string, YamlEntry>();
      const broken = new Set<string>();
      if (node.kind === "map") readFields(node, { name, fields, value, found, broken }, new Set(), reading);
      const result = value as Struct<F>;
      const places = { node, fields: found, broken };
      reading.remember(result, places);
      const checked = check?.(result, reading) ?? result;
      if (checked !== result) reading.remember(checked, places);
      return checked;
    },
  };
}

interface FieldReading {
  readonly name: string;
  readonly fields: Fields;
  readonly value: Record<string, unknown>;
  readonly found: Map<string, YamlEntry>;
  readonly broken: Set<string>;
}

// A merge key counts where it stands: yaml.v2 lets what comes later win, be it merged or written out.
function readFields(node: YamlMap, into: FieldReading, done: Set<string>, reading: Reading): void {
  for (const entry of node.entries) {
    const { key, value } = entry;
    if (isMerge(key)) {
      for (const map of mergedMaps(value, reading)) readFields(map, into, new Set(), reading);
      continue;
    }
    const field = text.read(key, reading);
    if (key.kind !== "scalar") continue;
    const shape = Object.hasOwn(into.fields, field) ? into.fields[field] : undefined;
    if (shape === undefined) {
      const near = didYouMean(field, Object.keys(into.fields));
      reading.error(key, {
        code: "yaml/unknown-field",
        message: `${into.name} has no field ${JSON.stringify(field)}.${near}`,
        help: near === "" ? `Its fields are ${Object.keys(into.fields).sort().join(", ")}.` : undefined,
      });
      continue;
    }
    if (done.has(field)) {
      reportTwice(key, into.found.get(field), reading);
      continue;
    }
    done.add(field);
    into.found.set(field, entry);
    const before = reading.errors;
    into.value[field] = readShape(shape, value, reading);
    if (reading.errors > before) into.broken.add(field);
    else into.broken.delete(field);
  }
}

interface Entry<T> {
  readonly entry: YamlEntry;
  readonly value: T;
}

function readEntries<T>(
  node: YamlMap,
  key: Shape<string>,
  value: Shape<T>,
  reading: Reading,
): ReadonlyMap<string, Entry<T>> {
  const result = new Map<string, Entry<T>>();
  for (const entry of flatEntries(node, reading)) {
    const name = isNull(entry.key) ? key.zero : key.read(entry.key, reading);
    const first = result.get(name);
    if (first !== undefined) reportTwice(entry.key, first.entry, reading);
    else result.set(name, { entry, value: readShape(value, entry.value, reading) });
  }
  return result;
}

function flatEntries(node: YamlMap, reading: Reading): readonly YamlEntry[] {
  if (!node.entries.some(({ key }) => isMerge(key))) return node.entries;
  return node.entries.flatMap((entry) =>
    isMerge(entry.key) ? mergedMaps(entry.value, reading).flatMap((map) => flatEntries(map, reading)) : [entry],
  );
}

function reportTwice(key: YamlNode, first: YamlEntry | undefined, reading: Reading): void {
  const name = key.kind === "scalar" ? JSON.stringify(key.text) : "This key";
  reading.error(key, {
    code: "yaml/duplicate-key",
    message: `${name} stands here a second time.`,
    help: "Keep one of the two.",
    related: first === undefined ? undefined : [{ message: "It is first set here.", place: reading.place(first.key) }],
  });
}

function isMerge(key: YamlNode): boolean {
  return key.kind === "scalar" && key.text === "<<" && (key.tag === undefined ? key.plain : key.tag.endsWith(":merge"));
}

// Later entries of a list give way to earlier ones, so they are read first.
function mergedMaps(value: YamlNode, reading: Reading): readonly YamlMap[] {
  if (value.kind === "map") return [value];
  const items = value.kind === "list" ? value.items : [value];
  const maps: YamlMap[] = [];
  for (const item of items) {
    if (item.kind === "map") maps.push(item);
    else reading.error(item, { code: "yaml/wrong-type", message: "Only a map or a list of maps can be merged by <<." });
  }
  return maps.reverse();
}

// `Null` and `NULL` mean null too, but only to the field itself: it is asked, where `null` passes it by.
function isNothing(node: YamlNode): boolean {
  return node.kind === "scalar" && resolveScalar(node).kind === "null";
}

function wrong<T>(shape: Shape<T>, node: YamlNode, reading: Reading, why?: string): T {
  const found = node.kind === "scalar" ? (why ?? `got ${JSON.stringify(short(node.text))}`) : `got a ${node.kind}`;
  reading.error(node, { code: "yaml/wrong-type", message: `Expected ${shape.expects}, ${found}.` });
  return shape.zero;
}

function short(value: string): string {
  return value.length > 40 ? `${value.slice(0, 39)}…` : value;
}
