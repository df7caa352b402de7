/** The number an aggregation takes beside its vector. */
import type { Env } from "../evaluate/env.ts";
import type { ScalarNode } from "../evaluate/node.ts";
import { max as greater, min as lesser } from "../number/go-math.ts";

/** A parameter at every step, and between what bounds it lies. */
export interface Parameter {
  readonly at: Float64Array;
  readonly min: number;
  readonly max: number;
  readonly hasNan: boolean;
}

/** Evaluates the parameter of an aggregation. */
export function parameterOf(env: Env, node: ScalarNode | undefined): Parameter {
  const at = node === undefined ? new Float64Array(env.count) : node.run(env);
  if (node?.literal) {
    const value = at[0] ?? 0;
    return { at, min: value, max: value, hasNan: Number.isNaN(value) };
  }
  let min = Number.MAX_VALUE;
  let max = -Number.MAX_VALUE;
  for (const value of at) {
    max = greater(max, value);
    min = lesser(min, value);
  }
  return { at, min, max, hasNan: at.some(Number.isNaN) };
}
