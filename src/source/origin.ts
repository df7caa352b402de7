/** Where a definition was made, kept so cheaply that every definition can. */

/** The call of a factory: a stack that is turned into text only when someone asks for the place. */
export interface Origin {
  readonly stack?: string;
}

/** Captures the place that called `factory`. Costs a few microseconds: V8 writes the stack out on first reading. */
export function captureOrigin(factory: (...args: never[]) => unknown): Origin {
  const origin: { stack?: string } = {};
  Error.captureStackTrace(origin, factory);
  return origin;
}
