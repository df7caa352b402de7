/**
 * Reads Go templates.
 * https://pkg.go.dev/text/template#hdr-Actions
 */
import { quote, unquote } from "../go/quote.ts";
import { byteLength } from "../go/text.ts";
import type {
  ActionNode,
  BranchNode,
  Command,
  FieldName,
  JumpNode,
  Node,
  NumberNode,
  Operand,
  Pipeline,
  StringNode,
  TemplateMistake,
  TemplateNode,
  VariableNode,
} from "./ast.ts";
import { lex, type Token, type TokenKind } from "./lex.ts";
import { numberOf } from "./literal.ts";
import { nodeText } from "./print.ts";

/** One text and the templates it defines. */
export interface ParsedText {
  readonly kind: "parsed";
  readonly source: TemplateSource;
  /** By name. What stands outside of any definition has the name of the text. */
  readonly templates: ReadonlyMap<string, Template>;
  /** What stands outside of any definition. */
  readonly main: Template;
}

/** The text that a template stands in. */
export interface TemplateSource {
  /** What error messages call it. */
  readonly name: string;
  readonly text: string;
  /** Declarations that stand before the text without being part of it; messages count their columns. */
  readonly header: string;
}

/** A template with its name. */
export interface Template {
  readonly name: string;
  readonly source: TemplateSource;
  readonly nodes: readonly Node[];
  /** The variables that the header declares, in its order. */
  readonly variables: readonly string[];
}

/** What the parser must know besides the text. */
export interface ParseOptions {
  /** Whether a function of that name can be called. */
  readonly hasFunction: (name: string) => boolean;
  /** As Prometheus puts `{{$labels := .Labels}}` before every text. */
  readonly header?: { readonly text: string; readonly variables: readonly string[] } | undefined;
}

/** Reads `text`, or says what is wrong with it in Go's words. */
export function parseTemplate(name: string, text: string, options: ParseOptions): ParsedText | TemplateMistake {
  const parser = new Parser(name, text, options);
  try {
    return { kind: "parsed", source: parser.source, ...parser.parse() };
  } catch (thrown) {
    if (thrown instanceof Wrong) return thrown.mistake;
    throw thrown;
  }
}

/** Ends parsing from within; it never leaves this file. */
class Wrong {
  readonly mistake: TemplateMistake;
  constructor(mistake: TemplateMistake) {
    this.mistake = mistake;
  }
}

/** Deeper nesting would exhaust the stack of whoever walks the tree. Nobody writes it. */
const DEEPEST = 400;

/** What a template being read keeps to itself. A definition inside of another text begins anew. */
interface Scope {
  readonly variables: string[];
  /** The line on which the action at hand began, while there is one. */
  actionLine: number;
  ranges: number;
}

interface End {
  readonly kind: "end" | "else";
  readonly start: number;
  readonly end: number;
}

function isEnd(node: Node | End): node is End {
  return node.kind === "end" || node.kind === "else";
}

const OPERANDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  "bool",
  "char constant",
  "complex",
  "dot",
  "field",
  "identifier",
  "number",
  "string",
  "variable",
  "(",
]);

class Parser {
  readonly source: TemplateSource;
  readonly #options: ParseOptions;
  readonly #tokens: readonly Token[];
  readonly #templates = new Map<string, Template>();
  #next = 0;
  /** The last token that was looked at, on whose line errors are. */
  #furthest = 0;
  #depth = 0;
  #scope: Scope;

  constructor(name: string, text: string, options: ParseOptions) {
    this.source = { name, text, header: options.header?.text ?? "" };
    this.#options = options;
    this.#tokens = lex(text);
    this.#scope = newScope(options.header?.variables ?? []);
  }

  parse(): Pick<ParsedText, "templates" | "main"> {
    const nodes: Node[] = [];
    while (this.#peek().kind !== "end of text") {
      const before = this.#next;
      if (this.#take().kind === "{{" && this.#isKeyword(this.#takeWord(), "define")) {
        this.#definition();
        continue;
      }
      this.#next = before;
      const node = this.#textOrAction();
      if (isEnd(node)) this.#fail(`unexpected {{${node.kind}}}`);
      else nodes.push(node);
    }
    const main = {
      name: this.source.name,
      source: this.source,
      nodes,
      variables: this.#options.header?.variables ?? [],
    };
    this.#add(main);
    return { templates: this.#templates, main };
  }

  #definition(): void {
    const name = this.#takeWord();
    if (name.kind !== "string") this.#unexpected(name, "define clause");
    const outer = this.#scope;
    this.#scope = newScope([]);
    const text = this.#unquoted(name);
    this.#expectClose("define clause");
    this.#bodyOfDefinition(text, "define clause");
    this.#scope = outer;
  }

  /** What stands up to the `end` of a `define` or `block`. */
  #bodyOfDefinition(name: string, context: string): void {
    const { nodes, end } = this.#list();
    if (end.kind !== "end") this.#fail(`unexpected {{${end.kind}}} in ${context}`);
    this.#add({ name, source: this.source, nodes, variables: [] });
  }

  /** Of two templates with one name, one must be empty, and the other counts. */
  #add(template: Template): void {
    const { name } = template;
    const known = this.#templates.get(name);
    if (known === undefined || isEmpty(known)) this.#templates.set(name, template);
    else if (!isEmpty(template)) this.#fail(`template: multiple definition of template ${quote(name)}`);
  }

  /** Texts and actions up to an `end` or `else`. */
  #list(): { readonly nodes: readonly Node[]; readonly end: End } {
    if (++this.#depth > DEEPEST) this.#fail("max expression depth exceeded");
    const nodes: Node[] = [];
    while (this.#peekWord().kind !== "end of text") {
      const node = this.#textOrAction();
      if (isEnd(node)) {
        this.#depth--;
        return { nodes, end: node };
      }
      nodes.push(node);
    }
    return this.#fail("unexpected EOF");
  }

  #textOrAction(): Node | End {
    const token = this.#takeWord();
    const { start, end, text } = token;
    if (token.kind === "text") return { kind: "text", text, start, end, position: start };
    if (token.kind !== "{{") return this.#unexpected(token, "input");
    this.#scope.actionLine = this.#lineOf(token);
    const node = this.#action(start);
    this.#scope.actionLine = 0;
    return node;
  }

  /** What follows `{{`, which stands at `start`. */
  #action(start: number): Node | End {
    const token = this.#peekWord();
    if (token.kind === "keyword") {
      const word = token.text;
      if (word === "if" || word === "with" || word === "range") {
        this.#takeWord();
        return this.#branch(word, start);
      }
      if (word === "end" || word === "else") {
        this.#takeWord();
        return this.#end(word, start);
      }
      if (word === "break" || word === "continue") {
        this.#takeWord();
        return this.#jump(word, start, token.start);
      }
      if (word === "template") {
        this.#takeWord();
        return this.#template(start);
      }
      if (word === "block") {
        this.#takeWord();
        return this.#block(start);
      }
    }
    const pipeline = this.#pipeline("command", "}}");
    const action: ActionNode = { kind: "action", pipeline, start, end: this.#lastEnd(), position: token.start };
    return action;
  }

  /** Where the token before this one ended. */
  #lastEnd(): number {
    return this.#tokens[this.#next - 1]?.end ?? 0;
  }

  #branch(kind: BranchNode["kind"], start: number): BranchNode {
    const { variables } = this.#scope;
    const outside = variables.length;
    const pipeline = this.#pipeline(kind, "}}");
    if (kind === "range") this.#scope.ranges++;
    const { nodes: body, end } = this.#list();
    if (kind === "range") this.#scope.ranges--;
    let otherwise: readonly Node[] | undefined;
    if (end.kind === "else") {
      // `else if` and `else with` stand for an `if` or `with` inside of the `else`, whose `end` they share.
      if (kind !== "range" && this.#isKeyword(this.#peek(), kind)) {
        this.#take();
        if (++this.#depth > DEEPEST) this.#fail("max expression depth exceeded");
        otherwise = [this.#branch(kind, end.start)];
        this.#depth--;
      } else {
        const rest = this.#list();
        otherwise = rest.nodes;
        if (rest.end.kind !== "end") this.#fail("expected end; found {{else}}");
      }
    }
    variables.length = outside;
    return { kind, pipeline, body, otherwise, start, end: this.#lastEnd(), position: pipeline.position };
  }

  #end(kind: End["kind"], start: number): End {
    const next = this.#peekWord();
    if (kind === "else" && (this.#isKeyword(next, "if") || this.#isKeyword(next, "with")))
      return { kind, start, end: next.start };
    this.#expectClose(kind);
    return { kind, start, end: this.#lastEnd() };
  }

  #jump(kind: JumpNode["kind"], start: number, position: number): JumpNode {
    this.#expectClose(`{{${kind}}}`);
    if (this.#scope.ranges === 0) this.#fail(`{{${kind}}} outside {{range}}`);
    return { kind, start, end: this.#lastEnd(), position };
  }

  #template(start: number): TemplateNode {
    const token = this.#takeWord();
    const name = this.#templateName(token, "template clause");
    let pipeline: Pipeline | undefined;
    if (this.#peekWord().kind === "}}") this.#takeWord();
    else pipeline = this.#pipeline("template clause", "}}");
    return { kind: "template", name, pipeline, start, end: this.#lastEnd(), position: token.start };
  }

  #block(start: number): TemplateNode {
    const token = this.#takeWord();
    const name = this.#templateName(token, "block clause");
    const pipeline = this.#pipeline("block clause", "}}");
    const outer = this.#scope;
    this.#scope = newScope([]);
    this.#bodyOfDefinition(name, "block clause");
    this.#scope = outer;
    return { kind: "template", name, pipeline, start, end: this.#lastEnd(), position: token.start };
  }

  #templateName(token: Token, context: string): string {
    return token.kind === "string" ? this.#unquoted(token) : this.#unexpected(token, context);
  }

  /** Commands up to `close`, and the variables that take their result. */
  #pipeline(context: string, close: "}}" | ")"): Pipeline {
    const start = this.#peekWord().start;
    const { variables, assigns } = this.#declarations(context);
    const commands: Command[] = [];
    while (true) {
      const token = this.#peekWord();
      if (token.kind === close) break;
      if (!OPERANDS.has(token.kind) && !this.#isKeyword(token, "nil")) {
        this.#takeWord();
        this.#unexpected(token, context);
      }
      commands.push(this.#command());
    }
    this.#takeWord();
    if (commands.length === 0) this.#fail(`missing value for ${context}`);
    commands.slice(1).forEach(({ words: [first] }, i) => {
      // Only the first command can be a plain value: the others are given one.
      if (first !== undefined && ["bool", "dot", "nil", "number", "string"].includes(first.kind))
        this.#fail(`non executable command in pipeline stage ${i + 2}`);
    });
    const end = commands.at(-1)?.end ?? start;
    return { kind: "pipeline", variables, assigns, commands, start, end, position: start };
  }

  #declarations(context: string): { readonly variables: readonly VariableNode[]; readonly assigns: boolean } {
    const variables: VariableNode[] = [];
    while (this.#peekWord().kind === "variable") {
      const before = this.#next;
      const token = this.#takeWord();
      const next = this.#peekWord();
      const comma = next.kind === "char" && next.text === ",";
      if (next.kind !== "=" && next.kind !== ":=" && !comma) {
        this.#next = before;
        break;
      }
      this.#takeWord();
      variables.push({
        kind: "variable",
        name: token.text,
        fields: [],
        start: token.start,
        end: token.end,
        position: token.start,
      });
      this.#scope.variables.push(token.text);
      if (!comma) return { variables, assigns: next.kind === "=" };
      if (context !== "range" || variables.length === 2) this.#fail(`too many declarations in ${context}`);
      const { kind } = this.#peekWord();
      if (kind !== "variable" && kind !== "}}" && kind !== ")") this.#fail("range can only initialize variables");
    }
    return { variables, assigns: false };
  }

  /** Operands up to `|` or what closes the pipeline; the `|` is taken. */
  #command(): Command {
    const start = this.#peekWord().start;
    const words: Operand[] = [];
    while (true) {
      this.#peekWord();
      const operand = this.#operand();
      if (operand !== undefined) words.push(operand);
      const token = this.#take();
      if (token.kind === "space") continue;
      if (token.kind === "}}" || token.kind === ")") this.#next--;
      else if (token.kind !== "|") this.#unexpected(token, "operand");
      break;
    }
    if (words.length === 0) this.#fail("empty command");
    return { kind: "command", words, start, end: words.at(-1)?.end ?? start, position: start };
  }

  /** A term and the fields that follow it. */
  #operand(): Operand | undefined {
    const term = this.#term();
    if (term === undefined || this.#peek().kind !== "field") return term;
    const position = this.#peek().start;
    const fields: FieldName[] = [];
    while (this.#peek().kind === "field") fields.push(fieldName(this.#take()));
    const { start } = term;
    const end = this.#lastEnd();
    if (term.kind === "field") return { kind: "field", fields: [...term.fields, ...fields], start, end, position };
    if (term.kind === "variable") return { kind: "variable", name: term.name, fields, start, end, position };
    if (term.kind === "function" || term.kind === "pipeline")
      return { kind: "chain", operand: term, fields, start, end, position };
    return this.#fail(`unexpected . after term ${quote(nodeText(term))}`);
  }

  #term(): Operand | undefined {
    const token = this.#takeWord();
    const { kind, text, start, end } = token;
    const position = start;
    if (kind === "field") return { kind, fields: [fieldName(token)], start, end, position };
    if (kind === "variable") {
      if (!this.#scope.variables.includes(text)) this.#fail(`undefined variable ${quote(text)}`);
      return { kind, name: text, fields: [], start, end, position };
    }
    if (kind === "string") return this.#string(token);
    if (kind === "identifier") {
      if (!this.#options.hasFunction(text)) this.#fail(`function ${quote(text)} not defined`);
      return { kind: "function", name: text, start, end, position };
    }
    if (kind === "number" || kind === "char constant" || kind === "complex") return this.#number(token);
    if (kind === "dot") return { kind, start, end, position };
    if (kind === "bool") return { kind, value: text === "true", start, end, position };
    if (this.#isKeyword(token, "nil")) return { kind: "nil", start, end, position };
    if (kind === "(") {
      if (++this.#depth > DEEPEST) this.#fail("max expression depth exceeded");
      const pipeline = this.#pipeline("parenthesized pipeline", ")");
      this.#depth--;
      return { ...pipeline, start, end: this.#lastEnd() };
    }
    this.#next--;
    return undefined;
  }

  #string(token: Token): StringNode {
    const { start, end } = token;
    return { kind: "string", text: this.#unquoted(token), quoted: token.text, start, end, position: start };
  }

  #number(token: Token): NumberNode {
    const number = numberOf(token);
    return typeof number === "string" ? this.#fail(number) : number;
  }

  #unquoted(token: Token): string {
    return unquote(token.text) ?? this.#fail("invalid syntax");
  }

  #expectClose(context: string): void {
    const token = this.#takeWord();
    if (token.kind !== "}}") this.#unexpected(token, context);
  }

  #isKeyword(token: Token, word: string): boolean {
    return token.kind === "keyword" && token.text === word;
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #peek(): Token {
    const last = this.#tokens.length - 1;
    if (this.#next > this.#furthest) this.#furthest = Math.min(this.#next, last);
    // Behind an error nothing more is read, so that the last token stands for all that would follow.
    return this.#tokens[Math.min(this.#next, last)] as Token;
  }

  /** The next token that is no space. */
  #takeWord(): Token {
    let token = this.#take();
    while (token.kind === "space") token = this.#take();
    return token;
  }

  #peekWord(): Token {
    while (this.#peek().kind === "space") this.#next++;
    return this.#peek();
  }

  #unexpected(token: Token, context: string): never {
    if (token.kind !== "error") return this.#fail(`unexpected ${tokenText(token)} in ${context}`);
    const line = this.#scope.actionLine;
    const elsewhere = line !== 0 && line !== this.#lineOf(token) ? `started at ${this.source.name}:${line}` : "";
    if (elsewhere === "") return this.#fail(token.text);
    return this.#fail(`${token.text} ${token.text.endsWith(" action") ? "" : "in action "}${elsewhere}`);
  }

  #fail(message: string): never {
    // Go gives the line up to which it has read; the culprit is what was taken last.
    const line = this.#lineOf(this.#tokens[this.#furthest] as Token);
    const { start, end } = this.#tokens[Math.max(0, Math.min(this.#next, this.#tokens.length) - 1)] as Token;
    throw new Wrong({ kind: "mistake", message: `template: ${this.source.name}:${line}: ${message}`, start, end });
  }

  #lineOf({ start }: Token): number {
    let line = 1;
    const { text } = this.source;
    for (let i = text.indexOf("\n"); i !== -1 && i < start; i = text.indexOf("\n", i + 1)) line++;
    return line;
  }
}

function newScope(variables: readonly string[]): Scope {
  return { variables: ["$", ...variables], actionLine: 0, ranges: 0 };
}

/** Whether there is nothing in a template but white space. */
export function isEmpty({ nodes, variables }: Pick<Template, "nodes" | "variables">): boolean {
  return variables.length === 0 && nodes.every((node) => node.kind === "text" && node.text.trim() === "");
}

function fieldName({ text, start, end }: Token): FieldName {
  return { name: text.slice(1), start, end };
}

/** A token as messages show it. */
function tokenText({ kind, text }: Token): string {
  if (kind === "end of text") return "EOF";
  if (kind === "keyword" || kind === "dot") return `<${text}>`;
  return byteLength(text) > 10 ? `${quote([...text].slice(0, 10).join(""))}...` : quote(text);
}
