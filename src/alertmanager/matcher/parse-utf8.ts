/**
 * Matchers in Alertmanager's newer syntax, in which names and values are any UTF-8, quoted where they hold `{}!=~,\"'` or
 * blanks: `{"my label"=~"a|b", team=shop}`. The braces may be left out.
 * https://prometheus.io/docs/alerting/latest/configuration/#utf-8-strict-mode
 */
import type { Matcher, MatchOp } from "../../label/matcher.ts";
import { isRegexMistake } from "../../label/regex.ts";
import type { MatcherMistake } from "./mistake.ts";
import { compileAnchored } from "./regex.ts";
import { unquoteGo } from "./unquote.ts";

type TokenKind = "{" | "}" | "," | "operator" | "quoted" | "unquoted" | "end";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

/** The blanks of Go's unicode.IsSpace. */
const BLANK = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const RESERVED = new RegExp(`[${BLANK}{}!=~,\\\\"'\`]`);
const TOKEN = new RegExp(
  `[${BLANK}]*(?:([{},])|(=~|!=|!~|=)|("(?:\\\\[\\s\\S]|[^"\\\\])*")|([^${BLANK}{}!=~,\\\\"'\`]+)|($))`,
  "y",
);

/** Whether a name must be quoted to be read back. */
export function mustQuote(name: string): boolean {
  return RESERVED.test(name);
}

/** Reads a list of matchers. */
export function parseUtf8Matchers(input: string): readonly Matcher[] | MatcherMistake {
  const tokens = tokenize(input);
  if ("mistake" in tokens) return tokens;
  let next = 0;
  const take = (kind: TokenKind) => (tokens[next]?.kind === kind ? tokens[next++] : undefined);
  const expected = (what: string): MatcherMistake => {
    const token = tokens[next];
    const found = token === undefined || token.kind === "end" ? "the end" : JSON.stringify(token.text);
    return { mistake: `expected ${what}, got ${found}`, offset: token?.start ?? input.length };
  };

  const matchers: Matcher[] = [];
  const braced = take("{") !== undefined;
  // Nothing at all is a list without matchers.
  while (tokens[next]?.kind !== "}" && tokens[next]?.kind !== "end") {
    const name = take("quoted") ?? take("unquoted");
    if (name === undefined) return expected("a label name");
    const op = take("operator");
    if (op === undefined) return expected("an operator such as = != =~ or !~");
    const value = take("quoted") ?? take("unquoted");
    if (value === undefined) return expected("a value");
    const matcher = toMatcher(name, op.text as MatchOp, value);
    if ("mistake" in matcher) return matcher;
    matchers.push(matcher);
    if (take(",") === undefined) break;
  }
  if (braced && take("}") === undefined) return expected("a comma or a closing brace");
  if (take("end") === undefined) return expected(braced ? "nothing more" : "a comma");
  return matchers;
}

function toMatcher(nameToken: Token, op: MatchOp, valueToken: Token): Matcher | MatcherMistake {
  const name = unquote(nameToken);
  const value = unquote(valueToken);
  if (name === undefined) return { mistake: `${nameToken.text} is no Go string`, offset: nameToken.start };
  if (value === undefined) return { mistake: `${valueToken.text} is no Go string`, offset: valueToken.start };
  const regex = op === "=~" || op === "!~" ? compileAnchored(value) : undefined;
  if (regex !== undefined && isRegexMistake(regex)) return { mistake: regex.mistake, offset: valueToken.start };
  return { name, op, value };
}

function unquote({ kind, text }: Token): string | undefined {
  return kind === "quoted" ? unquoteGo(text) : text;
}

function tokenize(input: string): readonly Token[] | MatcherMistake {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  for (;;) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(input);
    if (found === null) return unexpected(input, at);
    const [whole, sign, operator, quoted, unquoted] = found;
    const text = sign ?? operator ?? quoted ?? unquoted ?? "";
    const kind = (sign as TokenKind) ?? (operator ? "operator" : quoted ? "quoted" : unquoted ? "unquoted" : "end");
    tokens.push({ kind, text, start: at + whole.length - text.length });
    if (kind === "end") return tokens;
  }
}

function unexpected(input: string, from: number): MatcherMistake {
  const blanks = new RegExp(`[${BLANK}]*`, "y");
  blanks.lastIndex = from;
  const offset = from + (blanks.exec(input)?.[0].length ?? 0);
  const char = input.charAt(offset);
  if (char === '"') return { mistake: `${input.slice(offset)} lacks its closing quote`, offset };
  if (char === "!") return { mistake: 'expected "=" or "~" after "!"', offset };
  return { mistake: `${JSON.stringify(char)} must stand between double quotes`, offset };
}
