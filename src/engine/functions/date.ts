/** Functions that read timestamps as dates in UTC. */
import { ABSENT, FLOAT, newColumn, setFloat } from "../evaluate/column.ts";
import { timeOf } from "../evaluate/env.ts";
import { vectorNode } from "../evaluate/node.ts";
import { type Moment, momentOf } from "../number/calendar.ts";
import type { Implementation } from "./call.ts";
import { onEach } from "./vector-function.ts";

/** A part of the date of each float, or of the step's time where there is no argument. */
export function dateFunction(part: keyof Moment): Implementation {
  const ofVector = onEach(({ present, values }) => {
    for (let i = 0; i < present.length; i++) {
      if (present[i] === FLOAT) values[i] = momentOf(values[i] as number)[part];
      else present[i] = ABSENT;
    }
  });
  return (call) => {
    if (call.args.length > 0) return ofVector(call);
    return vectorNode({
      invariant: call.invariant,
      span: call.expr.span,
      run: (env, emit) => {
        const column = newColumn(call.storage.labels.empty, env.count);
        for (let i = 0; i < env.count; i++) setFloat(column, i, momentOf(timeOf(env, i) / 1000)[part]);
        emit(column);
      },
      distinctWithoutName: () => true,
    });
  };
}
