/** Functions that read timestamps as dates in UTC. */
import { ABSENT, FLOAT, newColumn, setFloat } from "../evaluate/column.ts";
import { timeOf } from "../evaluate/env.ts";
import { vectorNode } from "../evaluate/node.ts";
import type { Implementation } from "./call.ts";
import { onEach } from "./vector-function.ts";

/** A part of the date of each float, or of the step's time where there is no argument. */
export function dateFunction(part: (date: Date) => number): Implementation {
  const partOf = (seconds: number) => part(new Date(Math.trunc(seconds) * 1000));
  const ofVector = onEach(({ present, values }) => {
    for (let i = 0; i < present.length; i++) {
      if (present[i] === FLOAT) values[i] = partOf(values[i] as number);
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
        for (let i = 0; i < env.count; i++) setFloat(column, i, partOf(timeOf(env, i) / 1000));
        emit(column);
      },
      distinctWithoutName: () => true,
    });
  };
}

const DAY = 86_400_000;

export const dayOfMonth = dateFunction((date) => date.getUTCDate());
export const dayOfWeek = dateFunction((date) => date.getUTCDay());
export const hour = dateFunction((date) => date.getUTCHours());
export const minute = dateFunction((date) => date.getUTCMinutes());
export const month = dateFunction((date) => date.getUTCMonth() + 1);
export const year = dateFunction((date) => date.getUTCFullYear());

export const dayOfYear = dateFunction((date) => {
  const newYear = new Date(date);
  newYear.setUTCMonth(0, 1);
  return Math.round((date.getTime() - newYear.getTime()) / DAY) + 1;
});

export const daysInMonth = dateFunction((date) => {
  const last = new Date(date);
  last.setUTCDate(1);
  last.setUTCMonth(date.getUTCMonth() + 1, 0);
  return last.getUTCDate();
});
