/** Which time a selector or a subquery looks at: `offset` and `@`. */
import type { At, Duration } from "../../promql/ast.ts";
import { durationMs } from "../evaluate/duration.ts";
import type { Env } from "../evaluate/env.ts";

/** What was written behind a selector or a subquery. */
export interface Modifiers {
  readonly offset: Duration | undefined;
  readonly at: At | undefined;
}

/** The offset in milliseconds, 0 where none is written. */
export function offsetMs({ offset }: Modifiers, env: Env): number {
  return offset === undefined ? 0 : durationMs(offset, env.query, "negative-allowed");
}

/** The time that `@` names, in milliseconds. */
export function atMs({ at }: Modifiers, env: Env): number | undefined {
  if (at === undefined) return undefined;
  if (at.kind === "timestamp") return at.ms;
  return at.kind === "start" ? env.query.startMs : env.query.endMs;
}
