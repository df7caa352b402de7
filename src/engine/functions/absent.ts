/** `absent` and `absent_over_time`: a series where there is none. */

import { METRIC_NAME } from "../../label/label-set.ts";
import type { Matcher } from "../../label/matcher.ts";
import { ABSENT, newColumn, setFloat } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { vectorNode } from "../evaluate/node.ts";
import type { Labels, LabelTable } from "../labels/labels.ts";
import { argSpan, type Implementation, rangeArg, vectorArg } from "./call.ts";
import { checkExtended } from "./range-function.ts";
import { Slide } from "./slide.ts";
import { Window } from "./window.ts";

/** One series at the steps at which the vector is empty. */
export const absent: Implementation = (call) => {
  const arg = vectorArg(call, 0);
  const labels = labelsOf(arg.selector?.matchers ?? [], call.storage.labels);
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env, emit) => {
      const found = new Uint8Array(env.count);
      arg.run(env, ({ present }) => {
        for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) found[i] = 1;
      });
      const column = whereNothing(env, found, labels, false);
      if (column !== undefined) emit(column);
    },
    distinctWithoutName: () => true,
  });
};

/** One series at the steps at which no series has a sample in the window. */
export const absentOverTime: Implementation = (call) => {
  const source = rangeArg(call);
  const labels = labelsOf(source.matchers, call.storage.labels);
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env, emit) => {
      checkExtended(call, source);
      const found = new Uint8Array(env.count);
      const windows = source.windows(env);
      const window = new Window(source.span, argSpan(call, 0), source.span, env.remark);
      const slide = new Slide(env, windows, window);
      source.each(env, (series) => {
        if (!slide.over(series)) return;
        for (let i = 0; i < env.count; i++) if (slide.to(i)) found[i] = 1;
      });
      const column = whereNothing(env, found, labels, true);
      if (column !== undefined) emit(column);
    },
    distinctWithoutName: () => true,
  });
};

function whereNothing(env: Env, found: Uint8Array, labels: Labels, dropName: boolean) {
  if (!found.includes(0)) return undefined;
  const column = newColumn(labels, env.count, dropName);
  for (let i = 0; i < env.count; i++) if (found[i] === 0) setFloat(column, i, 1);
  return column;
}

/** The labels that matchers fix to one value each. One that is matched more than once counts as not fixed. */
function labelsOf(matchers: readonly Matcher[], table: LabelTable): Labels {
  const fixed = new Map<string, string>();
  const seen = new Set<string>();
  for (const { name, op, value } of matchers) {
    if (name === METRIC_NAME) continue;
    const first = op === "=" && !seen.has(name);
    fixed.set(name, first ? value : "");
    if (first) seen.add(name);
  }
  return table.with(table.empty, fixed);
}
