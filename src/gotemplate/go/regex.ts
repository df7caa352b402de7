/**
 * Regular expressions that match anywhere in a text, as Go's `regexp` does it for templates.
 * https://pkg.go.dev/regexp#Regexp.ReplaceAllString
 */
import type { Matcher, RE2JS } from "re2js";
import { re2 } from "../../label/re2.ts";
import { GoError } from "./function.ts";
import { canBackquote, quote } from "./quote.ts";

const KEPT = 1000;
const compiled = new Map<string, RE2JS | string>();

/** Whether the pattern matches anywhere in `text`. */
export function matchesAnywhere(pattern: string, text: string): boolean {
  const regex = compile(pattern);
  if (typeof regex === "string") throw new GoError(regex);
  return regex.matcher(text).find();
}

/** Replaces every match. `$1`, `$name` and `${name}` in the replacement stand for groups, `$$` for a dollar. */
export function replaceMatches(pattern: string, replacement: string, text: string): string {
  const regex = compile(pattern);
  if (typeof regex === "string") {
    const quoted = canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern);
    throw new GoError(`regexp: Compile(${quoted}): ${regex}`);
  }
  const matcher = regex.matcher(text);
  let out = "";
  let copied = 0;
  let from = 0;
  let lastEnd = -1;
  while (from <= text.length && matcher.find(from)) {
    const start = matcher.start();
    const end = matcher.end();
    // An empty match right behind the match before it does not count.
    if (end > lastEnd || start !== end) {
      out += text.slice(copied, start) + expanded(replacement, regex, matcher);
      copied = end;
      lastEnd = end;
    }
    from = end > start ? end : end + ((text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1);
  }
  return out + text.slice(copied);
}

function compile(pattern: string): RE2JS | string {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  if (compiled.size >= KEPT) compiled.clear();
  const result = attempt(pattern);
  compiled.set(pattern, result);
  return result;
}

function attempt(pattern: string): RE2JS | string {
  try {
    return re2().compile(pattern);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return message.startsWith("error parsing regexp: ") ? message : `error parsing regexp: ${message}`;
  }
}

function expanded(replacement: string, regex: RE2JS, matcher: Matcher): string {
  if (!replacement.includes("$")) return replacement;
  return replacement.replace(
    /\$(?:\$|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+)|)/gu,
    (whole, braced: string | undefined, bare: string | undefined) => {
      const name = braced ?? bare;
      // A dollar that begins no name stays.
      return name === undefined ? "$" : whole === "$" ? whole : group(name, regex, matcher);
    },
  );
}

function group(name: string, regex: RE2JS, matcher: Matcher): string {
  // Digits are a group's number, save for those that a leading zero makes a name.
  if (/^(0|[1-9]\d*)$/.test(name)) {
    const index = Number(name);
    return index <= regex.groupCount() ? (matcher.group(index) ?? "") : "";
  }
  return Object.hasOwn(regex.namedGroups(), name) ? (matcher.group(name) ?? "") : "";
}
