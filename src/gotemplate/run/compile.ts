/**
 * Turns a template into functions once, so that executing it does no more than what the template says.
 * https://pkg.go.dev/text/template#hdr-Actions
 */
import { textOf } from "../go/format.ts";
import {
  GoInterface,
  GoMap,
  GoPointer,
  GoScalar,
  GoSlice,
  type GoValue,
  indirect,
  isTrue,
  mapEntry,
  sliceElement,
  sortedKeys,
} from "../go/value.ts";
import type { ActionNode, BranchNode, Node, Pipeline, TemplateNode, TextNode } from "../parse/ast.ts";
import type { Template } from "../parse/parse.ts";
import { Evaluator, type FunctionTable } from "./evaluate.ts";
import { fail, type Run } from "./run.ts";
import { Scope } from "./scope.ts";

/** A template ready to run. */
export interface Body {
  readonly template: Template;
  readonly run: Step;
}

/** Runs a node. */
type Step = (run: Run, dot: GoValue) => Signal;

/** Whether to go on, or where to jump. */
type Signal = typeof GO_ON | typeof BREAK | typeof CONTINUE;
const GO_ON = 0;
const BREAK = 1;
const CONTINUE = 2;

/** What escaping changes about a template. */
export interface Edits {
  text(node: TextNode): string;
  pipeline(node: ActionNode): Pipeline;
  /** What the value of an action passes through, in order. */
  escapers(node: ActionNode): readonly ((value: GoValue) => GoValue)[];
  callee(node: TemplateNode): string;
}

const NO_EDITS: Edits = {
  text: ({ text }) => text,
  pipeline: ({ pipeline }) => pipeline,
  escapers: () => [],
  callee: ({ name }) => name,
};

/** Go stops at a hundred thousand; only a template that never stops calling itself gets as far as this. */
const DEEPEST = 300;

/** Makes a template ready to run, with changes if it is escaped. */
export function compileTemplate(template: Template, functions: FunctionTable, edits: Edits = NO_EDITS): Body {
  const compiler = new Compiler(functions, edits);
  return { template, run: compiler.list(template.nodes, new Scope(["$", ...template.variables])) };
}

class Compiler {
  readonly #evaluator: Evaluator;
  readonly #edits: Edits;
  readonly #steps: { readonly [Kind in Node["kind"]]: (node: Extract<Node, { kind: Kind }>, scope: Scope) => Step } = {
    text: (node) => {
      const text = this.#edits.text(node);
      return (run) => {
        run.out += text;
        return GO_ON;
      };
    },
    action: (node, scope) => this.#action(node, scope),
    if: (node, scope) => this.#ifOrWith(node, scope),
    with: (node, scope) => this.#ifOrWith(node, scope),
    range: (node, scope) => this.#range(node, scope),
    template: (node, scope) => this.#template(node, scope),
    break: () => () => BREAK,
    continue: () => () => CONTINUE,
  };

  constructor(functions: FunctionTable, edits: Edits) {
    this.#evaluator = new Evaluator(functions);
    this.#edits = edits;
  }

  list(nodes: readonly Node[], scope: Scope): Step {
    const steps = nodes.map((node) => {
      const make = this.#steps[node.kind] as (node: Node, scope: Scope) => Step;
      return make(node, scope);
    });
    return (run, dot) => {
      for (let i = 0; i < steps.length; i++) {
        const signal = steps[i]?.(run, dot) ?? GO_ON;
        if (signal !== GO_ON) return signal;
      }
      return GO_ON;
    };
  }

  #action(node: ActionNode, scope: Scope): Step {
    const evaluate = this.#evaluator.pipeline(this.#edits.pipeline(node), scope);
    if (node.pipeline.variables.length > 0) {
      return (run, dot) => {
        evaluate(run, dot);
        return GO_ON;
      };
    }
    const escapers = this.#edits.escapers(node);
    return (run, dot) => {
      run.node = node;
      let value = evaluate(run, dot);
      for (let i = 0; i < escapers.length; i++) value = escapers[i]?.(value);
      run.out += typeof value === "string" ? value : printed(value);
      return GO_ON;
    };
  }

  #ifOrWith(node: BranchNode, scope: Scope): Step {
    const mark = scope.enter();
    const evaluate = this.#evaluator.pipeline(node.pipeline, scope);
    const body = this.list(node.body, scope);
    const otherwise = node.otherwise === undefined ? undefined : this.list(node.otherwise, scope);
    scope.leave(mark);
    const setsDot = node.kind === "with";
    return (run, dot) => {
      run.node = node;
      const value = evaluate(run, dot);
      if (isTrue(value)) return body(run, setsDot ? value : dot);
      return otherwise === undefined ? GO_ON : otherwise(run, dot);
    };
  }

  #range(node: BranchNode, scope: Scope): Step {
    const mark = scope.enter();
    const { variables } = node.pipeline;
    // The variables hold the pipeline's value at first, which `else` sees, and then each element in turn.
    const evaluate = this.#evaluator.pipeline(node.pipeline, scope);
    const slots = variables.map(({ name }) => scope.slot(name));
    const elementSlot = slots.at(-1);
    const indexSlot = slots.length > 1 ? slots[0] : undefined;
    const body = this.list(node.body, scope);
    const otherwise = node.otherwise === undefined ? undefined : this.list(node.otherwise, scope);
    scope.leave(mark);
    return (run, dot) => {
      run.node = node;
      const given = evaluate(run, dot);
      let any = false;
      for (const [index, element] of iterate(run, given, variables.length)) {
        any = true;
        if (indexSlot !== undefined) run.frame[indexSlot] = index;
        if (elementSlot !== undefined) run.frame[elementSlot] = element;
        if (body(run, element) === BREAK) break;
      }
      const signal = any || otherwise === undefined ? GO_ON : otherwise(run, dot);
      // In an `else`, too, `break` leaves this range; `continue` goes on with the one around it.
      return signal === BREAK ? GO_ON : signal;
    };
  }

  #template(node: TemplateNode, scope: Scope): Step {
    const evaluate = node.pipeline === undefined ? () => undefined : this.#evaluator.pipeline(node.pipeline, scope);
    const name = this.#edits.callee(node);
    return (run, dot) => {
      run.node = node;
      const body = run.library.body(name);
      if (body === undefined) return fail(run, `template ${JSON.stringify(node.name)} not defined`);
      if (run.depth === DEEPEST) fail(run, "exceeded maximum template depth (100000)");
      const value = evaluate(run, dot);
      const { frame, template } = run;
      run.frame = [value];
      run.template = body.template;
      run.depth++;
      body.run(run, value);
      run.depth--;
      run.frame = frame;
      run.template = template;
      return GO_ON;
    };
  }
}

/** A value as an action writes it. */
function printed(value: GoValue): string {
  if (value === undefined) return "<no value>";
  return textOf(value instanceof GoPointer ? indirect(value) : value);
}

/** What `range` goes over: index or key, and element. */
function* iterate(run: Run, given: GoValue, variables: number): Generator<readonly [GoValue, GoValue]> {
  const value = indirect(given);
  if (value instanceof GoSlice) {
    const count = value.elements?.length ?? 0;
    for (let i = 0; i < count; i++) yield [BigInt(i), sliceElement(value, i)];
  } else if (value instanceof GoMap) {
    for (const key of sortedKeys(value)) yield [key, mapEntry(value, key)];
  } else if (typeof value === "bigint" || (value instanceof GoScalar && typeof value.value === "bigint")) {
    if (variables > 1) fail(run, `can't use ${textOf(value)} to iterate over more than one variable`);
    const [count, type] = typeof value === "bigint" ? [value, undefined] : [value.value as bigint, value.type];
    for (let i = 0n; i < count; i++) yield [undefined, type === undefined ? i : new GoScalar(type, i)];
  } else if (value !== undefined && !(value instanceof GoInterface)) {
    fail(run, `range can't iterate over ${textOf(value)}`);
  }
}
