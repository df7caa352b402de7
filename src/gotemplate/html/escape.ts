/**
 * Finds out, without running a template, in which context each of its actions stands, and what its value must pass through.
 * https://pkg.go.dev/html/template
 */
import { quote } from "../go/quote.ts";
import { byteLength } from "../go/text.ts";
import type { GoValue } from "../go/value.ts";
import type {
  ActionNode,
  AnyNode,
  BranchNode,
  Node,
  Pipeline,
  TemplateMistake,
  TemplateNode,
  TextNode,
} from "../parse/ast.ts";
import type { Template, TemplateSource } from "../parse/parse.ts";
import { nodeText } from "../parse/print.ts";
import { BUILTINS } from "../run/builtins.ts";
import { type Body, compileTemplate, type Edits } from "../run/compile.ts";
import type { FunctionTable } from "../run/evaluate.ts";
import type { Library } from "../run/run.ts";
import {
  type Context,
  contextKey,
  contextText,
  isComment,
  joined,
  nudged,
  type State,
  TEXT,
  wrong,
} from "./context.ts";
import {
  dropInComment,
  escapeAttribute,
  escapeCSSString,
  escapeSrcset,
  escapeText,
  escapeTextWithoutTags,
  escapeUnquotedAttribute,
  escapeURL,
  filterCSSValue,
  filterName,
  filterURL,
  normalizeURL,
} from "./escapers.ts";
import { contextAfter } from "./transition.ts";

/** Templates of which every value that comes out is safe in its place. */
export interface EscapedTemplates {
  readonly kind: "escaped";
  readonly main: Body;
  readonly library: Library;
}

/** Escapes the template `main` and all that it calls. */
export function escapeTemplates(
  main: Template,
  find: (name: string) => Template | undefined,
  functions: FunctionTable,
): EscapedTemplates | TemplateMistake {
  const escaper = new Escaper((name) => (name === main.name ? main : find(name)));
  const { context, key } = escaper.template(TEXT, main.name, undefined, main.source);
  if (context.mistake !== undefined) {
    const { place, line, message } = context.mistake;
    const where = place ?? (line === 0 ? main.name : `${main.name}:${line}`);
    return mistake(`html/template${place === undefined && line === 0 ? named(where) : `:${where}`}: ${message}`);
  }
  if (context.state !== "text") {
    return mistake(`html/template${named(main.name)}: ends in a non-text context: ${contextText(context)}`);
  }
  const bodies = new Map<string, Body>();
  const library: Library = {
    body(called) {
      const known = bodies.get(called);
      const escaped = escaper.escaped.get(called);
      if (known !== undefined || escaped === undefined) return known;
      const body = compileTemplate(escaped.template, functions, escaped);
      bodies.set(called, body);
      return body;
    },
  };
  const body = library.body(key);
  return body === undefined ? mistake("html/template: nothing to run") : { kind: "escaped", main: body, library };
}

function mistake(message: string): TemplateMistake {
  return { kind: "mistake", message, start: 0, end: 0 };
}

const named = (name: string) => (name === "" ? "" : `:${name}`);

type Passage = (value: GoValue) => GoValue;

/** A template as it is changed for the context it is called in. */
class Escaped implements Edits {
  readonly template: Template;
  readonly texts = new Map<TextNode, string>();
  readonly actions = new Map<ActionNode, { readonly pipeline: Pipeline; readonly passages: readonly Passage[] }>();
  readonly callees = new Map<TemplateNode, string>();

  constructor(template: Template) {
    this.template = template;
  }

  text(node: TextNode): string {
    return this.texts.get(node) ?? node.text;
  }

  pipeline(node: ActionNode): Pipeline {
    return this.actions.get(node)?.pipeline ?? node.pipeline;
  }

  escapers(node: ActionNode): readonly Passage[] {
    return this.actions.get(node)?.passages ?? [];
  }

  callee(node: TemplateNode): string {
    return this.callees.get(node) ?? node.name;
  }
}

/** The contexts at the jumps out of a loop. */
type Jumps = { readonly context: Context; readonly node: Node }[];

class Escaper {
  readonly escaped = new Map<string, Escaped>();
  readonly #find: (name: string) => Template | undefined;
  /** Where a template leads, by its name and the context it begins in; for one being looked at, where it is taken to lead. */
  readonly #outcomes = new Map<string, Context>();
  readonly #called = new Set<string>();
  #jumps: Jumps | undefined;

  constructor(find: (name: string) => Template | undefined) {
    this.#find = find;
  }

  /** Escapes a template for the context it is called in. */
  template(
    context: Context,
    name: string,
    node: TemplateNode | undefined,
    source: TemplateSource,
  ): { context: Context; key: string } {
    const key = context.state === "text" ? name : `${name}$${contextKey(context)}`;
    this.#called.add(key);
    const known = this.#outcomes.get(key);
    if (known !== undefined) return { context: known, key };
    const template = this.#find(name);
    if (template === undefined) return { context: this.#wrong(`no such template ${quote(name)}`, node, source), key };
    // A template that calls itself is first taken to end in the context it began in, then in the one that came of that.
    let outcome = context;
    for (let attempt = 0; attempt < 2; attempt++) {
      const assumed = outcome;
      this.#outcomes.set(key, assumed);
      this.#called.delete(key);
      const edits = new Escaped(template);
      this.escaped.set(key, edits);
      outcome = this.#list(context, template.nodes, edits);
      if (outcome.state === "error" || !this.#called.has(key) || contextKey(outcome) === contextKey(assumed)) {
        this.#called.add(key);
        this.#outcomes.set(key, outcome);
        return { context: outcome, key };
      }
    }
    return { context: this.#wrong(`cannot compute output context for template ${name}`, undefined, source), key };
  }

  #list(context: Context, nodes: readonly Node[], edits: Escaped): Context {
    let at = context;
    for (const node of nodes) {
      at = this.#node(at, node, edits);
      if (at.state === "dead") break;
    }
    return at;
  }

  #node(context: Context, node: Node, edits: Escaped): Context {
    if (context.state === "error") return context;
    if (node.kind === "text") return this.#text(context, node, edits);
    if (node.kind === "action") return this.#action(context, node, edits);
    if (node.kind === "template") {
      const { context: after, key } = this.template(context, node.name, node, edits.template.source);
      edits.callees.set(node, key);
      return after;
    }
    if (node.kind === "break" || node.kind === "continue") {
      this.#jumps?.push({ context, node });
      return { ...TEXT, state: "dead" };
    }
    return this.#branch(context, node, edits);
  }

  #branch(context: Context, node: BranchNode, edits: Escaped): Context {
    const { source } = edits.template;
    const join = (a: Context, b: Context, at: AnyNode = node): Context => {
      const both = joined(a, b);
      if (both !== undefined) return both;
      const ends = `{{${node.kind}}} branches end in different contexts: ${contextText(a)}, ${contextText(b)}`;
      return this.#wrong(ends, at, source);
    };
    const outer = this.#jumps;
    let body = context;
    // What a loop does once it may do twice, from where it ended.
    for (let pass = 0; pass < (node.kind === "range" ? 2 : 1); pass++) {
      const jumps: Jumps = [];
      if (node.kind === "range") this.#jumps = jumps;
      const before = body;
      const edited = pass === 0 ? edits : new Escaped(edits.template);
      body = this.#list(before, node.body, edited);
      this.#jumps = outer;
      if (pass === 1) body = inLoop(join(before, body), "on range loop re-entry", lineOf(node.pipeline, source));
      for (const jump of jumps) {
        body = inLoop(
          join(body, jump.context, jump.node),
          `at range loop ${jump.node.kind}`,
          lineOf(jump.node, source),
        );
      }
      if (body.state === "error") return body;
    }
    return join(body, this.#list(context, node.otherwise ?? [], edits));
  }

  #text(context: Context, node: TextNode, edits: Escaped): Context {
    const { text } = node;
    let at = context;
    let out = "";
    for (let i = 0; i < text.length; ) {
      const [next, read] = contextAfter(at, text.slice(i));
      // Go names no place for what is wrong with the text of a page.
      if (next.state === "error") return next;
      out += rewritten(at, next, text, i, i + read);
      at = next;
      i += read;
    }
    if (out !== text) edits.texts.set(node, out);
    return at;
  }

  #action(context: Context, node: ActionNode, edits: Escaped): Context {
    const { pipeline } = node;
    if (pipeline.variables.length > 0) return context;
    const { source } = edits.template;
    const at = nudged(context);
    const predefined = pipeline.commands.map(({ words: [first] }) =>
      first?.kind === "function" && (first.name === "html" || first.name === "urlquery") ? first.name : undefined,
    );
    const last = predefined.at(-1);
    const early = predefined.slice(0, -1).find((name) => name !== undefined);
    const disallowed =
      early ?? (last === "html" && at.state === "attribute" && at.delimiter === "space" ? last : undefined);
    if (disallowed !== undefined) {
      return this.#wrong(`predefined escaper ${quote(disallowed)} disallowed in template`, node, source);
    }
    const passages = passagesOf(at);
    if (typeof passages === "string") return this.#wrong(`${nodeText(node)} ${passages}`, node, source);
    edits.actions.set(node, last === undefined ? { pipeline, passages } : merged(pipeline, last, passages));
    return at.state === "tag" ? { ...at, state: "attribute name" } : at;
  }

  #wrong(message: string, node: AnyNode | undefined, { name, text }: TemplateSource): Context {
    if (node === undefined) return wrong(message);
    const before = text.slice(0, node.position);
    const column = byteLength(before.slice(before.lastIndexOf("\n") + 1));
    return wrong(message, `${name}:${before.split("\n").length}:${column}`);
  }
}

function lineOf({ position }: AnyNode, { text }: TemplateSource): number {
  return text.slice(0, position).split("\n").length;
}

/** A mistake that shows only because a loop may go on. */
function inLoop(context: Context, when: string, line: number): Context {
  const { mistake: found } = context;
  return found === undefined ? context : wrong(`${when}: ${found.message}`, found.place, line);
}

/** What comes out for the text between `start` and `end`: no comments, and no `<` that begins no tag. */
function rewritten(from: Context, to: Context, text: string, start: number, end: number): string {
  if (isComment(from) && from.delimiter === "none") return from.state === "css block comment" ? " " : "";
  let stop = end;
  if (to.state !== from.state && isComment(to) && to.delimiter === "none") {
    stop = end - (to.state === "comment" ? 4 : 2);
  }
  if (from.state !== "text" && from.state !== "rcdata") return text.slice(start, stop);
  const begins = to.state === from.state ? -1 : text.lastIndexOf("<", end - 1);
  const tag = begins < start ? stop : Math.min(stop, begins);
  const escaped = text.slice(start, tag).replace(/<(?!!doctype)/gi, "&lt;");
  return escaped + text.slice(tag, stop);
}

/** What a value passes through, in order, or why it can't stand there. */
function passagesOf(context: Context): readonly Passage[] | string {
  const inside = PASSAGES[context.state](context);
  if (typeof inside === "string" || context.delimiter === "none") return inside;
  return [...inside, context.delimiter === "space" ? escapeUnquotedAttribute : escapeAttribute];
}

const inURL = ({ state, urlPart }: Context): readonly Passage[] | string => {
  if (urlPart === "unknown") return "appears in an ambiguous context within a URL";
  if (urlPart === "query") return [escapeURL];
  const kept = state === "css string" ? escapeCSSString : normalizeURL;
  return urlPart === "none" ? [filterURL, kept] : [kept];
};
const inScript = () => "appears in a script, which mails can't run and tocsin does not escape for";
const inComment = () => [dropInComment];

const PASSAGES: Record<State, (context: Context) => readonly Passage[] | string> = {
  text: () => [escapeText],
  rcdata: () => [escapeTextWithoutTags],
  tag: () => [filterName],
  "attribute name": () => [filterName],
  "after name": () => [filterName],
  "before value": () => [],
  attribute: () => [],
  url: inURL,
  srcset: () => [escapeSrcset],
  script: inScript,
  css: () => [filterCSSValue],
  "css string": inURL,
  "css url": inURL,
  comment: inComment,
  "css block comment": inComment,
  "css line comment": inComment,
  "meta content": () => [],
  "meta content url": () => [filterURL],
  dead: () => [],
  error: () => [],
};

/** Which passages do the same as the functions `html` and `urlquery`. */
const SAME: Readonly<Record<"html" | "urlquery", readonly Passage[]>> = {
  html: [escapeText, escapeTextWithoutTags, escapeAttribute],
  urlquery: [escapeURL, normalizeURL],
};

/** A pipeline that ends with `html` or `urlquery` calls it where its escaping would come in any case. */
function merged(pipeline: Pipeline, last: "html" | "urlquery", passages: readonly Passage[]) {
  const builtin: Passage = (value) => BUILTINS.get(last)?.call([value], { now: 0 });
  const same = passages.map((passage) => SAME[last].includes(passage));
  const command = pipeline.commands.at(-1);
  if (!same.includes(true) || command === undefined) return { pipeline, passages };
  const [name, ...words] = command.words;
  const before = pipeline.commands.slice(0, -1);
  const [first] = words;
  // `html .A .B` becomes `print .A .B`, so that its result can pass on.
  const kept =
    first === undefined || name === undefined ? before : [...before, { ...command, words: [PRINT(name), ...words] }];
  return {
    pipeline: { ...pipeline, commands: kept },
    passages: passages.map((passage, i) => (same[i] ? builtin : passage)),
  };
}

const PRINT = ({ start, end, position }: AnyNode) =>
  ({ kind: "function", name: "print", start, end, position }) as const;
