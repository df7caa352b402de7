/**
 * Matchers in Alertmanager's older syntax: label names are ASCII, a value's quotes are optional and its escapes few.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/pkg/labels/parse.go
 */
import type { Matcher, MatchOp } from "../../label/matcher.ts";
import { isRegexMistake } from "../../label/regex.ts";
import type { MatcherMistake } from "./mistake.ts";
import { compileAnchored } from "./regex.ts";

/** Reads a list of matchers, with or without braces. */
export function parseClassicMatchers(input: string): readonly Matcher[] | MatcherMistake {
  const matchers: Matcher[] = [];
  for (const { text, offset } of splitAtCommas(input)) {
    const matcher = parseClassicMatcher(text);
    if ("mistake" in matcher) return { mistake: matcher.mistake, offset: offset + matcher.offset };
    matchers.push(matcher);
  }
  return matchers;
}

/** Commas between double quotes separate nothing. What follows the last one may be empty. */
function splitAtCommas(input: string): readonly { readonly text: string; readonly offset: number }[] {
  const from = input.startsWith("{") ? 1 : 0;
  const to = input.endsWith("}") && input.length > from ? input.length - 1 : input.length;
  const parts: { text: string; offset: number }[] = [];
  let start = from;
  let quoted = false;
  let escaped = false;
  for (let i = from; i < to; i++) {
    const char = input[i];
    if (char === "," && !quoted) {
      parts.push({ text: input.slice(start, i), offset: start });
      start = i + 1;
      continue;
    }
    if (char === '"' && !escaped) quoted = !quoted;
    // A comma between quotes leaves the escape standing, as the original does.
    if (char !== ",") escaped = char === "\\" && !escaped;
  }
  const last = input.slice(start, to);
  if (last.trim() !== "") parts.push({ text: last, offset: start });
  return parts;
}

const SHAPE = /^[\t\n\f\r ]*([a-zA-Z_:][a-zA-Z0-9_:]*)[\t\n\f\r ]*(=~|=|!=|!~)[\t\n\f\r ]*([\s\S]*?)[\t\n\f\r ]*$/;

/** Reads one matcher. */
export function parseClassicMatcher(input: string): Matcher | MatcherMistake {
  const found = SHAPE.exec(input);
  if (found === null) {
    const example = 'team="shop"';
    return { mistake: `${JSON.stringify(input.trim())} is no matcher such as ${example}`, offset: 0 };
  }
  const [, name = "", op = "=", raw = ""] = found;
  const offset = Math.max(0, input.lastIndexOf(raw));
  const value = unescapeValue(raw);
  if (value === undefined) return { mistake: `${raw} has a double quote that is not escaped`, offset };
  const regex = op === "=~" || op === "!~" ? compileAnchored(value) : undefined;
  if (regex !== undefined && isRegexMistake(regex)) return { mistake: regex.mistake, offset };
  return { name, op: op as MatchOp, value };
}

function unescapeValue(raw: string): string | undefined {
  const quoted = raw.startsWith('"');
  const text = quoted ? raw.slice(1) : raw;
  let closed = !quoted;
  let value = "";
  for (let i = 0; i < text.length; i++) {
    const char = text[i] as string;
    const last = i === text.length - 1;
    if (char === "\\" && !last) {
      const next = text[++i] as string;
      // Any other escape is none: the backslash stands for itself.
      value += next === "n" ? "\n" : next === '"' || next === "\\" ? next : `\\${next}`;
    } else if (char === '"') {
      if (closed || !last) return undefined;
      closed = true;
    } else value += char;
  }
  return closed ? value : undefined;
}
