/**
 * Go's values in JavaScript. The common ones are plain: a `string`, a `number` (float64), a `bigint` (int), a `boolean`, and
 * `undefined` for no value at all. Everything else carries its type.
 */
import { ANY, BOOL, FLOAT64, type GoType, INT, type Kind, mapOf, pointerTo, STRING, sliceOf } from "./type.ts";

/** Any value a template can meet. */
export type GoValue = undefined | string | number | bigint | boolean | GoObject;

/** The values that carry their type. */
export type GoObject = GoScalar | GoMap | GoSlice | GoStruct | GoPointer | GoInterface | GoOpaque;

/** A value of a named or sized basic type: a `time.Duration`, a `template.HTML`, one byte of a string. */
export class GoScalar {
  readonly type: GoType;
  readonly value: string | bigint | Complex;
  constructor(type: GoType, value: string | bigint | Complex) {
    this.type = type;
    this.value = value;
  }
}

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A map; its keys are texts. */
export class GoMap {
  readonly type: GoType;
  /** `undefined` for a nil map. */
  readonly entries: Readonly<Record<string, GoValue>> | undefined;
  constructor(type: GoType, entries: Readonly<Record<string, GoValue>> | undefined) {
    this.type = type;
    this.entries = entries;
  }
}

/** A slice. */
export class GoSlice {
  readonly type: GoType;
  /** `undefined` for a nil slice. */
  readonly elements: readonly GoValue[] | undefined;
  constructor(type: GoType, elements: readonly GoValue[] | undefined) {
    this.type = type;
    this.elements = elements;
  }
}

/** A struct with fields that a template can see. */
export class GoStruct {
  readonly type: GoType;
  readonly fields: Readonly<Record<string, GoValue>>;
  constructor(type: GoType, fields: Readonly<Record<string, GoValue>>) {
    this.type = type;
    this.fields = fields;
  }
}

/** A pointer. */
export class GoPointer {
  readonly type: GoType;
  /** `undefined` for a nil pointer. */
  readonly target: GoValue;
  constructor(type: GoType, target: GoValue) {
    this.type = type;
    this.target = target;
  }
}

/** A value seen through a field or element of type `any`, which shows in error messages alone. */
export class GoInterface {
  readonly type = ANY;
  readonly value: GoValue;
  constructor(value: GoValue) {
    this.value = value;
  }
}

/** A struct without fields that a template can see, such as a `time.Time`. */
export class GoOpaque<Content = unknown> {
  readonly type: GoType;
  readonly content: Content;
  constructor(type: GoType, content: Content) {
    this.type = type;
    this.content = content;
  }
}

/** `map[string]string`. */
export const LABEL_MAP = mapOf(STRING);
/** `map[string]interface {}`. */
export const ANY_MAP = mapOf(ANY);
/** `[]interface {}`. */
export const ANY_SLICE = sliceOf(ANY);
/** `[]string`. */
export const STRING_SLICE = sliceOf(STRING);

/** A label set as a map. */
export function stringMap(entries: Readonly<Record<string, string>>): GoMap {
  return new GoMap(LABEL_MAP, entries);
}

/** A pointer to a value. */
export function pointer(target: GoObject): GoPointer {
  return new GoPointer(pointerTo(target.type), target);
}

/** The type of a value; `undefined` has none. */
export function typeOf(value: Exclude<GoValue, undefined>): GoType {
  if (typeof value === "string") return STRING;
  if (typeof value === "number") return FLOAT64;
  if (typeof value === "bigint") return INT;
  if (typeof value === "boolean") return BOOL;
  return value.type;
}

/** The kind of a value's type, `invalid` for none. */
export function kindOf(value: GoValue): Kind | "invalid" {
  return value === undefined ? "invalid" : typeOf(value).kind;
}

/** What stands behind a value of type `any`. */
export function concrete(value: GoValue): GoValue {
  return value instanceof GoInterface ? value.value : value;
}

/** What a value holds, stripped of the name of its type. */
export function underlying(value: GoValue): GoValue | Complex {
  return value instanceof GoScalar ? value.value : value;
}

/** Follows pointers and interfaces to what they hold. A nil is returned as it is. */
export function indirect(value: GoValue): GoValue {
  let held = value;
  while (held instanceof GoPointer || held instanceof GoInterface) {
    const next = held instanceof GoPointer ? held.target : held.value;
    if (next === undefined) return held;
    held = next;
  }
  return held;
}

/** Whether the value is nothing, or a nil of its type. */
export function isNil(value: GoValue): boolean {
  if (value instanceof GoPointer) return value.target === undefined;
  if (value instanceof GoInterface) return value.value === undefined;
  if (value instanceof GoMap) return value.entries === undefined;
  if (value instanceof GoSlice) return value.elements === undefined;
  return value === undefined;
}

/** Whether `if` takes the value for true: anything but the zero of its type. */
export function isTrue(given: GoValue): boolean {
  const value = concrete(given);
  if (value instanceof GoMap) return mapSize(value) > 0;
  if (value instanceof GoSlice) return (value.elements ?? []).length > 0;
  if (value instanceof GoPointer) return value.target !== undefined;
  if (value instanceof GoScalar) {
    return typeof value.value === "object" ? value.value.re !== 0 || value.value.im !== 0 : Boolean(value.value);
  }
  // Not a number is not zero, although JavaScript calls it falsy.
  return Number.isNaN(value) || Boolean(value);
}

/** How many entries a map has. */
export function mapSize({ entries }: GoMap): number {
  return entries === undefined ? 0 : Object.keys(entries).length;
}

/** The keys of a map in the order in which Go prints and ranges over them. */
export function sortedKeys({ entries }: GoMap): readonly string[] {
  return entries === undefined ? [] : Object.keys(entries).sort(compareText);
}

/** An entry of a map, or the zero of what it holds. */
export function mapEntry({ type, entries }: GoMap, key: string): GoValue {
  const found = entries !== undefined && Object.hasOwn(entries, key) ? entries[key] : zeroOf(type.element ?? ANY);
  return type.element === ANY ? new GoInterface(found) : found;
}

/** An element of a slice as a template meets it. */
export function sliceElement({ type, elements }: GoSlice, index: number): GoValue {
  const found = elements?.[index];
  return type.element === ANY ? new GoInterface(found) : found;
}

/** The zero of a type. */
export function zeroOf(type: GoType): GoValue {
  return ZEROS[type.kind](type);
}

const ZEROS: Record<Kind, (type: GoType) => GoValue> = {
  bool: () => false,
  int: (type) => (type.named && type !== INT ? new GoScalar(type, 0n) : 0n),
  int64: (type) => new GoScalar(type, 0n),
  uint8: (type) => new GoScalar(type, 0n),
  float64: () => 0,
  complex128: (type) => new GoScalar(type, { re: 0, im: 0 }),
  string: (type) => (type === STRING ? "" : new GoScalar(type, "")),
  slice: (type) => new GoSlice(type, undefined),
  map: (type) => new GoMap(type, undefined),
  struct: (type) =>
    new GoStruct(type, Object.fromEntries(type.fields.map((field) => [field.name, zeroOf(field.type)]))),
  pointer: (type) => new GoPointer(type, undefined),
  interface: () => undefined,
};

/** Orders texts by their bytes in UTF-8, as Go does; UTF-16 puts astral characters elsewhere. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const xHigh = x >= 0xd800 && x <= 0xdfff;
    const yHigh = y >= 0xd800 && y <= 0xdfff;
    if (xHigh !== yHigh) return xHigh ? 1 : -1;
    return x - y;
  }
  return a.length - b.length;
}
