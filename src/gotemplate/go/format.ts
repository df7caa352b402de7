/**
 * Values as text: `%v`, `%q`, `%.2f` and the rest.
 * https://pkg.go.dev/fmt
 */
import { type FloatVerb, formatFloat, formatNumber } from "./float.ts";
import { canBackquote, isPrintable, quote, quoteRune } from "./quote.ts";
import { runeCount } from "./text.ts";
import { UINT8 } from "./type.ts";
import {
  type Complex,
  GoInterface,
  GoMap,
  type GoObject,
  GoOpaque,
  GoPointer,
  GoScalar,
  GoSlice,
  GoStruct,
  type GoValue,
  indirect,
  mapEntry,
  sliceElement,
  sortedKeys,
  typeOf,
} from "./value.ts";

/** What stands between `%` and the verb. */
interface Flags {
  minus: boolean;
  plus: boolean;
  sharp: boolean;
  space: boolean;
  zero: boolean;
  width: number | undefined;
  precision: number | undefined;
  /** `%+v` and `%#v`, which mean forms of their own. */
  plusV: boolean;
  sharpV: boolean;
  /** Set while a wrong verb is reported, when methods must not be called. */
  erroring: boolean;
}

/** The text of a value as an action prints it. */
export function textOf(value: GoValue): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return formatNumber(value);
  return formatValue(value, "v", noFlags());
}

/** `fmt.Sprint`: a space between two operands of which neither is a string. */
export function sprint(values: readonly GoValue[]): string {
  let out = "";
  let afterString = true;
  for (const value of values) {
    const isString = value !== undefined && typeOf(value).kind === "string";
    if (!isString && !afterString) out += " ";
    out += textOf(value);
    afterString = isString;
  }
  return out;
}

/** `fmt.Sprintln`. */
export function sprintln(values: readonly GoValue[]): string {
  return `${values.map(textOf).join(" ")}\n`;
}

/** `fmt.Sprintf`. Trouble shows in the text, as `%!d(string=mug)`. */
export function sprintf(format: string, args: readonly GoValue[]): string {
  const chars = [...format];
  let out = "";
  let next = 0;
  let reordered = false;
  for (let i = 0; i < chars.length; ) {
    const start = i;
    while (i < chars.length && chars[i] !== "%") i++;
    if (i > start) out += chars.slice(start, i).join("");
    if (i >= chars.length) break;
    i++;
    const flags = noFlags();
    for (let flag = FLAGS[chars[i] ?? ""]; flag !== undefined; flag = FLAGS[chars[i] ?? ""]) {
      flags[flag] = true;
      i++;
    }
    let good = true;
    let afterIndex = false;
    const takeIndex = () => {
      afterIndex = false;
      if (chars[i] !== "[") return;
      reordered = true;
      const read = argumentIndex(chars, i, args.length);
      i = read.end;
      afterIndex = read.parsed;
      if (read.index === undefined) good = false;
      else next = read.index;
    };
    const takeArgument = (): number | undefined => {
      const value = next < args.length ? args[next] : undefined;
      if (next < args.length) next++;
      const held = value instanceof GoScalar ? value.value : value;
      // Sizes beyond a million are taken for mistakes.
      return typeof held === "bigint" && held >= -1_000_000n && held <= 1_000_000n ? Number(held) : undefined;
    };
    takeIndex();
    if (chars[i] === "*") {
      i++;
      const width = takeArgument();
      if (width === undefined) out += "%!(BADWIDTH)";
      else if (width < 0) {
        flags.minus = true;
        flags.zero = false;
      }
      flags.width = width === undefined ? undefined : Math.abs(width);
      afterIndex = false;
    } else {
      const read = digits(chars, i);
      i = read.end;
      flags.width = read.value;
      if (afterIndex && read.value !== undefined) good = false;
    }
    if (chars[i] === "." && i + 1 < chars.length) {
      i++;
      if (afterIndex) good = false;
      takeIndex();
      if (chars[i] === "*") {
        i++;
        const precision = takeArgument();
        flags.precision = precision !== undefined && precision >= 0 ? precision : undefined;
        if (flags.precision === undefined) out += "%!(BADPREC)";
        afterIndex = false;
      } else {
        const read = digits(chars, i);
        i = read.end;
        flags.precision = read.value ?? 0;
      }
    }
    if (!afterIndex) takeIndex();
    const verb = chars[i++];
    if (verb === undefined) {
      out += "%!(NOVERB)";
      break;
    }
    if (verb === "%") out += "%";
    else if (!good) out += `%!${verb}(BADINDEX)`;
    else if (next >= args.length) out += `%!${verb}(MISSING)`;
    else {
      if (verb === "v" || verb === "w") {
        flags.sharpV = flags.sharp;
        flags.plusV = flags.plus;
        flags.sharp = false;
        flags.plus = false;
      }
      out += formatValue(args[next], verb, flags);
      next++;
    }
  }
  if (!reordered && next < args.length) {
    const extra = args
      .slice(next)
      .map((value) => (value === undefined ? "<nil>" : `${typeOf(value).name}=${textOf(value)}`));
    out += `%!(EXTRA ${extra.join(", ")})`;
  }
  return out;
}

const FLAGS: Readonly<Record<string, "minus" | "plus" | "sharp" | "space" | "zero">> = {
  "-": "minus",
  "+": "plus",
  "#": "sharp",
  " ": "space",
  "0": "zero",
};

function noFlags(): Flags {
  return {
    minus: false,
    plus: false,
    sharp: false,
    space: false,
    zero: false,
    width: undefined,
    precision: undefined,
    plusV: false,
    sharpV: false,
    erroring: false,
  };
}

function digits(chars: readonly string[], start: number): { readonly value: number | undefined; readonly end: number } {
  let value: number | undefined;
  let i = start;
  for (let char = chars[i]; char !== undefined && char >= "0" && char <= "9"; char = chars[++i]) {
    if ((value ?? 0) > 1_000_000) return { value: undefined, end: chars.length };
    value = (value ?? 0) * 10 + Number(char);
  }
  return { value, end: i };
}

/** `[2]` picks an argument, counted from 1. */
function argumentIndex(chars: readonly string[], start: number, count: number) {
  const close = chars.indexOf("]", start);
  if (close === -1 || chars.length - start < 3) return { index: undefined, end: start + 1, parsed: false };
  const { value, end } = digits(chars.slice(0, close), start + 1);
  if (value === undefined || end !== close) return { index: undefined, end: close + 1, parsed: false };
  return { index: value >= 1 && value <= count ? value - 1 : undefined, end: close + 1, parsed: true };
}

function formatValue(value: GoValue, verb: string, flags: Flags, depth = 0): string {
  if (value === undefined) return verb === "T" || verb === "v" ? padded("<nil>", flags) : wrongVerb(value, verb, flags);
  if (depth === 0 && verb === "T") return padded(truncated(typeOf(value).name, flags), flags);
  if (depth === 0 && verb === "p") return value instanceof GoPointer ? ADDRESS : wrongVerb(value, verb, flags);
  if (typeof value === "string") return formatString(value, value, verb, flags);
  if (typeof value === "number") return formatFloating(value, value, verb, flags);
  if (typeof value === "bigint") return formatInteger(value, value, verb, flags);
  if (typeof value === "boolean")
    return verb === "t" || verb === "v" ? padded(String(value), flags) : wrongVerb(value, verb, flags);
  if (!flags.erroring && !flags.sharpV && "vsxXq".includes(verb)) {
    const method = value.type.methods.get("String");
    if (method !== undefined) {
      const isNil = value instanceof GoPointer && value.target === undefined;
      if (isNil) return "<nil>";
      const receiver = value instanceof GoPointer ? value.target : value;
      const text = method.call([receiver], { now: 0 });
      return formatString(typeof text === "string" ? text : "", value, verb, flags);
    }
  }
  return formatObject(value, verb, flags, depth);
}

/** Where pointers point is nobody's business; Go would print another address each time. */
const ADDRESS = "0xc000000000";

function formatObject(value: GoObject, verb: string, flags: Flags, depth: number): string {
  if (value instanceof GoInterface) return formatValue(value.value, verb, flags, depth + 1);
  if (value instanceof GoScalar) return formatScalar(value, verb, flags);
  if (value instanceof GoMap) {
    const entries = sortedKeys(value).map((key) => {
      const held = mapEntry(value, key);
      const inside = held instanceof GoInterface ? held.value : held;
      return `${formatValue(key, verb, flags, depth + 1)}:${formatValue(inside, verb, flags, depth + 1)}`;
    });
    if (flags.sharpV && value.entries === undefined) return `${value.type.name}(nil)`;
    return flags.sharpV ? `${value.type.name}{${entries.join(", ")}}` : `map[${entries.join(" ")}]`;
  }
  if (value instanceof GoSlice) {
    if (flags.sharpV && value.elements === undefined) return `${value.type.name}(nil)`;
    const texts = (value.elements ?? []).map((_, i) => {
      const held = sliceElement(value, i);
      return formatValue(held instanceof GoInterface ? held.value : held, verb, flags, depth + 1);
    });
    return flags.sharpV ? `${value.type.name}{${texts.join(", ")}}` : `[${texts.join(" ")}]`;
  }
  if (value instanceof GoStruct) {
    const texts = value.type.fields.map(({ name }) => {
      const text = formatValue(value.fields[name], verb, flags, depth + 1);
      return flags.plusV || flags.sharpV ? `${name}:${text}` : text;
    });
    return flags.sharpV ? `${value.type.name}{${texts.join(", ")}}` : `{${texts.join(" ")}}`;
  }
  if (value instanceof GoOpaque) return `${flags.sharpV ? value.type.name : ""}{}`;
  if (value.target === undefined) return padded("<nil>", flags);
  const pointed = indirect(value.target);
  const composite = pointed instanceof GoMap || pointed instanceof GoSlice || pointed instanceof GoStruct;
  if (depth === 0 && composite) return `&${formatValue(pointed, verb, flags, depth + 1)}`;
  if (verb === "v") return flags.sharpV ? `(${value.type.name})(${ADDRESS})` : padded(ADDRESS, flags);
  return "bodxX".includes(verb)
    ? formatInteger(BigInt(ADDRESS), value, verb, flags)
    : `%!${verb}(${value.type.name}=${ADDRESS})`;
}

function formatScalar(scalar: GoScalar, verb: string, flags: Flags): string {
  const { value } = scalar;
  if (typeof value === "string") return formatString(value, scalar, verb, flags);
  if (typeof value === "bigint") return formatInteger(value, scalar, verb, flags);
  return formatComplex(value, scalar, verb, flags);
}

function wrongVerb(value: GoValue, verb: string, flags: Flags): string {
  if (value === undefined) return `%!${verb}(<nil>)`;
  return `%!${verb}(${typeOf(value).name}=${formatValue(value, "v", { ...flags, erroring: true })})`;
}

function formatString(text: string, value: GoValue, verb: string, flags: Flags): string {
  if (verb === "s" || (verb === "v" && !flags.sharpV)) return padded(truncated(text, flags), flags);
  if (verb === "q" || verb === "v") {
    const shown = truncated(text, flags);
    return padded(flags.sharp && canBackquote(shown) ? `\`${shown}\`` : quote(shown, flags.plus), flags);
  }
  if (verb === "x" || verb === "X") return padded(hexBytes(text, verb === "X", flags), flags);
  return wrongVerb(value, verb, flags);
}

function hexBytes(text: string, upper: boolean, { precision, sharp, space }: Flags): string {
  const bytes = [...Buffer.from(text).subarray(0, precision)].map((byte) => byte.toString(16).padStart(2, "0"));
  if (bytes.length === 0) return "";
  const hex = space
    ? bytes.map((byte) => (sharp ? `0x${byte}` : byte)).join(" ")
    : `${sharp ? "0x" : ""}${bytes.join("")}`;
  return upper ? hex.toUpperCase() : hex;
}

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };

function formatInteger(number: bigint, value: GoValue, verb: string, flags: Flags): string {
  const base = BASES[verb];
  if (base === undefined) return formatRune(number, value, verb, flags);
  const unsigned = value instanceof GoScalar && value.type.kind === UINT8.kind;
  if (unsigned && flags.sharpV) return padded(`0x${number.toString(16)}`, flags);
  const size = number < 0n ? -number : number;
  const sign = number < 0n ? "-" : flags.plus ? "+" : flags.space ? " " : "";
  let least = flags.precision ?? 0;
  if (flags.precision === 0 && size === 0n) return " ".repeat(flags.width ?? 0);
  if (flags.precision === undefined && flags.zero && !flags.minus && flags.width !== undefined)
    least = flags.width - sign.length;
  let text = size.toString(base).padStart(least, "0");
  if (flags.sharp && base === 2) text = `0b${text}`;
  if (flags.sharp && base === 8 && !text.startsWith("0")) text = `0${text}`;
  if (flags.sharp && base === 16) text = `0x${text}`;
  if (verb === "X") text = text.toUpperCase();
  if (verb === "O") text = `0o${text}`;
  return padded(sign + text, { ...flags, zero: false });
}

function formatRune(number: bigint, value: GoValue, verb: string, flags: Flags): string {
  const valid = number >= 0n && number <= 0x10ffffn && !(number >= 0xd800n && number < 0xe000n);
  const char = valid ? String.fromCodePoint(Number(number)) : "\ufffd";
  if (verb === "c") return padded(char, flags);
  if (verb === "q") return padded(quoteRune(char, flags.plus), flags);
  if (verb !== "U") return wrongVerb(value, verb, flags);
  const code = BigInt.asUintN(64, number).toString(16).toUpperCase();
  const shown = flags.sharp && valid && isPrintable(char) ? ` '${char}'` : "";
  return padded(`U+${code.padStart(Math.max(4, flags.precision ?? 0), "0")}${shown}`, { ...flags, zero: false });
}

const FLOAT_VERBS: Readonly<Record<string, readonly [FloatVerb, number]>> = {
  v: ["g", -1],
  g: ["g", -1],
  G: ["G", -1],
  b: ["b", -1],
  x: ["x", -1],
  X: ["X", -1],
  f: ["f", 6],
  F: ["f", 6],
  e: ["e", 6],
  E: ["E", 6],
};

function formatFloating(number: number, value: GoValue, verb: string, flags: Flags): string {
  const known = FLOAT_VERBS[verb];
  if (known === undefined) return wrongVerb(value, verb, flags);
  const [form, usual] = known;
  const text = formatFloat(number, form, flags.precision ?? usual);
  const signed = /^[+-]/.test(text);
  let body = signed ? text.slice(1) : text;
  const finite = Number.isFinite(number);
  // Infinity shows its sign always, not-a-number only when asked.
  let sign = text.startsWith("-") ? "-" : flags.plus || text === "+Inf" ? "+" : "";
  if (flags.space && !flags.plus && sign !== "-") sign = " ";
  if (finite && flags.sharp && verb !== "b") body = withPoint(body, form, flags.precision);
  if (!finite) return padded(sign + body, { ...flags, zero: false });
  const width = flags.width ?? 0;
  if (flags.zero && !flags.minus && width > sign.length + body.length) {
    return sign + body.padStart(width - sign.length, "0");
  }
  return padded(sign + body, flags);
}

/** `#` keeps the decimal point, and for `%g` the zeros behind it. */
function withPoint(text: string, form: FloatVerb, precision: number | undefined): string {
  const [mantissa = "", tail = ""] = text.split(form === "x" || form === "X" ? /(?=p)/i : /(?=e)/i);
  const wanted = form === "g" || form === "G" || form === "x" ? (precision ?? 6) : 0;
  const given = mantissa === "0" ? 1 : mantissa.replace(".", "").replace(/^0+/, "").length;
  return (mantissa.includes(".") ? mantissa : `${mantissa}.`) + "0".repeat(Math.max(0, wanted - given)) + tail;
}

function formatComplex({ re, im }: Complex, value: GoValue, verb: string, flags: Flags): string {
  if (FLOAT_VERBS[verb] === undefined) return wrongVerb(value, verb, flags);
  return `(${formatFloating(re, re, verb, flags)}${formatFloating(im, im, verb, { ...flags, plus: true })}i)`;
}

function truncated(text: string, { precision }: Flags): string {
  return precision === undefined ? text : [...text].slice(0, precision).join("");
}

function padded(text: string, { width, minus, zero }: Flags): string {
  if (width === undefined) return text;
  const missing = width - runeCount(text);
  if (missing <= 0) return text;
  if (minus) return text + " ".repeat(missing);
  return (zero ? "0" : " ").repeat(missing) + text;
}
