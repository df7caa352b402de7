/**
 * What a look at a LogQL query tells without its whole grammar: texts and brackets that do not end, a pipeline without
 * streams, matchers that are none. https://grafana.com/docs/loki/latest/query/
 */

interface Token {
  readonly text: string;
  readonly kind: "string" | "open" | "close" | "other";
}

const TOKEN =
  /"(?:[^"\\\n]|\\.)*"|`[^`]*`|#[^\n]*|\$\{[^}]*\}|\[\[\w+\]\]|\$\w+|[A-Za-z_][\w:.]*|\d[\w.]*|[|!=<>]{1,2}[~=]?|[{}()[\],]|["`]|\S/g;

const CLOSING: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };

/** What is wrong with a query, as far as it shows. */
export function logqlMistake(query: string): string | undefined {
  const tokens = tokensOf(query);
  if (tokens.length === 0) return "there is no query";
  const open: string[] = [];
  let streams = 0;
  for (const [i, { text, kind }] of tokens.entries()) {
    if (kind === "other" && (text === '"' || text === "`")) return "a text does not end";
    if (kind === "open") {
      if (text === "{") {
        streams++;
        const mistake = selectorMistake(tokens.slice(i + 1));
        if (mistake !== undefined) return mistake;
      }
      open.push(CLOSING[text] ?? "");
    }
    if (kind === "close" && open.pop() !== text) return `unexpected ${text}`;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) return `${unclosed} is missing`;
  const isNumber = tokens.length === 1 && /^\d/.test(tokens[0]?.text ?? "");
  const isVector = tokens[0]?.text === "vector";
  const hasVariable = tokens.some(({ text }) => /^(?:\$|\[\[)/.test(text));
  return streams === 0 && !isNumber && !isVector && !hasVariable ? "it selects no streams: {…} is missing" : undefined;
}

/** The ranges of a query, as they are written: `5m`, `$__auto`. */
export function logqlRanges(query: string): readonly string[] {
  const ranges: string[] = [];
  const tokens = tokensOf(query);
  for (const [i, { text }] of tokens.entries()) {
    if (text !== "[") continue;
    const end = tokens.findIndex((token, j) => j > i && token.text === "]");
    ranges.push(
      tokens
        .slice(i + 1, end)
        .map((token) => token.text)
        .join(""),
    );
  }
  return ranges;
}

function tokensOf(query: string): readonly Token[] {
  return (query.match(TOKEN) ?? [])
    .filter((text) => !text.startsWith("#"))
    .map((text) => ({
      text,
      kind: /^["`]./s.test(text) ? "string" : /^[([{]$/.test(text) ? "open" : /^[)\]}]$/.test(text) ? "close" : "other",
    }));
}

/** `a="b", c=~"d"` up to the closing brace; a variable may stand for anything. */
function selectorMistake(tokens: readonly Token[]): string | undefined {
  const end = tokens.findIndex(({ text }) => text === "}");
  if (end === -1) return "} is missing";
  const inner = tokens.slice(0, end);
  if (inner.length === 0) return "a selector of streams needs at least one matcher";
  const isVariable = (text: string | undefined) => /^(?:\$|\[\[)/.test(text ?? "");
  for (let i = 0; i < inner.length; ) {
    const [label, op, value] = inner.slice(i, i + 3);
    const lone = isVariable(label?.text) && (op === undefined || op.text === ",");
    if (!lone) {
      if (!/^(?:[A-Za-z_]|\$|\[\[)/.test(label?.text ?? "")) return `unexpected ${label?.text} among matchers`;
      if (!/^(?:=|!=|=~|!~)$/.test(op?.text ?? "")) return `${label?.text} lacks an operator`;
      if (value?.kind !== "string" && !isVariable(value?.text)) return `${label?.text} lacks a value in quotes`;
    }
    i += lone ? 1 : 3;
    if (i < inner.length && inner[i]?.text !== ",") return `unexpected ${inner[i]?.text} among matchers`;
    i++;
  }
  return undefined;
}
