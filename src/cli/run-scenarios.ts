/** Runs the project's scenarios by its own vitest; whatever is missing for that is for the user to mend. */
import type { VitestAnswer, VitestWish } from "../testing/vitest-run.ts";
import { UsageError } from "./command.ts";

export async function runScenarios(wish: VitestWish): Promise<VitestAnswer> {
  const { NothingToRun, runVitest } = await import("../testing/vitest-run.ts");
  try {
    return await runVitest(wish);
  } catch (error) {
    if (error instanceof NothingToRun) throw new UsageError(error.message);
    throw error;
  }
}
