/** What stands behind a dot: a method, a field, or an entry of a map. */

import { ANY } from "../go/type.ts";
import { GoInterface, GoMap, GoPointer, GoStruct, type GoValue, indirect, mapEntry, typeOf } from "../go/value.ts";
import type { AnyNode } from "../parse/ast.ts";
import { type Argument, call, type Final, MISSING } from "./call.ts";
import { fail, type Run } from "./run.ts";

const NO_ARGUMENTS: readonly Argument[] = [];

/** The field of `holder`. Arguments are for methods alone, and are evaluated with `dot`. */
export function fieldOf(
  run: Run,
  dot: GoValue,
  holder: GoValue,
  name: string,
  node: AnyNode,
  args: readonly Argument[] = NO_ARGUMENTS,
  final: Final = MISSING,
): GoValue {
  if (holder === undefined) return undefined;
  const given = typeOf(holder);
  const receiver = indirect(holder);
  if (receiver instanceof GoInterface) return fail(run, `nil pointer evaluating ${given.name}.${name}`);
  if (receiver === undefined) return undefined;
  const method = typeOf(receiver).methods.get(name);
  if (method !== undefined) return call(run, dot, method, name, node, args, final, receiver);
  const called = args.length > 0 || final !== MISSING;
  if (receiver instanceof GoMap) {
    if (called) fail(run, `${name} is not a method but has arguments`);
    return mapEntry(receiver, name);
  }
  const fields = receiver instanceof GoPointer ? receiver.type.element?.fields : typeOf(receiver).fields;
  const field = fields?.find((each) => each.name === name);
  if (field === undefined) return fail(run, `can't evaluate field ${name} in type ${given.name}`);
  if (receiver instanceof GoPointer) return fail(run, `nil pointer evaluating ${given.name}.${name}`);
  if (!/^\p{Lu}/u.test(name)) fail(run, `${name} is an unexported field of struct type ${given.name}`);
  if (called) fail(run, `${name} has arguments but cannot be invoked as function`);
  const value = receiver instanceof GoStruct ? receiver.fields[name] : undefined;
  return field.type === ANY ? new GoInterface(value) : value;
}
