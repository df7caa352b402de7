/**
 * The tree of a template. Offsets count UTF-16 units of the text that was parsed; `end` is exclusive.
 * https://pkg.go.dev/text/template/parse
 */

interface Spanned {
  readonly start: number;
  readonly end: number;
  /** Where Go says the node is, which its error messages show; for a chain of fields that is its second. */
  readonly position: number;
}

export interface TextNode extends Spanned {
  readonly kind: "text";
  /** The text without what trim markers took away. */
  readonly text: string;
}

/** `{{ pipeline }}`. */
export interface ActionNode extends Spanned {
  readonly kind: "action";
  readonly pipeline: Pipeline;
}

/** `{{ if pipeline }} body {{ else }} otherwise {{ end }}`, and `with` and `range` likewise. */
export interface BranchNode extends Spanned {
  readonly kind: "if" | "with" | "range";
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[] | undefined;
}

/** `{{ template "name" pipeline }}`, and what is left of a `block`. */
export interface TemplateNode extends Spanned {
  readonly kind: "template";
  readonly name: string;
  readonly pipeline: Pipeline | undefined;
}

export interface BreakNode extends Spanned {
  readonly kind: "break";
}

export interface ContinueNode extends Spanned {
  readonly kind: "continue";
}

/** `{{ break }}` and `{{ continue }}`. */
export type JumpNode = BreakNode | ContinueNode;

/** What a template is a list of. */
export type Node = TextNode | ActionNode | BranchNode | TemplateNode | JumpNode;

/** Commands, each of which hands its result to the next. */
export interface Pipeline extends Spanned {
  readonly kind: "pipeline";
  /** The variables it sets. */
  readonly variables: readonly VariableNode[];
  /** Whether they were there before: `=` rather than `:=`. */
  readonly assigns: boolean;
  readonly commands: readonly Command[];
}

/** A call, or a value. */
export interface Command extends Spanned {
  readonly kind: "command";
  /** The first is what is called or evaluated, the others its arguments. */
  readonly words: readonly Operand[];
}

/** `$x.field.field`. */
export interface VariableNode extends Spanned {
  readonly kind: "variable";
  /** With the dollar. */
  readonly name: string;
  readonly fields: readonly FieldName[];
}

/** `.field.field`. */
export interface FieldNode extends Spanned {
  readonly kind: "field";
  readonly fields: readonly FieldName[];
}

/** `(pipeline).field.field`. */
export interface ChainNode extends Spanned {
  readonly kind: "chain";
  readonly operand: Operand;
  readonly fields: readonly FieldName[];
}

/** One field of a chain. */
export interface FieldName {
  readonly name: string;
  /** The dot included. */
  readonly start: number;
  readonly end: number;
}

export interface FunctionNode extends Spanned {
  readonly kind: "function";
  readonly name: string;
}

export interface StringNode extends Spanned {
  readonly kind: "string";
  readonly text: string;
  readonly quoted: string;
}

export interface NumberNode extends Spanned {
  readonly kind: "number";
  readonly text: string;
  /** The value as each of the types that can hold it. */
  readonly int: bigint | undefined;
  readonly uint: bigint | undefined;
  readonly float: number | undefined;
  readonly complex: { readonly re: number; readonly im: number } | undefined;
}

export interface BoolNode extends Spanned {
  readonly kind: "bool";
  readonly value: boolean;
}

export interface DotNode extends Spanned {
  readonly kind: "dot";
}

export interface NilNode extends Spanned {
  readonly kind: "nil";
}

/** What a command is made of. */
export type Operand =
  | VariableNode
  | FieldNode
  | ChainNode
  | FunctionNode
  | StringNode
  | NumberNode
  | BoolNode
  | DotNode
  | NilNode
  | Pipeline;

/** Anything that a message can point at. */
export type AnyNode = Node | Pipeline | Command | Operand;

/** What is wrong with a template, in Go's words, and where. */
export interface TemplateMistake {
  readonly kind: "mistake";
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a result is a mistake. */
export function isMistake(result: unknown): result is TemplateMistake {
  return typeof result === "object" && result !== null && (result as { kind?: unknown }).kind === "mistake";
}
