/** Nodes as Go writes them out, which its error messages show. */
import { quote } from "../go/quote.ts";
import type { AnyNode, Command, FieldName, Node, Operand, Pipeline } from "./ast.ts";

/** The text of a node in a form of its own: single spaces, no trim markers, no comments. */
export function nodeText(node: AnyNode): string {
  const print: (node: never) => string = PRINTERS[node.kind];
  return print(node as never);
}

type Printers = { readonly [Kind in AnyNode["kind"]]: (node: Extract<AnyNode, { kind: Kind }>) => string };

const branch = (node: Extract<AnyNode, { kind: "if" | "with" | "range" }>): string => {
  const otherwise = node.otherwise === undefined ? "" : `{{else}}${listText(node.otherwise)}`;
  return `{{${node.kind} ${pipelineText(node.pipeline)}}}${listText(node.body)}${otherwise}{{end}}`;
};

const PRINTERS: Printers = {
  text: ({ text }) => text,
  action: ({ pipeline }) => `{{${pipelineText(pipeline)}}}`,
  if: branch,
  with: branch,
  range: branch,
  template: ({ name, pipeline }) =>
    `{{template ${quote(name)}${pipeline === undefined ? "" : ` ${pipelineText(pipeline)}`}}}`,
  break: () => "{{break}}",
  continue: () => "{{continue}}",
  pipeline: pipelineText,
  command: commandText,
  variable: ({ name, fields }) => name + fieldsText(fields),
  field: ({ fields }) => fieldsText(fields),
  chain: ({ operand, fields }) => operandText(operand) + fieldsText(fields),
  function: ({ name }) => name,
  string: ({ quoted }) => quoted,
  number: ({ text }) => text,
  bool: ({ value }) => String(value),
  dot: () => ".",
  nil: () => "nil",
};

function listText(nodes: readonly Node[]): string {
  return nodes.map(nodeText).join("");
}

function pipelineText({ variables, assigns, commands }: Pipeline): string {
  const names = variables.map(({ name }) => name).join(", ");
  const set = variables.length === 0 ? "" : `${names} ${assigns ? "=" : ":="} `;
  return set + commands.map(commandText).join(" | ");
}

function commandText({ words }: Command): string {
  return words.map(operandText).join(" ");
}

function operandText(operand: Operand): string {
  return operand.kind === "pipeline" ? `(${pipelineText(operand)})` : nodeText(operand);
}

function fieldsText(fields: readonly FieldName[]): string {
  return fields.map(({ name }) => `.${name}`).join("");
}
