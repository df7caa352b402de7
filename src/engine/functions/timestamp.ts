/** `timestamp` and `start_timestamp`: when samples were taken, and when their counters started. */
import { ABSENT, type Column, type Emit, newColumn, setFloat } from "../evaluate/column.ts";
import { type Env, timeOf } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { type SelectorNode, type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { type Implementation, vectorArg } from "./call.ts";

/** When each sample was taken; what is no sample but computed counts as taken at the step. */
export const timestamp: Implementation = (call) => {
  const arg = vectorArg(call, 0);
  const run = (env: Env, emit: Emit) => {
    const columns = arg.selector === undefined ? stepTimes(env, arg) : sampleTimes(env, arg.selector, "taken");
    emitNameless(env, call.storage, columns, emit);
  };
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run,
    distinctWithoutName: arg.distinctWithoutName,
  });
};

/** When each sample's counter started, 0 where that is unknown; nothing of what is no sample. */
export const startTimestamp: Implementation = (call) => {
  const arg = vectorArg(call, 0);
  const run = (env: Env, emit: Emit) => {
    if (arg.selector === undefined || !env.settings.startTimestamps) return;
    emitNameless(env, call.storage, sampleTimes(env, arg.selector, "started"), emit);
  };
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run,
    distinctWithoutName: arg.distinctWithoutName,
  });
};

function stepTimes(env: Env, arg: VectorNode): Column[] {
  const columns: Column[] = [];
  arg.run(env, (column) => {
    for (let i = 0; i < env.count; i++) {
      if (column.present[i] !== ABSENT) setFloat(column, i, timeOf(env, i) / 1000);
    }
    column.histograms = undefined;
    columns.push(column);
  });
  return columns;
}

function sampleTimes(env: Env, selector: SelectorNode, what: "taken" | "started"): Column[] {
  const columns: Column[] = [];
  const visit: Parameters<SelectorNode["places"]>[1] = ({ labels, times, starts }, places) => {
    const column = newColumn(labels, env.count);
    for (let i = 0; i < env.count; i++) {
      const place = places[i] as number;
      if (place === -1) continue;
      const ms = what === "taken" ? (times[place] as number) : (starts?.[place] ?? 0);
      setFloat(column, i, ms / 1000);
    }
    columns.push(column);
  };
  selector.places(env, visit);
  return columns;
}

function emitNameless(env: Env, storage: MemoryStorage, columns: readonly Column[], emit: Emit): void {
  for (const column of columns) {
    column.dropName = true;
    if (!env.settings.delayedNameRemoval) column.labels = storage.labels.withoutName(column.labels);
  }
  emitSteps(env, columns, emit);
}
