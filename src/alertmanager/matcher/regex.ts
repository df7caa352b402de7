/**
 * Regular expressions as Alertmanager means them: RE2, anchored at both ends, and, other than in Prometheus, the dot does not
 * match a line's end and the expression is put between the anchors before anyone looks at it.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/pkg/labels/matcher.go
 */
import { compileForMatching } from "../../label/re2.ts";
import { compileRegex, isRegexMistake, type Regex, type RegexMistake } from "../../label/regex.ts";

const KEPT = 10_000;
const compiled = new Map<string, Regex | RegexMistake>();

/** Compiles `source`, or says what is wrong with it. */
export function compileAnchored(source: string): Regex | RegexMistake {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  if (compiled.size >= KEPT) compiled.clear();
  const result = compile(source);
  compiled.set(source, result);
  return result;
}

function compile(source: string): Regex | RegexMistake {
  const literal = /^[^\\.+*?()[\]{}^$]*$/.test(source) ? compileRegex(source) : undefined;
  if (literal !== undefined && !isRegexMistake(literal)) return literal;
  const prefix = /^([\w:/ -]*)\.([*+])$/.exec(source);
  if (prefix !== null) {
    const [, start = "", times] = prefix;
    const shortest = start.length + (times === "+" ? 1 : 0);
    const test = (text: string) => text.length >= shortest && text.startsWith(start) && !text.includes("\n");
    return { source, values: undefined, test };
  }
  try {
    // Go also knows (?<name>…), which RE2JS only knows as (?P<name>…).
    const pattern = compileForMatching(`^(?:${source.replace(/\(\?<(?=[A-Za-z_])/g, "(?P<")})$`);
    return { source, values: undefined, test: (text) => pattern.matcher(text).find() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { mistake: message.startsWith("error parsing regexp: ") ? message : `error parsing regexp: ${message}` };
  }
}
