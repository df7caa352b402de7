/**
 * Reads YAML into a tree in which everything knows its place, as Go's yaml.v2 understands it: the first document counts,
 * plain scalars keep their text so that the reader of a field decides what it means, aliases stand for what they name.
 * https://pkg.go.dev/gopkg.in/yaml.v2
 */
import { type Alias, isAlias, isMap, isScalar, isSeq, parseDocument, visit, type Node as YamlLibraryNode } from "yaml";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";

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

  const { document, end } = parse(source);
  if (end < source.length)
    report(
      "Only what stands before this line is read.",
      { start: end, end: end + 1 },
      "warning",
      "Remove the directive.",
    );
  for (const { code, message, pos } of document.errors) {
    const span = { start: pos[0], end: Math.max(pos[1], pos[0] + 1) };
    if (code === "MULTIPLE_DOCS")
      report("Only the first YAML document of the file is read.", span, "warning", "Remove what follows `---`.");
    else if (!isHarmless(code, message)) report(`This is not YAML: ${lowerFirst(message)}.`, span);
  }
  const version = /^%YAML\s+(\S+)/m.exec(source.slice(0, document.range[0] + 1) || source);
  if (version !== null && source.trimStart().startsWith("%") && version[1] !== "1.1")
    report(`YAML ${version[1]} is not supported.`, { start: version.index, end: version.index + version[0].length });

  if (diagnostics.some(({ severity }) => severity === "error") || document.contents === null)
    return { root: undefined, diagnostics };
  const root = convert(document.contents as YamlLibraryNode, new Map(), report);
  const tab = indentingTab(withLineFeeds(source), document.contents as YamlLibraryNode);
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

/** Parses the first document, and tells where it ends if a directive ends it: the library only knows those at the start. */
function parse(source: string) {
  const text = withLineFeeds(source);
  const document = parseDocument(text, OPTIONS);
  if (document.errors.length > 0)
    for (const { index } of text.matchAll(/(?<=\n)%(?:YAML[ \t]+\d+\.\d+|TAG[ \t]+\S+[ \t]+\S+)[ \t]*(?=#|\n|$)/g)) {
      const first = parseDocument(text.slice(0, index), OPTIONS);
      if (first.errors.length === 0 && first.contents !== null) return { document: first, end: index };
    }
  return { document, end: source.length };
}

/** A lone carriage return ends a line too. Offsets stay as they are. */
function withLineFeeds(source: string): string {
  return source.replace(/\r(?!\n)/g, "\n");
}

/** What yaml.v2 refuses to read: everything but printable text, tabs and line ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const FORBIDDEN = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/u;
const REMOVE_IT = "Remove it, or write it as an escape between double quotes.";

/** Strictness of the library that yaml.v2 does not share. */
function isHarmless(code: string, message: string): boolean {
  return code === "TAG_RESOLVE_FAILED" || (code === "BAD_DIRECTIVE" && message.startsWith("Unsupported YAML version"));
}

/** The first tab that stands where only spaces may, outside of scalars and flow collections. */
function indentingTab(text: string, root: YamlLibraryNode): number | undefined {
  if (!text.includes("\t")) return undefined;
  const spans: Span[] = [];
  let first: number | undefined;
  visit(root, {
    Node(_, node) {
      // Within plain text too, a line must not begin with one.
      if (isScalar(node) && node.type === "PLAIN" && /\n\t/.test(node.source ?? "")) first ??= node.range?.[0];
      const flow = isScalar(node) || ((isMap(node) || isSeq(node)) && node.flow === true);
      if (!flow || node.range === null || node.range === undefined) return undefined;
      spans.push({ start: node.range[0], end: node.range[1] });
      return visit.SKIP;
    },
  });
  for (const { index } of text.matchAll(/\t/g)) {
    const before = text.slice(text.lastIndexOf("\n", index) + 1, index);
    if (/^[\s?-]*$/.test(before) && !spans.some(({ start, end }) => start <= index && index < end)) return index;
  }
  return first;
}

type Anchors = Map<string, YamlNode | "open">;
type Report = (message: string, span: Span) => void;

function convert(node: YamlLibraryNode, anchors: Anchors, report: Report): YamlNode {
  const [start = 0, end = 0] = node.range ?? [];
  if (isAlias(node)) return resolveAlias(node, { start, end }, anchors, report);
  const anchor = "anchor" in node ? node.anchor : undefined;
  if (anchor !== undefined) anchors.set(anchor, "open");
  const result = convertContent(node, start, end, anchors, report);
  if (anchor !== undefined) anchors.set(anchor, result);
  return result;
}

function convertContent(node: YamlLibraryNode, start: number, end: number, anchors: Anchors, report: Report): YamlNode {
  if (isMap(node)) {
    const entries: YamlEntry[] = [];
    for (const pair of node.items) {
      const key = pair.key === null ? nothing(start) : convert(pair.key as YamlLibraryNode, anchors, report);
      const value = pair.value === null ? nothing(key.end) : convert(pair.value as YamlLibraryNode, anchors, report);
      entries.push({ key, value });
    }
    return { kind: "map", entries, start, end };
  }
  if (isSeq(node))
    return {
      kind: "list",
      items: node.items.map((item) => convert(item as YamlLibraryNode, anchors, report)),
      start,
      end,
    };
  if (!isScalar(node)) return nothing(start);
  const text = node.value === null || node.value === undefined ? "" : String(node.value);
  return { kind: "scalar", text, plain: node.type === "PLAIN", tag: node.tag, start, end };
}

function resolveAlias(alias: Alias, span: Span, anchors: Anchors, report: Report): YamlNode {
  const target = anchors.get(alias.source);
  if (target === undefined) report(`There is no anchor "&${alias.source}" before this alias.`, span);
  else if (target === "open") report(`The anchor "&${alias.source}" contains itself.`, span);
  else return target;
  return nothing(span.start);
}

function nothing(at: number): YamlScalar {
  return { kind: "scalar", text: "", plain: true, tag: undefined, start: at, end: at };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, "");
}
