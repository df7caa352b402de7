/**
 * Reads YAML into a tree in which everything knows its place, as Go's yaml.v2 understands it: the first document counts,
 * plain scalars keep their text so that the reader of a field decides what it means, aliases stand for what they name.
 * https://pkg.go.dev/gopkg.in/yaml.v2
 */
import { type Alias, isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Node as YamlLibraryNode } from "yaml";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { indentContinuations } from "./indent-continuations.ts";

export type YamlNode = YamlScalar | YamlMap | YamlList;

interface Span {
  /** UTF-16 offsets into the source, `end` exclusive. */
  readonly start: number;
  readonly end: number;
}

/** A single value as it was written. */
export interface YamlScalar extends Span {
  readonly kind: "scalar";
  /** The text without quotes and escapes. */
  readonly text: string;
  /** Whether it was written without quotes, so that `yes` and `5` mean more than their letters. */
  readonly plain: boolean;
  readonly tag: string | undefined;
}

export interface YamlMap extends Span {
  readonly kind: "map";
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: YamlNode;
  readonly value: YamlNode;
}

export interface YamlList extends Span {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

/** What a text holds: nothing when it is empty, only comments, or too broken to read. */
export interface YamlDocument {
  readonly root: YamlNode | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the first document of `source`. */
export function readYaml(source: string, file?: string): YamlDocument {
  const diagnostics: Diagnostic[] = [];
  const report = (message: string, span: Span, severity: "error" | "warning" = "error", help?: string) => {
    const code = severity === "error" ? "yaml/syntax" : "yaml/further-document";
    diagnostics.push({ code, severity, message, help, place: { file, source, start: span.start, end: span.end } });
  };

  const control = FORBIDDEN.exec(source);
  if (control !== null) {
    const at = control.index;
    const codePoint = `U+${(source.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
    report(`The character ${codePoint} is not allowed in YAML.`, { start: at, end: at + 1 }, "error", REMOVE_IT);
    return { root: undefined, diagnostics };
  }

  const { document, end, original } = parse(source);
  if (end < source.length)
    report(
      "Only what stands before this line is read.",
      { start: end, end: end + 1 },
      "warning",
      "Remove the directive.",
    );
  const further = document.errors.find(({ code }) => code === "MULTIPLE_DOCS");
  if (further !== undefined)
    report(
      "Only the first YAML document of the file is read.",
      { start: original(further.pos[0]), end: original(further.pos[1]) },
      "warning",
      "Remove what follows `---`.",
    );
  // What comes after the first mistake is mostly its consequence.
  const mistake = document.errors.find(isSerious);
  if (mistake !== undefined) {
    const [from, to] = mistake.pos;
    const span = { start: original(from), end: original(Math.max(to, from + 1)) };
    report(`This is not YAML: ${lowerFirst(mistake.message)}.`, span);
  }
  const version = /^(?:[ \t]*(?:#.*)?\n|%(?!YAML).*\n)*%YAML[ \t]+(\S+)/.exec(source);
  if (version !== null && version[1] !== "1.1")
    report(`YAML ${version[1]} is not supported.`, { start: version[0].lastIndexOf("%"), end: version[0].length });

  if (diagnostics.some(({ severity }) => severity === "error") || document.contents === null)
    return { root: undefined, diagnostics };
  const contents = document.contents as YamlLibraryNode;
  const root = new Converter(original, report).convert(contents);
  const tab = indentingTab(withLineFeeds(source), contents, original);
  if (tab !== undefined) report("A tab cannot indent.", { start: tab, end: tab + 1 }, "error", "Use spaces.");
  return diagnostics.some(({ severity }) => severity === "error")
    ? { root: undefined, diagnostics }
    : { root, diagnostics };
}

const OPTIONS = {
  version: "1.1",
  schema: "failsafe",
  merge: false,
  uniqueKeys: false,
  prettyErrors: false,
  stringKeys: false,
} as const;

interface ParsedDocument {
  readonly document: ReturnType<typeof parseDocument>;
  /** Where the document ends because a directive follows, which the library only knows at the start. */
  readonly end: number;
  /** The offset in the source of an offset in the document. */
  readonly original: (offset: number) => number;
}

/** Parses the first document. Where the library is stricter than yaml.v2, the text is brought into a form that it takes. */
function parse(source: string): ParsedDocument {
  const text = withLineFeeds(source);
  const document = parseDocument(text, OPTIONS);
  const plain = { document, end: source.length, original: (offset: number) => offset };
  if (!document.errors.some(isSerious)) return plain;
  const directive = /(?<=\n)%(?:YAML[ \t]+\d+\.\d+|TAG[ \t]+\S+[ \t]+\S+)[ \t]*(?=#|\n|$)/g;
  for (const end of [...[...text.matchAll(directive)].map(({ index }) => index), source.length]) {
    const { text: indented, original } = indentContinuations(text.slice(0, end));
    const first = parseDocument(indented, OPTIONS);
    if (!first.errors.some(isSerious) && first.contents !== null) return { document: first, end, original };
  }
  return plain;
}

/** Leaves out what is no mistake, or none of yaml.v2's. */
function isSerious({ code, message }: { readonly code: string; readonly message: string }): boolean {
  if (code === "MULTIPLE_DOCS" || code === "TAG_RESOLVE_FAILED") return false;
  return !(code === "BAD_DIRECTIVE" && message.startsWith("Unsupported YAML version"));
}

/** A lone carriage return ends a line too. Offsets stay as they are. */
function withLineFeeds(source: string): string {
  return source.replace(/\r(?!\n)/g, "\n");
}

/** What yaml.v2 refuses to read: everything but printable text, tabs and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/u;
const REMOVE_IT = "Remove it, or write it as an escape between double quotes.";

/** The first tab that stands where only spaces may, outside of scalars and flow collections. */
function indentingTab(text: string, root: YamlLibraryNode, original: (offset: number) => number): number | undefined {
  if (!text.includes("\t")) return undefined;
  const spans: Span[] = [];
  let first: number | undefined;
  visit(root, {
    Node(_, node) {
      // Within plain text too, a line must not begin with one.
      if (isScalar(node) && node.type === "PLAIN" && /\n\t/.test(node.source ?? ""))
        first ??= original(node.range?.[0] ?? 0);
      const flow = isScalar(node) || ((isMap(node) || isSeq(node)) && node.flow === true);
      if (!flow || node.range === null || node.range === undefined) return undefined;
      spans.push({ start: original(node.range[0]), end: original(node.range[1]) });
      return visit.SKIP;
    },
  });
  for (const { index } of text.matchAll(/\t/g)) {
    const before = text.slice(text.lastIndexOf("\n", index) + 1, index);
    if (/^[\s?-]*$/.test(before) && !spans.some(({ start, end }) => start <= index && index < end)) return index;
  }
  return first;
}

type Report = (message: string, span: Span) => void;

/** Turns the library's nodes into ours. */
class Converter {
  readonly #anchors = new Map<string, YamlNode | "open">();
  readonly #original: (offset: number) => number;
  readonly #report: Report;
  #flow = 0;

  constructor(original: (offset: number) => number, report: Report) {
    this.#original = original;
    this.#report = report;
  }

  convert(node: YamlLibraryNode): YamlNode {
    const span = { start: this.#original(node.range?.[0] ?? 0), end: this.#original(node.range?.[1] ?? 0) };
    if (isAlias(node)) return this.#resolve(node, span);
    const anchor = "anchor" in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, "open");
    const flow = "flow" in node && node.flow === true ? 1 : 0;
    this.#flow += flow;
    const result = this.#convertContent(node, span);
    this.#flow -= flow;
    if (anchor !== undefined) this.#anchors.set(anchor, result);
    return result;
  }

  #convertContent(node: YamlLibraryNode, { start, end }: Span): YamlNode {
    if (isMap(node)) {
      const entries: YamlEntry[] = [];
      for (const pair of node.items) {
        const key = pair.key === null ? nothing(start) : this.convert(pair.key as YamlLibraryNode);
        const value = pair.value === null ? nothing(key.end) : this.convert(pair.value as YamlLibraryNode);
        entries.push({ key, value });
      }
      return { kind: "map", entries, start, end };
    }
    if (isSeq(node)) {
      const items = node.items.map((item) => this.convert(item as YamlLibraryNode));
      return { kind: "list", items, start, end };
    }
    if (!isScalar(node)) return nothing(start);
    const text = node.value === null || node.value === undefined ? "" : String(node.value);
    // To yaml.v2 these are the marks of a key and of its value, wherever they stand between brackets.
    const mark = this.#flow > 0 && node.type === "PLAIN" ? /^:|\?/.exec(text)?.[0] : undefined;
    if (mark !== undefined)
      this.#report(`Between brackets, a text ${mark === ":" ? "that begins with" : "with"} "${mark}" needs quotes.`, {
        start,
        end,
      });
    return { kind: "scalar", text, plain: node.type === "PLAIN", tag: node.tag, start, end };
  }

  #resolve(alias: Alias, span: Span): YamlNode {
    const target = this.#anchors.get(alias.source);
    if (target === undefined) this.#report(`There is no anchor "&${alias.source}" before this alias.`, span);
    else if (target === "open") this.#report(`The anchor "&${alias.source}" contains itself.`, span);
    else return target;
    return nothing(span.start);
  }
}

function nothing(at: number): YamlScalar {
  return { kind: "scalar", text: "", plain: true, tag: undefined, start: at, end: at };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
