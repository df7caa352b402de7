/** One execution of a template: what it wrote so far and where it is. */
import type { Environment } from "../go/function.ts";
import { quote } from "../go/quote.ts";
import { byteLength } from "../go/text.ts";
import type { GoValue } from "../go/value.ts";
import type { AnyNode, TemplateMistake } from "../parse/ast.ts";
import type { Template } from "../parse/parse.ts";
import { nodeText } from "../parse/print.ts";
import type { Body } from "./compile.ts";

/** Where an execution finds the templates it is told to run. */
export interface Library {
  body(name: string): Body | undefined;
}

/** The state of an execution. */
export class Run {
  out = "";
  /** The node being evaluated, which a mistake is reported at. */
  node: AnyNode | undefined = undefined;
  template: Template;
  /** The variables, each in its slot; the first is `$`. */
  frame: GoValue[];
  /** How many templates deep the execution is. */
  depth = 0;
  readonly library: Library;
  readonly environment: Environment;

  constructor(template: Template, frame: GoValue[], library: Library, environment: Environment) {
    this.template = template;
    this.frame = frame;
    this.library = library;
    this.environment = environment;
  }
}

/** Ends an execution from within. `execute` turns it into a mistake. */
export class Failure {
  readonly mistake: TemplateMistake;
  constructor(mistake: TemplateMistake) {
    this.mistake = mistake;
  }
}

/** Ends the execution with a mistake at the node at hand. */
export function fail(run: Run, message: string): never {
  const { node, template } = run;
  const { name, text, header } = template.source;
  const at = node?.position ?? 0;
  const before = header + text.slice(0, at);
  const line = before.split("\n").length;
  const column = byteLength(before.slice(before.lastIndexOf("\n") + 1));
  const where = node === undefined ? "" : `executing ${quote(template.name)} at <${nodeText(node)}>: `;
  throw new Failure({
    kind: "mistake",
    message: `template: ${name}:${line}:${column}: ${where}${message}`,
    start: node?.start ?? 0,
    end: node?.end ?? 0,
  });
}
