/** Number literals, which are held as every type that can have their value, as Go's untyped constants are. */
import { parseFloat64, parseInt64, parseUint64 } from "../go/number.ts";
import { quote, unquoteChar } from "../go/quote.ts";
import type { NumberNode } from "./ast.ts";
import type { Token } from "./lex.ts";

/** The number a token means, or what is wrong with it. */
export function numberOf({ kind, text, start, end }: Token): NumberNode | string {
  const node = (value: Partial<NumberNode>): NumberNode => ({
    kind: "number",
    text,
    start,
    end,
    position: start,
    int: undefined,
    uint: undefined,
    float: undefined,
    complex: undefined,
    ...value,
  });
  if (kind === "char constant") {
    const read = unquoteChar(text, 1, "'");
    if (read === undefined) return "invalid syntax";
    if (text.slice(read.end) !== "'") return `malformed character constant: ${text}`;
    const code = BigInt(read.code);
    return node({ int: code, uint: code, float: read.code });
  }
  if (kind === "complex") {
    const parts = /^(.*[^eEpP])([+-].*)i$/.exec(text);
    const [re, im] = [parseFloat64(parts?.[1] ?? ""), parseFloat64(parts?.[2] ?? "")];
    return typeof re === "number" && typeof im === "number"
      ? node(complex(re, im))
      : "syntax error scanning complex number";
  }
  if (text.endsWith("i")) {
    const im = parseFloat64(text.slice(0, -1));
    if (typeof im === "number") return node(complex(0, im));
  }
  const int = parseInt64(text);
  // Minus zero is unsigned all the same.
  const uint = parseUint64(text) ?? (int === 0n ? 0n : undefined);
  const whole = int ?? uint;
  if (whole !== undefined) return node({ int, uint, float: Number(whole) });
  const float = parseFloat64(text);
  if (typeof float !== "number") return `illegal number syntax: ${quote(text)}`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: ${quote(text)}`;
  return node({ float, ...wholeOf(float) });
}

function complex(re: number, im: number): Partial<NumberNode> {
  return im === 0 ? { complex: { re, im }, float: re, ...wholeOf(re) } : { complex: { re, im } };
}

/** The integers that equal a float, where it is whole and they can hold it. */
function wholeOf(float: number): Partial<NumberNode> {
  if (!Number.isInteger(float)) return {};
  const int = float >= -(2 ** 63) && float < 2 ** 63 ? BigInt(float) : undefined;
  const uint = float >= 0 && float < 2 ** 64 ? BigInt(float) : undefined;
  return { int, uint };
}
