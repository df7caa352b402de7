/** Whether the branches of rules gave results while their series ran. */
import { EvaluationError } from "../../engine/evaluate/error.ts";
import { compileQuery } from "../../engine/query.ts";
import type { MemoryStorage } from "../../engine/storage/memory-storage.ts";
import type { Expr } from "../../promql/ast.ts";
import { print } from "../../promql/print/print.ts";
import { type BranchCoverage, branchesOf } from "./coverage.ts";

export interface Ran {
  readonly storage: MemoryStorage;
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** The branches of an expression, and whether each gave a result in any of the runs. */
export function branchCoverage(expr: Expr, runs: readonly Ran[]): readonly BranchCoverage[] {
  return branchesOf(expr).map((branch) => ({ text: print(branch), gave: runs.some((run) => gives(branch, run)) }));
}

function gives(expr: Expr, { storage, startMs, endMs, stepMs }: Ran): boolean {
  try {
    return compileQuery(expr).columns(storage, { startMs, endMs, stepMs }).columns.length > 0;
  } catch (error) {
    if (error instanceof EvaluationError) return false;
    throw error;
  }
}
