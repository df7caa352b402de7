/** Calling functions and methods: the number of arguments, their types, and what goes wrong inside. */
import { GoError, type GoFunction } from "../go/function.ts";
import { assignable, canBeNil, type GoType, REFLECTED } from "../go/type.ts";
import { concrete, GoInterface, GoPointer, type GoValue, isTrue, typeOf, zeroOf } from "../go/value.ts";
import type { AnyNode } from "../parse/ast.ts";
import { fail, type Run } from "./run.ts";

/** Stands for a value that the pipeline did not hand on, because there is no command before this one. */
export const MISSING = Symbol("missing");

/** What the pipeline hands on, if anything. */
export type Final = GoValue | typeof MISSING;

/** Evaluates an argument as a value of a type; without a type it is taken as it is. */
export type Argument = (run: Run, dot: GoValue, type: GoType | undefined) => GoValue;

/** Calls `callee` with a receiver, if it is a method, the arguments, and at last what the pipeline hands on. */
export function call(
  run: Run,
  dot: GoValue,
  callee: GoFunction,
  name: string,
  node: AnyNode,
  args: readonly Argument[],
  final: Final,
  receiver: GoValue,
): GoValue {
  const { params, variadic } = callee;
  const given = args.length + (final === MISSING ? 0 : 1);
  if (variadic === undefined ? given !== params.length : given < params.length) {
    const want =
      variadic === undefined
        ? `want ${params.length} got ${given}`
        : `want at least ${params.length} got ${args.length}`;
    fail(run, `wrong number of args for ${name}: ${want}`);
  }
  if (callee.uncallable !== undefined) fail(run, `function ${name} ${callee.uncallable}`);
  const values: GoValue[] = receiver === undefined ? [] : [receiver];
  for (let i = 0; i < args.length; i++) values.push(args[i]?.(run, dot, params[i] ?? variadic));
  if (final !== MISSING) values.push(fitting(run, final, params[args.length] ?? variadic));
  try {
    return callee.call(values, run.environment);
  } catch (error) {
    if (!(error instanceof GoError)) throw error;
    run.node = node;
    return fail(run, `error calling ${name}: ${error.message}`);
  }
}

/** `and` and `or`, which look at no more of their arguments than they must. */
export function shortCircuit(
  run: Run,
  dot: GoValue,
  name: "and" | "or",
  args: readonly Argument[],
  final: Final,
): GoValue {
  if (args.length === 0 && final === MISSING) fail(run, `wrong number of args for ${name}: want at least 1 got 0`);
  let value: GoValue;
  for (const arg of args) {
    value = arg(run, dot, REFLECTED);
    if (isTrue(value) === (name === "or")) return value;
  }
  return final === MISSING ? value : fitting(run, final, REFLECTED);
}

/** The value as one of the type, or a mistake. */
export function fitting(run: Run, value: GoValue, type: GoType | undefined): GoValue {
  if (type === undefined) return value;
  if (type === REFLECTED) return concrete(value);
  if (value === undefined) return canBeNil(type) ? zeroOf(type) : fail(run, `invalid value; expected ${type.name}`);
  if (assignable(typeOf(value), type)) return type.kind === "interface" ? concrete(value) : value;
  const inner = value instanceof GoInterface && value.value !== undefined ? value.value : value;
  if (inner !== value && assignable(typeOf(inner), type)) return inner;
  if (inner instanceof GoPointer && inner.type.element !== undefined && assignable(inner.type.element, type))
    return inner.target ?? fail(run, `dereference of nil pointer of type ${type.name}`);
  return fail(run, `wrong type for value; expected ${type.name}; got ${typeOf(inner).name}`);
}
