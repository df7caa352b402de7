/** Turns pipelines into functions that evaluate them. */
import type { GoFunction } from "../go/function.ts";
import { COMPLEX128, canBeNil, type GoType, INT, REFLECTED } from "../go/type.ts";
import { GoInterface, GoMap, GoScalar, type GoValue, LABEL_MAP, typeOf, underlying } from "../go/value.ts";
import type {
  ChainNode,
  Command,
  FieldNode,
  FunctionNode,
  NumberNode,
  Operand,
  Pipeline,
  VariableNode,
} from "../parse/ast.ts";
import { nodeText } from "../parse/print.ts";
import { BUILTINS } from "./builtins.ts";
import { type Argument, call, type Final, fitting, MISSING, shortCircuit } from "./call.ts";
import { fieldOf } from "./field.ts";
import { fail, type Run } from "./run.ts";
import type { Scope } from "./scope.ts";

/** Evaluates a pipeline with a dot. */
export type Evaluate = (run: Run, dot: GoValue) => GoValue;

/** Evaluates a command; `final` is what the command before it hands on. */
type EvaluateCommand = (run: Run, dot: GoValue, final: Final) => GoValue;

/** The functions that templates can call, without those that Go itself has. */
export type FunctionTable = ReadonlyMap<string, GoFunction>;

/** Makes the evaluation of pipelines that can call certain functions. */
export class Evaluator {
  readonly #functions: FunctionTable;

  constructor(functions: FunctionTable) {
    this.#functions = functions;
  }

  /** The variables that the pipeline declares are known in `scope` from then on. */
  pipeline(pipeline: Pipeline, scope: Scope): Evaluate {
    const commands = pipeline.commands.map((command) => this.#command(command, scope));
    const [first] = commands;
    const evaluate: Evaluate =
      first !== undefined && commands.length === 1
        ? (run, dot) => {
            run.node = pipeline;
            return opened(first(run, dot, MISSING));
          }
        : (run, dot) => {
            run.node = pipeline;
            let value: Final = MISSING;
            for (const command of commands) value = opened(command(run, dot, value));
            return value === MISSING ? undefined : value;
          };
    if (pipeline.variables.length === 0) return evaluate;
    const slots = pipeline.variables.map(({ name }) =>
      pipeline.assigns ? (scope.slot(name) ?? name) : scope.declare(name),
    );
    return (run, dot) => {
      const value = evaluate(run, dot);
      for (const slot of slots) {
        if (typeof slot === "string") fail(run, `undefined variable: ${slot}`);
        else run.frame[slot] = value;
      }
      return value;
    };
  }

  #command(command: Command, scope: Scope): EvaluateCommand {
    const [first, ...rest] = command.words;
    if (first === undefined) throw new Error("a command without words");
    if (first.kind === "function") return this.#call(first, command, rest, scope);
    if (first.kind === "field" || first.kind === "chain") {
      return this.#fields(first, scope, this.#arguments(rest, scope));
    }
    if (first.kind === "variable" && first.fields.length > 0) {
      return this.#fields(first, scope, this.#arguments(rest, scope));
    }
    const refuse = (run: Run, final: Final) => {
      if (rest.length > 0 || final !== MISSING) fail(run, `can't give argument to non-function ${nodeText(first)}`);
    };
    if (first.kind === "pipeline") {
      const evaluate = this.pipeline(first, scope);
      return (run, dot, final) => {
        refuse(run, final);
        return evaluate(run, dot);
      };
    }
    const value = first.kind === "variable" ? this.#variable(first, scope) : constant(first);
    return (run, dot, final) => {
      run.node = first;
      refuse(run, final);
      return value(run, dot);
    };
  }

  #call(node: FunctionNode, at: Command | FunctionNode, words: readonly Operand[], scope: Scope): EvaluateCommand {
    const { name } = node;
    const args = this.#arguments(words, scope);
    const own = this.#functions.get(name);
    const callee = own ?? BUILTINS.get(name);
    if (own === undefined && (name === "and" || name === "or")) {
      return (run, dot, final) => {
        run.node = node;
        return shortCircuit(run, dot, name, args, final);
      };
    }
    if (own === undefined && name === "call") return this.#callOfCall(node, at, words, args);
    return (run, dot, final) => {
      run.node = node;
      if (callee === undefined) return fail(run, `${JSON.stringify(name)} is not a defined function`);
      return call(run, dot, callee, name, at, args, final, undefined);
    };
  }

  /** No value that a template can meet is a function, so that `call` can only complain. */
  #callOfCall(
    node: FunctionNode,
    at: Command | FunctionNode,
    words: readonly Operand[],
    args: readonly Argument[],
  ): EvaluateCommand {
    return (run, dot, final) => {
      run.node = node;
      if (args.length === 0 && final === MISSING) fail(run, "wrong number of args for call: want at least 1 got 0");
      const values = args.map((arg) => arg(run, dot, REFLECTED));
      const value = args.length > 0 ? values[0] : final === MISSING ? undefined : final;
      run.node = at;
      if (value === undefined) return fail(run, "error calling call: call of nil");
      const type = typeOf(value).name;
      const text = underlying(value);
      const callee =
        words[0] === undefined ? (typeof text === "string" ? text : `<${type} Value>`) : nodeText(words[0]);
      return fail(run, `error calling call: non-function ${callee} of type ${type}`);
    };
  }

  #arguments(words: readonly Operand[], scope: Scope): readonly Argument[] {
    return words.map((word) => this.#argument(word, scope));
  }

  #argument(node: Operand, scope: Scope): Argument {
    if (node.kind === "nil") {
      return (run, _, type) => {
        run.node = node;
        if (type === undefined || type === REFLECTED || canBeNil(type)) return fitting(run, undefined, type);
        return fail(run, `cannot assign nil to ${type.name}`);
      };
    }
    if (node.kind === "bool" || node.kind === "number" || node.kind === "string") {
      return (run, _, type) => {
        run.node = node;
        return type === undefined ? undefined : literal(run, node, type);
      };
    }
    const evaluate = this.#operand(node, scope);
    return (run, dot, type) => {
      run.node = node;
      return fitting(run, evaluate(run, dot), type);
    };
  }

  #operand(node: Exclude<Operand, { kind: "nil" | "bool" | "number" | "string" }>, scope: Scope): Evaluate {
    if (node.kind === "dot") return (_, dot) => dot;
    if (node.kind === "pipeline") return this.pipeline(node, scope);
    if (node.kind === "variable" && node.fields.length === 0) {
      return this.#variable(node, scope);
    }
    const evaluate =
      node.kind === "function"
        ? this.#call(node, node, [], scope)
        : this.#fields(node, scope, this.#arguments([], scope));
    return (run, dot) => evaluate(run, dot, MISSING);
  }

  #variable({ name }: VariableNode, scope: Scope): Evaluate {
    const slot = scope.slot(name);
    // Known to the parser but not yet set, as in `{{ $x := $x }}`.
    if (slot === undefined) return (run) => fail(run, `undefined variable: ${name}`);
    return (run) => run.frame[slot];
  }

  /** Fields of dot, of a variable, or of a pipeline's result. Arguments go to the last, which then must be a method. */
  #fields(node: FieldNode | VariableNode | ChainNode, scope: Scope, args: readonly Argument[]): EvaluateCommand {
    const holder = this.#holder(node, scope);
    const names = node.fields.map(({ name }) => name);
    const last = names.pop() ?? "";
    if (names.length === 0) {
      return (run, dot, final) => {
        run.node = node;
        const value = holder(run, dot);
        // Nearly all that templates read are labels.
        if (value instanceof GoMap && value.type === LABEL_MAP && args.length === 0 && final === MISSING) {
          const { entries } = value;
          return entries !== undefined && Object.hasOwn(entries, last) ? entries[last] : "";
        }
        return fieldOf(run, dot, value, last, node, args, final);
      };
    }
    return (run, dot, final) => {
      run.node = node;
      let value = holder(run, dot);
      for (const name of names) value = fieldOf(run, dot, value, name, node);
      return fieldOf(run, dot, value, last, node, args, final);
    };
  }

  #holder(node: FieldNode | VariableNode | ChainNode, scope: Scope): Evaluate {
    if (node.kind === "field") return (_, dot) => dot;
    if (node.kind === "variable") return this.#variable(node, scope);
    const { operand } = node;
    const evaluate = this.#argument(operand, scope);
    return (run, dot) => evaluate(run, dot, undefined);
  }
}

/** What stands in a value of type `any`: a pipeline digs it out. */
function opened(value: GoValue): GoValue {
  return value instanceof GoInterface ? value.value : value;
}

/** An operand that needs no evaluation, where a command would be. */
function constant(node: Exclude<Operand, VariableNode | FieldNode | ChainNode | FunctionNode | Pipeline>): Evaluate {
  if (node.kind === "dot") return (_, dot) => dot;
  if (node.kind === "nil") return (run) => fail(run, "nil is not a command");
  if (node.kind === "number") return (run) => untyped(run, node);
  const value = node.kind === "bool" ? node.value : node.text;
  return () => value;
}

/** A number where nothing asks for a type: its form decides. */
function untyped(run: Run, node: NumberNode): GoValue {
  const { text, complex, float, int } = node;
  if (complex !== undefined) return new GoScalar(COMPLEX128, complex);
  const hexadecimal = text.length > 2 && /^0x/i.test(text) && !/p/i.test(text);
  if (float !== undefined && !hexadecimal && !text.startsWith("'") && /[.ep]/i.test(text)) return float;
  return int ?? fail(run, `${text} overflows int`);
}

type Literal = Extract<Operand, { kind: "bool" | "number" | "string" }>;

/** A literal as an argument of a type. */
function literal(run: Run, node: Literal, type: GoType): GoValue {
  const expected = (what: string) => fail(run, `expected ${what}; found ${nodeText(node)}`);
  if (type === REFLECTED || type.kind === "interface") {
    return node.kind === "number" ? untyped(run, node) : node.kind === "bool" ? node.value : node.text;
  }
  if (type.kind === "string") return node.kind === "string" ? node.text : expected("string");
  if (type.kind === "float64") return (node.kind === "number" ? node.float : undefined) ?? expected("float");
  if (type.kind === "bool") return node.kind === "bool" ? node.value : expected("bool");
  if (type.kind === "int" || type.kind === "int64") {
    const int = (node.kind === "number" ? node.int : undefined) ?? expected("integer");
    return type === INT ? int : new GoScalar(type, int);
  }
  return fail(run, `can't handle ${nodeText(node)} for arg of type ${type.name}`);
}
