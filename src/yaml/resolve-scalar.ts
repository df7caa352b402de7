/**
 * What a scalar means when nobody asked for text: YAML 1.1 as Go's yaml.v2 reads it, with `yes`, `on`, `0x1F` and `1_000`.
 * https://github.com/go-yaml/yaml/blob/v2.4.0/resolve.go
 */
import type { YamlNode, YamlScalar } from "./read.ts";

/** A resolved scalar. Whole numbers keep all their digits. */
export type ScalarValue =
  | { readonly kind: "null" }
  | { readonly kind: "bool"; readonly value: boolean }
  | { readonly kind: "int"; readonly value: bigint }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "text"; readonly value: string }
  /** A tag and a text that contradict each other, such as `!!int x`. */
  | { readonly kind: "mistake"; readonly message: string };

const TAG = "tag:yaml.org,2002:";
const RESOLVABLE = new Set(["str", "bool", "int", "float", "null"].map((name) => TAG + name));

/** Whether a node is the null that leaves a field at its zero value without asking the field. */
export function isNull(node: YamlNode): boolean {
  if (node.kind !== "scalar") return false;
  if (node.tag !== undefined) return node.tag === `${TAG}null`;
  return node.plain && (node.text === "" || node.text === "~" || node.text === "null");
}

/** Whether a node is `"null"` or `"~"` between quotes: text, but one that no field of a special type gets to see. */
export function isQuotedNull(node: YamlNode): boolean {
  return node.kind === "scalar" && !node.plain && node.tag === undefined && (node.text === "null" || node.text === "~");
}

/** Resolves a scalar by its tag, or by its looks where it is plain. */
export function resolveScalar({ text, plain, tag }: YamlScalar): ScalarValue {
  if (tag === undefined) return plain ? resolvePlain(text) : { kind: "text", value: text };
  if (tag === `${TAG}binary`) return decodeBinary(text);
  if (!RESOLVABLE.has(tag) || tag === `${TAG}str`) return { kind: "text", value: text };
  const found = resolvePlain(text);
  if (found.kind === "int" && tag === `${TAG}float`) return { kind: "float", value: Number(found.value) };
  if (`${TAG}${found.kind}` === tag) return found;
  return { kind: "mistake", message: `${JSON.stringify(text)} is no ${tag.slice(TAG.length)}` };
}

const WORDS = new Map<string, ScalarValue>([
  ...words({ kind: "bool", value: true }, "y Y yes Yes YES true True TRUE on On ON"),
  ...words({ kind: "bool", value: false }, "n N no No NO false False FALSE off Off OFF"),
  ...words({ kind: "null" }, "~ null Null NULL"),
  ...words({ kind: "float", value: Number.NaN }, ".nan .NaN .NAN"),
  ...words({ kind: "float", value: Number.POSITIVE_INFINITY }, ".inf .Inf .INF +.inf +.Inf +.INF"),
  ...words({ kind: "float", value: Number.NEGATIVE_INFINITY }, "-.inf -.Inf -.INF"),
  ["", { kind: "null" }],
]);

function words(value: ScalarValue, list: string): [string, ScalarValue][] {
  return list.split(" ").map((word) => [word, value]);
}

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]([0-7]+)|0([0-7]+)|([0-9]+))$/;

function resolvePlain(text: string): ScalarValue {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (!/^[-+.0-9]/.test(text)) return { kind: "text", value: text };
  const digits = text.startsWith(".") ? text : text.replaceAll("_", "");
  const integer = parseInteger(digits);
  if (integer !== undefined) return { kind: "int", value: integer };
  if (FLOAT.test(digits)) return { kind: "float", value: Number(digits) };
  return { kind: "text", value: text };
}

// As strconv.ParseInt with base 0, and ParseUint for what is larger.
function parseInteger(text: string): bigint | undefined {
  const found = INTEGER.exec(text);
  if (found === null) return undefined;
  const [, sign, hex, binary, octal, oldOctal, decimal] = found;
  const old = oldOctal ?? octal;
  // "0" matches as decimal; a decimal with leading zeros such as "08" is none.
  if (decimal !== undefined && decimal.length > 1 && decimal.startsWith("0")) return undefined;
  const size =
    hex !== undefined
      ? BigInt(`0x${hex}`)
      : binary !== undefined
        ? BigInt(`0b${binary}`)
        : old !== undefined
          ? BigInt(`0o${old}`)
          : BigInt(decimal ?? 0);
  const value = sign === "-" ? -size : size;
  const most = sign === "" ? 2n ** 64n : 2n ** 63n;
  return value < -(2n ** 63n) || value >= most ? undefined : value;
}

function decodeBinary(text: string): ScalarValue {
  const bare = text.replace(/[\r\n]/g, "");
  if (bare.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(bare))
    return { kind: "mistake", message: "the !!binary value is not base64" };
  return { kind: "text", value: Buffer.from(bare, "base64").toString("utf8") };
}
