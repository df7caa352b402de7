/**
 * Go's types, as far as templates can see them: printed by `%T` and in error messages, and asked whether a value fits a
 * function's parameter.
 * https://go.dev/ref/spec#Assignability
 */
import type { GoFunction } from "./function.ts";

/** What a type is made of, whatever its name. */
export type Kind =
  | "bool"
  | "int"
  | "int64"
  | "uint8"
  | "float64"
  | "complex128"
  | "string"
  | "slice"
  | "map"
  | "struct"
  | "pointer"
  | "interface";

/** A type; two are the same only if they are one object. */
export interface GoType {
  readonly kind: Kind;
  /** As Go's reflection prints it: `[]interface {}`, `template.KV`. */
  readonly name: string;
  /** Whether the type has a name of its own, as `string` and `template.KV` have and `[]string` has not. */
  readonly named: boolean;
  /** What a slice or map holds, or a pointer points to. */
  readonly element: GoType | undefined;
  readonly fields: readonly Field[];
  /** A method is a function that takes the receiver before its other arguments. */
  readonly methods: ReadonlyMap<string, GoFunction>;
}

/** A field of a struct. */
export interface Field {
  readonly name: string;
  readonly type: GoType;
  /** The name in JSON; `undefined` for a field that only Go code can see. */
  readonly json: string | undefined;
}

const NO_METHODS: ReadonlyMap<string, GoFunction> = new Map();

function type(kind: Kind, name: string, named: boolean, element: GoType | undefined): GoType {
  return { kind, name, named, element, fields: [], methods: NO_METHODS };
}

export const BOOL = type("bool", "bool", true, undefined);
export const INT = type("int", "int", true, undefined);
export const INT64 = type("int64", "int64", true, undefined);
export const UINT8 = type("uint8", "uint8", true, undefined);
export const FLOAT64 = type("float64", "float64", true, undefined);
export const COMPLEX128 = type("complex128", "complex128", true, undefined);
export const STRING = type("string", "string", true, undefined);
/** `any`. */
export const ANY = type("interface", "interface {}", false, undefined);
/** The parameter type of functions that want any value at all, no value included: `reflect.Value`. */
export const REFLECTED = type("struct", "reflect.Value", true, undefined);

const slices = new Map<GoType, GoType>();
const maps = new Map<GoType, GoType>();
const pointers = new Map<GoType, GoType>();

/** `[]element`. */
export function sliceOf(element: GoType): GoType {
  return remembered(slices, element, () => type("slice", `[]${element.name}`, false, element));
}

/** `map[string]…`: templates meet no other keys. */
export function mapOf(element: GoType): GoType {
  return remembered(maps, element, () => type("map", `map[string]${element.name}`, false, element));
}

/** A pointer has the methods of what it points to. */
export function pointerTo(element: GoType): GoType {
  return remembered(pointers, element, () => ({
    ...type("pointer", `*${element.name}`, false, element),
    methods: element.methods,
  }));
}

/** A struct with a name, or without one where the name spells it out. */
export function structType(
  name: string,
  fields: readonly Field[],
  methods: ReadonlyMap<string, GoFunction> = NO_METHODS,
): GoType {
  return { ...type("struct", name, !name.startsWith("struct "), undefined), fields, methods };
}

/** A type declared with a name, as `type KV map[string]string` is. */
export function declared(
  name: string,
  underlying: GoType,
  methods: ReadonlyMap<string, GoFunction> = NO_METHODS,
): GoType {
  return { ...underlying, name, named: true, methods };
}

/** Whether a value of one type may be given where the other is wanted. */
export function assignable(from: GoType, to: GoType): boolean {
  if (from === to || to.kind === "interface") return true;
  if (from.named && to.named) return false;
  return from.kind === to.kind && from.element === to.element && from.fields === to.fields;
}

/** Whether the type has a nil. */
export function canBeNil({ kind }: GoType): boolean {
  return kind === "slice" || kind === "map" || kind === "pointer" || kind === "interface";
}

function remembered(known: Map<GoType, GoType>, key: GoType, make: () => GoType): GoType {
  let made = known.get(key);
  if (made === undefined) {
    made = make();
    known.set(key, made);
  }
  return made;
}
