/** Functions that answer with a scalar, and `vector`, which takes one. */
import { FLOAT, newColumn, setFloat } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { scalarNode, vectorNode } from "../evaluate/node.ts";
import { type Implementation, scalarArg, vectorArg } from "./call.ts";

/** A scalar by step. */
export function scalarFunction(compute: (env: Env, step: number, args: readonly number[]) => number): Implementation {
  return (call) => {
    const args = call.args.map((_, place) => scalarArg(call, place));
    return scalarNode({
      invariant: call.invariant,
      span: call.expr.span,
      run: (env) => {
        const columns = args.map((arg) => arg.run(env));
        const result = new Float64Array(env.count);
        for (let i = 0; i < result.length; i++) {
          result[i] = compute(
            env,
            i,
            columns.map((column) => column[i] as number),
          );
        }
        return result;
      },
    });
  };
}

/** The time of the step, in seconds. */
export const time: Implementation = scalarFunction((env, step) => timeOf(env, step) / 1000);

/** The value of the only float, or NaN. */
export const scalar: Implementation = (call) => {
  const arg = vectorArg(call, 0);
  return scalarNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env) => {
      const result = new Float64Array(env.count).fill(Number.NaN);
      const found = new Uint8Array(env.count);
      arg.run(env, ({ present, values }) => {
        for (let i = 0; i < present.length; i++) {
          if (present[i] !== FLOAT) continue;
          result[i] = found[i] === 0 ? (values[i] as number) : Number.NaN;
          found[i] = 1;
        }
      });
      return result;
    },
  });
};

/** One series without labels. */
export const vector: Implementation = (call) => {
  const arg = scalarArg(call, 0);
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env, emit) => {
      const column = newColumn(call.storage.labels.empty, env.count);
      const values = arg.run(env);
      for (let i = 0; i < env.count; i++) setFloat(column, i, values[i] as number);
      emit(column);
    },
    distinctWithoutName: () => true,
  });
};
