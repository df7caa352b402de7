/** What a template can call. */
import type { GoType } from "./type.ts";
import type { GoValue } from "./value.ts";

/** The world around an execution, as far as functions ask about it. */
export interface Environment {
  /** Milliseconds since 1970, UTC. */
  readonly now: number;
  /** Where the server says it is reached; `undefined` where it was not told. */
  readonly externalURL?: string | undefined;
  readonly query?: QueryFunction | undefined;
  /** The label of a route, rendered; a route without it has `""`. */
  readonly routeLabel?: ((name: string) => string) | undefined;
}

/** Evaluates an expression at an instant, in milliseconds since 1970. A failure is thrown as an `Error`. */
export type QueryFunction = (expr: string, at: number) => readonly QuerySample[];

/** One sample of a query's result. */
export interface QuerySample {
  readonly labels: Readonly<Record<string, string>>;
  /** A number, or a histogram, which prints itself. */
  readonly value: number | { toString(): string };
}

/** A function or method, with the types of its parameters. */
export interface GoFunction {
  readonly params: readonly GoType[];
  /** The type of the arguments that may follow, where any may. */
  readonly variadic: GoType | undefined;
  /** Arguments fit `params`. Trouble is thrown as a {@link GoError}. */
  readonly call: (args: readonly GoValue[], environment: Environment) => GoValue;
  /** Why the function can't be called from a template, as those that return several values can't. */
  readonly uncallable: string | undefined;
}

/** An error that a function returns to the template. Execution ends with it, and its text becomes part of the mistake. */
export class GoError extends Error {}

/** A function whose arguments are known, by `params`, to be `Args`. */
export function fn<Args extends readonly GoValue[]>(
  params: readonly GoType[],
  call: (args: Args, environment: Environment) => GoValue,
  variadic?: GoType,
): GoFunction {
  // The executor gives only arguments that fit `params`, so that implementations may name their types.
  return { params, variadic, call: call as unknown as GoFunction["call"], uncallable: undefined };
}

/** What Go says when code follows a pointer that is nil. */
export const NIL_DEREFERENCE = "runtime error: invalid memory address or nil pointer dereference";
