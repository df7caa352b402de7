/** Templates that know each other by name, and their execution. */
import type { Environment } from "../go/function.ts";
import type { GoValue } from "../go/value.ts";
import { isMistake, type TemplateMistake } from "../parse/ast.ts";
import { isEmpty, parseTemplate, type Template } from "../parse/parse.ts";
import { BUILTINS } from "./builtins.ts";
import { type Body, compileTemplate } from "./compile.ts";
import type { FunctionTable } from "./evaluate.ts";
import { Failure, type Library, Run } from "./run.ts";

/** Templates that can call each other; what it lacks, it looks for in the set it is based on. */
export class TemplateSet implements Library {
  readonly functions: FunctionTable;
  /** Where names are looked up that this set does not know. */
  readonly #base: TemplateSet | undefined;
  readonly #templates = new Map<string, Template>();
  readonly #bodies = new Map<string, Body>();

  constructor(functions: FunctionTable, base?: TemplateSet) {
    this.functions = functions;
    this.#base = base;
  }

  /**
   * Reads a text, and takes in what it defines. A definition replaces an older one of its name, unless it is empty. What stands
   * outside of definitions is given back.
   */
  add(name: string, text: string): Template | TemplateMistake {
    const parsed = parseTemplate(name, text, { hasFunction: (called) => this.hasFunction(called) });
    if (isMistake(parsed)) return parsed;
    for (const [defined, template] of parsed.templates) {
      if (isEmpty(template) && this.template(defined) !== undefined) continue;
      this.#templates.set(defined, template);
      this.#bodies.delete(defined);
    }
    return parsed.main;
  }

  hasFunction(name: string): boolean {
    return this.functions.has(name) || BUILTINS.has(name);
  }

  template(name: string): Template | undefined {
    return this.#templates.get(name) ?? this.#base?.template(name);
  }

  body(name: string): Body | undefined {
    const known = this.#bodies.get(name);
    if (known !== undefined) return known;
    const template = this.#templates.get(name);
    if (template === undefined) return this.#base?.body(name);
    const body = compileTemplate(template, this.functions);
    this.#bodies.set(name, body);
    return body;
  }
}

/** Executes a template; `frame` holds the variables that its header declares. */
export function executeBody(
  body: Body,
  library: Library,
  data: GoValue,
  environment: Environment,
  frame: readonly GoValue[] = [],
): string | TemplateMistake {
  const run = new Run(body.template, [data, ...frame], library, environment);
  try {
    body.run(run, data);
    return run.out;
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.mistake;
    throw thrown;
  }
}
