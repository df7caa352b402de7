/** A call made ready: what an implementation of a function works with. */
import type { Call, Span } from "../../promql/ast.ts";
import type { FunctionName } from "../../promql/functions.ts";
import type { Node, RangeNode, ScalarNode, StringNode, VectorNode } from "../evaluate/node.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";

export interface CompiledCall {
  readonly expr: Call;
  readonly name: FunctionName;
  readonly args: readonly Node[];
  readonly storage: MemoryStorage;
  /** The same at every step, by its arguments and by what the function looks at. */
  readonly invariant: boolean;
}

/** Makes the node of a call. */
export type Implementation = (call: CompiledCall) => Node;

// The type check has seen to it that arguments are of the types that functions take.
export function vectorArg({ args }: CompiledCall, place: number): VectorNode {
  return args[place] as VectorNode;
}

export function scalarArg({ args }: CompiledCall, place: number): ScalarNode {
  return args[place] as ScalarNode;
}

export function stringArg({ args }: CompiledCall, place: number): string {
  return (args[place] as StringNode).value;
}

export function rangeArg({ args }: CompiledCall): RangeNode {
  return args.find((arg) => arg.kind === "range") as RangeNode;
}

export function argSpan({ args }: CompiledCall, place: number): Span {
  return (args[place] as Node).span;
}
