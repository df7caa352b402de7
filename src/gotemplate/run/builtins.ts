/**
 * The functions that Go itself gives to templates. `and`, `or` and `call` are left to the evaluator.
 * https://pkg.go.dev/text/template#hdr-Functions
 */
import { sprint, sprintf, sprintln } from "../go/format.ts";
import { fn, GoError, type GoFunction } from "../go/function.ts";
import { isPrintable } from "../go/quote.ts";
import { byteLength } from "../go/text.ts";
import { ANY, type GoType, REFLECTED, STRING, UINT8 } from "../go/type.ts";
import { queryEscape } from "../go/url.ts";
import {
  compareText,
  GoInterface,
  GoMap,
  GoOpaque,
  GoPointer,
  GoScalar,
  GoSlice,
  GoStruct,
  type GoValue,
  indirect,
  isNil,
  isTrue,
  kindOf,
  mapEntry,
  mapSize,
  sliceElement,
  typeOf,
  underlying,
} from "../go/value.ts";

const variadic = (params: readonly GoType[], call: (args: readonly GoValue[]) => GoValue, rest: GoType = REFLECTED) =>
  fn(params, call, rest);

/** Arguments as `print` would write them, if it took them as actions do. */
const written = (values: readonly GoValue[]) =>
  sprint(
    values.map((value) => (value === undefined ? "<no value>" : value instanceof GoPointer ? indirect(value) : value)),
  );

const TABLE: Readonly<Record<string, GoFunction>> = {
  and: variadic([REFLECTED], () => undefined),
  or: variadic([REFLECTED], () => undefined),
  call: variadic([REFLECTED], () => undefined),
  not: fn([REFLECTED], ([value]: readonly [GoValue]) => !isTrue(value)),
  len: fn([REFLECTED], ([value]: readonly [GoValue]) => BigInt(lengthOf(value))),
  index: variadic([REFLECTED], ([item, ...indexes]) => indexed(item, indexes)),
  slice: variadic([REFLECTED], ([item, ...indexes]) => sliced(item, indexes)),
  print: variadic([], sprint, ANY),
  println: variadic([], sprintln, ANY),
  printf: fn([STRING], ([format, ...args]: readonly [string, ...GoValue[]]) => sprintf(format, args), ANY),
  html: variadic([], (values) => escapeHTML(written(values)), ANY),
  js: variadic([], (values) => escapeJS(written(values)), ANY),
  urlquery: variadic([], (values) => queryEscape(written(values)), ANY),
  eq: variadic([REFLECTED], ([first, ...others]) => equalsAny(first, others)),
  ne: fn([REFLECTED, REFLECTED], ([a, b]: readonly [GoValue, GoValue]) => !equalsAny(a, [b])),
  lt: fn([REFLECTED, REFLECTED], ([a, b]: readonly [GoValue, GoValue]) => less(a, b)),
  le: fn([REFLECTED, REFLECTED], ([a, b]: readonly [GoValue, GoValue]) => less(a, b) || equalsAny(a, [b])),
  gt: fn([REFLECTED, REFLECTED], ([a, b]: readonly [GoValue, GoValue]) => !(less(a, b) || equalsAny(a, [b]))),
  ge: fn([REFLECTED, REFLECTED], ([a, b]: readonly [GoValue, GoValue]) => !less(a, b)),
};

/** Go's own functions by name. */
export const BUILTINS: ReadonlyMap<string, GoFunction> = new Map(Object.entries(TABLE));

function lengthOf(value: GoValue): number {
  const item = indirect(value);
  if (item === undefined) throw new GoError("reflect: call of reflect.Value.Type on zero Value");
  if (isNilPointer(item)) throw new GoError("len of nil pointer");
  const held = underlying(item);
  if (typeof held === "string") return byteLength(held);
  if (item instanceof GoMap) return mapSize(item);
  if (item instanceof GoSlice) return item.elements?.length ?? 0;
  throw new GoError(`len of type ${typeOf(item).name}`);
}

function isNilPointer(value: GoValue): boolean {
  return (value instanceof GoPointer || value instanceof GoInterface) && isNil(value);
}

/** `index x 1 2` is `x[1][2]`. */
function indexed(given: GoValue, indexes: readonly GoValue[]): GoValue {
  let item = given;
  if (item === undefined) throw new GoError("index of untyped nil");
  for (const index of indexes) {
    item = indirect(item);
    if (item === undefined || isNilPointer(item)) throw new GoError("index of nil pointer");
    const held = underlying(item);
    if (item instanceof GoMap) item = mapEntry(item, keyOf(index));
    else if (item instanceof GoSlice) {
      const at = position(index, item.elements?.length ?? 0);
      if (at >= (item.elements?.length ?? 0)) throw new GoError("reflect: slice index out of range");
      item = sliceElement(item, at);
    } else if (typeof held === "string") {
      const bytes = Buffer.from(held);
      const byte = bytes[position(index, bytes.length)];
      if (byte === undefined) throw new GoError("reflect: string index out of range");
      item = new GoScalar(UINT8, BigInt(byte));
    } else throw new GoError(`can't index item of type ${typeOf(item).name}`);
  }
  return item;
}

function keyOf(index: GoValue): string {
  if (index === undefined) throw new GoError("value is nil; should be of type string");
  if (typeof index !== "string") throw new GoError(`value has type ${typeOf(index).name}; should be string`);
  return index;
}

function position(index: GoValue, capacity: number): number {
  if (index === undefined) throw new GoError("cannot index slice/array with nil");
  const held = underlying(index);
  if (typeof held !== "bigint") throw new GoError(`cannot index slice/array with type ${typeOf(index).name}`);
  if (held < 0n || held > BigInt(capacity)) throw new GoError(`index out of range: ${held}`);
  return Number(held);
}

/** `slice x 1 2` is `x[1:2]`; texts are cut by bytes. */
function sliced(given: GoValue, indexes: readonly GoValue[]): GoValue {
  if (given === undefined) throw new GoError("slice of untyped nil");
  const item = indirect(given);
  if (item === undefined || isNilPointer(item)) throw new GoError("slice of nil pointer");
  if (indexes.length > 3) throw new GoError(`too many slice indexes: ${indexes.length}`);
  const held = underlying(item);
  if (typeof held === "string" && indexes.length === 3) throw new GoError("cannot 3-index slice a string");
  if (typeof held !== "string" && !(item instanceof GoSlice))
    throw new GoError(`can't slice item of type ${typeOf(item).name}`);
  const bytes = typeof held === "string" ? Buffer.from(held) : undefined;
  const length = bytes?.length ?? lengthOf(item);
  const [from = 0, to = length, limit = to] = indexes.map((index) => position(index, length));
  if (from > to) throw new GoError(`invalid slice index: ${from} > ${to}`);
  if (to > limit) throw new GoError(`invalid slice index: ${to} > ${limit}`);
  if (bytes !== undefined) {
    const text = bytes.subarray(from, to).toString();
    return item instanceof GoScalar ? new GoScalar(item.type, text) : text;
  }
  return item instanceof GoSlice ? new GoSlice(item.type, (item.elements ?? []).slice(from, to)) : undefined;
}

/** The groups of types whose values can be compared with each other. */
type Group = "bool" | "int" | "float" | "complex" | "string";

const GROUPS: Readonly<Record<string, Group>> = {
  bool: "bool",
  int: "int",
  int64: "int",
  uint8: "int",
  float64: "float",
  complex128: "complex",
  string: "string",
};

function equalsAny(first: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) throw new GoError("missing argument for comparison");
  return others.some((other) => equals(first, other));
}

function equals(a: GoValue, b: GoValue): boolean {
  const group = GROUPS[kindOf(a)];
  if (group !== GROUPS[kindOf(b)] || apart(a, b)) {
    if (a === undefined || b === undefined) return false;
    // Whole numbers of any size compare.
    if (group === "int" && GROUPS[kindOf(b)] === "int") return underlying(a) === underlying(b);
    throw new GoError(`incompatible types for comparison: ${typeOf(a).name} and ${typeOf(b).name}`);
  }
  if (group === "complex") {
    const [x, y] = [underlying(a), underlying(b)] as { re: number; im: number }[];
    return x?.re === y?.re && x?.im === y?.im;
  }
  if (group !== undefined) return underlying(a) === underlying(b);
  if (a === undefined || b === undefined) return isNil(a) === isNil(b);
  if (kindOf(a) !== kindOf(b))
    throw new GoError(
      `non-comparable types ${sprintf("%s", [a])}: ${typeOf(a).name}, ${typeOf(b).name}: ${sprintf("%v", [b])}`,
    );
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (!comparable(b)) throw new GoError(`non-comparable type ${sprintf("%s", [b])}: ${typeOf(b).name}`);
  return same(a, b);
}

/** Bytes are unsigned, which Go takes for another kind than that of signed integers. */
function apart(a: GoValue, b: GoValue): boolean {
  return (kindOf(a) === "uint8") !== (kindOf(b) === "uint8");
}

function comparable(value: GoValue): boolean {
  if (value instanceof GoMap || value instanceof GoSlice) return false;
  return !(value instanceof GoStruct) || Object.values(value.fields).every(comparable);
}

function same(a: GoValue, b: GoValue): boolean {
  if (a instanceof GoStruct && b instanceof GoStruct && a.type === b.type) {
    return Object.entries(a.fields).every(([name, value]) => same(value, b.fields[name]));
  }
  if (a instanceof GoOpaque && b instanceof GoOpaque) return a.content === b.content;
  return underlying(a) === underlying(b);
}

function less(a: GoValue, b: GoValue): boolean {
  const [first, second] = [GROUPS[kindOf(a)], GROUPS[kindOf(b)]];
  if (first === undefined || second === undefined || a === undefined || b === undefined)
    throw new GoError("invalid type for comparison");
  if (first !== second) throw new GoError(`incompatible types for comparison: ${typeOf(a).name} and ${typeOf(b).name}`);
  const [x, y] = [underlying(a), underlying(b)];
  if (typeof x === "string" && typeof y === "string") return compareText(x, y) < 0;
  if ((typeof x === "number" || typeof x === "bigint") && (typeof y === "number" || typeof y === "bigint"))
    return x < y;
  throw new GoError("invalid type for comparison");
}

const HTML: Readonly<Record<string, string>> = {
  "\0": "\ufffd",
  '"': "&#34;",
  "'": "&#39;",
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
};

function escapeHTML(text: string): string {
  return text.replace(/["'&<>\0]/g, (char) => HTML[char] ?? char);
}

function escapeJS(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped.
  return text.replace(/[\\'"<>&=\u0000-\u001f]|[^\u0000-\u007f]/gu, (char) => {
    if (char === "\\" || char === "'" || char === '"') return `\\${char}`;
    const code = char.codePointAt(0) ?? 0;
    if (code > 127 && isPrintable(char)) return char;
    return `\\u${code.toString(16).toUpperCase().padStart(4, "0")}`;
  });
}
