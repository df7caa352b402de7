/**
 * Which labels and other data a text reads, told without running it: variables, `with`, `range`, templates and what is handed to
 * them are followed. Where a name is only known when the text runs, that is said.
 */
import type {
  BranchNode,
  ChainNode,
  Command,
  FieldNode,
  Node,
  Operand,
  Pipeline,
  TemplateNode,
  VariableNode,
} from "../parse/ast.ts";
import type { Template } from "../parse/parse.ts";
import type { Shape } from "./shape.ts";

/** Something a text names. Offsets are those of the text that its template stands in. */
export interface Read {
  /** `labels`, `external labels`, `value`, …, or for what is called, the empty text. */
  readonly of: string;
  readonly name: string;
  /** The template it stands in. */
  readonly template: string;
  readonly start: number;
  readonly end: number;
}

/** A set that a text reads without naming, or by a name that only shows when it runs. */
export interface OpenRead {
  readonly of: string;
  readonly why: "all of it" | "by a computed name";
  /** The template it stands in. */
  readonly template: string;
  readonly start: number;
  readonly end: number;
}

/** All that a text reads, each list in the order of the text. */
export interface Reads {
  /** Labels, annotations and the like, by name. */
  readonly names: readonly Read[];
  /** Where the text may read any of a set. */
  readonly open: readonly OpenRead[];
  /** Single values: the alert's value, the external URL. */
  readonly values: readonly Read[];
  readonly functions: readonly Read[];
  /** Templates that are called, defined or not. */
  readonly templates: readonly Read[];
  /** Queries whose text is written out. */
  readonly queries: readonly Read[];
}

/** What an operand may stand for. More than one, where it depends on the way taken. */
type Meaning = readonly Atom[];
type Atom =
  | Shape
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "args"; readonly values: readonly Meaning[] };

const NOTHING: Meaning = [];

/** What `template` reads when it is given data of a shape; `variables` are those that its header declares. */
export function readsOf(
  template: Template,
  find: (name: string) => Template | undefined,
  data: Shape,
  variables: readonly Shape[] = [],
): Reads {
  const reader = new Reader(find);
  reader.run(template, [data], variables);
  return reader.reads();
}

class Reader {
  readonly #find: (name: string) => Template | undefined;
  readonly #names = new Map<string, Read>();
  readonly #open = new Map<string, OpenRead>();
  readonly #values = new Map<string, Read>();
  readonly #functions = new Map<string, Read>();
  readonly #templates = new Map<string, Read>();
  readonly #queries = new Map<string, Read>();
  /** Templates that were looked at, with what they were given. */
  readonly #seen = new Set<string>();
  #template = "";
  #variables: { readonly name: string; meaning: Meaning }[] = [];

  constructor(find: (name: string) => Template | undefined) {
    this.#find = find;
  }

  reads(): Reads {
    const sorted = <Item extends Read | OpenRead>(items: ReadonlyMap<string, Item>) =>
      [...items.values()].sort((a, b) => a.start - b.start || a.end - b.end);
    return {
      names: sorted(this.#names),
      open: sorted(this.#open),
      values: sorted(this.#values),
      functions: sorted(this.#functions),
      templates: sorted(this.#templates),
      queries: sorted(this.#queries),
    };
  }

  run(template: Template, dot: Meaning, variables: readonly Shape[] = []): void {
    const [outer, caller] = [this.#variables, this.#template];
    this.#template = template.name;
    this.#variables = [
      { name: "$", meaning: dot },
      ...template.variables.map((name, i) => ({ name, meaning: shapes(variables[i]) })),
    ];
    this.#list(template.nodes, dot);
    this.#variables = outer;
    this.#template = caller;
  }

  #list(nodes: readonly Node[], dot: Meaning): void {
    for (const node of nodes) {
      if (node.kind === "action") {
        const meaning = this.#pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0) this.#whole(meaning, node.pipeline);
      } else if (node.kind === "template") this.#call(node, dot);
      else if (node.kind === "if" || node.kind === "with" || node.kind === "range") this.#branch(node, dot);
    }
  }

  #branch(node: BranchNode, dot: Meaning): void {
    const outside = this.#variables.length;
    const { pipeline, kind, body, otherwise } = node;
    const meaning = this.#pipeline(pipeline, dot);
    if (kind === "range") {
      const element = meaning.flatMap((atom) => this.#element(atom, pipeline));
      // The element goes to the last variable; an index means nothing.
      const target = this.#variable(pipeline.variables.at(-1)?.name);
      if (target !== undefined) target.meaning = union(element, pipeline.assigns ? target.meaning : NOTHING);
      const index = pipeline.variables.length > 1 ? this.#variable(pipeline.variables[0]?.name) : undefined;
      if (index !== undefined) index.meaning = pipeline.assigns ? index.meaning : NOTHING;
      // What the body sets at its end, its beginning may see the next time.
      this.#either(() => this.#list(body, element));
      this.#either(() => this.#list(body, element));
    } else this.#either(() => this.#list(body, kind === "with" ? meaning : dot));
    this.#either(() => this.#list(otherwise ?? [], dot));
    this.#variables.length = outside;
  }

  /** Looks at nodes that may not run: variables may keep what they had. */
  #either(look: () => void): void {
    const outside = this.#variables.length;
    const before = this.#variables.map(({ meaning }) => meaning);
    look();
    this.#variables.length = outside;
    this.#variables.forEach((variable, i) => {
      variable.meaning = union(before[i] ?? NOTHING, variable.meaning);
    });
  }

  #element(atom: Atom, at: Pipeline): Meaning {
    if (atom.kind === "list") return [atom.element];
    if (atom.kind === "set") this.#openRead(atom.of, "all of it", at);
    return atom.kind === "args" ? atom.values.flat() : NOTHING;
  }

  #call(node: TemplateNode, dot: Meaning): void {
    const { name, start, end } = node;
    this.#note(this.#templates, "", name, { start, end });
    const given = node.pipeline === undefined ? NOTHING : this.#pipeline(node.pipeline, dot);
    const template = this.#find(name);
    const key = JSON.stringify([name, given]);
    if (template === undefined || this.#seen.has(key)) return;
    this.#seen.add(key);
    this.run(template, given);
  }

  #pipeline(pipeline: Pipeline, dot: Meaning): Meaning {
    let final: Meaning | undefined;
    for (const command of pipeline.commands) final = this.#command(command, dot, final, pipeline);
    const meaning = final ?? NOTHING;
    for (const { name } of pipeline.variables) {
      const known = this.#variable(name);
      if (pipeline.assigns && known !== undefined) known.meaning = meaning;
      else this.#variables.push({ name, meaning });
    }
    return meaning;
  }

  #variable(name: string | undefined) {
    return this.#variables.findLast((variable) => variable.name === name);
  }

  #command({ words }: Command, dot: Meaning, final: Meaning | undefined, at: Pipeline): Meaning {
    const [first, ...rest] = words;
    if (first === undefined) return NOTHING;
    if (first.kind !== "function") {
      const meaning = this.#operand(first, dot);
      for (const word of rest) this.#whole(this.#operand(word, dot), word);
      return meaning;
    }
    const { name, start, end } = first;
    this.#note(this.#functions, "", name, { start, end });
    const args = rest.map((word) => ({
      meaning: this.#operand(word, dot),
      at: word as { start: number; end: number },
    }));
    if (final !== undefined) args.push({ meaning: final, at });
    if (name === "index") return this.#index(args);
    if (name === "and" || name === "or") return args.reduce((all, { meaning }) => union(all, meaning), NOTHING);
    if (name === "args") return [{ kind: "args", values: args.map(({ meaning }) => meaning) }];
    if (name === "query") {
      for (const { meaning, at: place } of args) {
        const text = textOf(meaning);
        if (text !== undefined) this.#note(this.#queries, "", text, place);
      }
    }
    if (name !== "not" && name !== "len") for (const { meaning, at: place } of args) this.#whole(meaning, place);
    return NOTHING;
  }

  /** `index $labels "a-b"`. */
  #index(
    args: readonly { readonly meaning: Meaning; readonly at: { readonly start: number; readonly end: number } }[],
  ): Meaning {
    const [item, ...keys] = args;
    let meaning = item?.meaning ?? NOTHING;
    for (const { meaning: key, at } of keys) {
      const text = textOf(key);
      meaning = meaning.flatMap((atom) => {
        if (atom.kind === "list") return [atom.element];
        if (text !== undefined) return this.#field(atom, text, at.start, at.end);
        if (atom.kind === "set") this.#openRead(atom.of, "by a computed name", at);
        return NOTHING;
      });
    }
    return meaning;
  }

  #operand(node: Operand, dot: Meaning): Meaning {
    if (node.kind === "dot") return this.#used(dot, node);
    if (node.kind === "string") return [{ kind: "text", text: node.text }];
    if (node.kind === "pipeline") return this.#pipeline(node, dot);
    if (node.kind === "function")
      return this.#command({ ...node, kind: "command", words: [node] }, dot, undefined, NO_PIPELINE);
    if (node.kind === "field" || node.kind === "variable" || node.kind === "chain") return this.#fields(node, dot);
    return NOTHING;
  }

  #fields(node: FieldNode | VariableNode | ChainNode, dot: Meaning): Meaning {
    let meaning =
      node.kind === "field"
        ? dot
        : node.kind === "variable"
          ? (this.#variable(node.name)?.meaning ?? NOTHING)
          : this.#operand(node.operand, dot);
    for (const { name, start, end } of node.fields) {
      meaning = meaning.flatMap((atom) => this.#field(atom, name, start, end));
    }
    return this.#used(meaning, node);
  }

  #field(atom: Atom, name: string, start: number, end: number): Meaning {
    if (atom.kind === "struct") return Object.hasOwn(atom.fields, name) ? shapes(atom.fields[name]) : NOTHING;
    if (atom.kind === "args") return atom.values[Number(/^arg(\d+)$/.exec(name)?.[1] ?? -1)] ?? NOTHING;
    // Firing and resolved alerts are alerts.
    if (atom.kind === "list") return [atom];
    if (atom.kind !== "set") return NOTHING;
    if (name === "SortedPairs" || name === "Names" || name === "Values" || name === "Remove") {
      this.#openRead(atom.of, "all of it", { start, end });
      return name === "Remove" ? [atom] : NOTHING;
    }
    this.#note(this.#names, atom.of, name, { start, end });
    return NOTHING;
  }

  /** A single value counts as read wherever it is named. */
  #used(meaning: Meaning, { start, end }: { readonly start: number; readonly end: number }): Meaning {
    for (const atom of meaning) if (atom.kind === "leaf") this.#note(this.#values, atom.of, atom.of, { start, end });
    return meaning;
  }

  /** What is printed, or handed to a function that may look at all of it. A value by itself was noted where it is named. */
  #whole(meaning: Meaning, at: { readonly start: number; readonly end: number }, inside = false): void {
    for (const atom of meaning) {
      if (atom.kind === "set") this.#openRead(atom.of, "all of it", at);
      else if (atom.kind === "struct") this.#whole(Object.values(atom.fields), at, true);
      else if (atom.kind === "list") this.#whole([atom.element], at, true);
      else if (atom.kind === "args") for (const value of atom.values) this.#whole(value, at, true);
      else if (atom.kind === "leaf" && inside) this.#note(this.#values, atom.of, atom.of, at);
    }
  }

  #openRead(of: string, why: OpenRead["why"], { start, end }: { readonly start: number; readonly end: number }): void {
    const read: OpenRead = { of, why, template: this.#template, start, end };
    this.#open.set(JSON.stringify(read), read);
  }

  #note(
    reads: Map<string, Read>,
    of: string,
    name: string,
    { start, end }: { readonly start: number; readonly end: number },
  ): void {
    const read: Read = { of, name, template: this.#template, start, end };
    reads.set(JSON.stringify(read), read);
  }
}

const NO_PIPELINE: Pipeline = {
  kind: "pipeline",
  variables: [],
  assigns: false,
  commands: [],
  start: 0,
  end: 0,
  position: 0,
};

function shapes(shape: Shape | undefined): Meaning {
  return shape === undefined ? NOTHING : [shape];
}

function union(a: Meaning, b: Meaning): Meaning {
  const known = new Set(a.map((atom) => JSON.stringify(atom)));
  return [...a, ...b.filter((atom) => !known.has(JSON.stringify(atom)))];
}

/** The text that a meaning is, where it can be no other. */
function textOf(meaning: Meaning): string | undefined {
  const [atom] = meaning;
  return meaning.length === 1 && atom?.kind === "text" ? atom.text : undefined;
}
