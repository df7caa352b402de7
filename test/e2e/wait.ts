/** Waiting with a deadline: for something to become so, or to see that it stays so. */
import { setTimeout as sleep } from "node:timers/promises";

/** Looks until it sees what it wants. */
export interface Watch {
  /**
   * Calls `look` until it does not throw, and hands back what it saw. What it throws says what is there instead: the
   * message of the error when the seconds are over.
   */
  until<T>(what: string, seconds: number, look: () => T | Promise<T>): Promise<T>;
}

const PAUSE = 100;

/** Makes a watch that ends with `life`, and at once when `alive` throws: nothing comes of waiting for the dead. */
export function createWatch(life: AbortSignal, alive: () => void): Watch {
  return {
    async until(what, seconds, look) {
      const deadline = Date.now() + seconds * 1000;
      for (;;) {
        life.throwIfAborted();
        alive();
        try {
          return await look();
        } catch (error) {
          if (Date.now() > deadline) {
            throw new Error(`waited ${seconds} s for ${what}, instead: ${reason(error)}`);
          }
        }
        await sleep(PAUSE);
      }
    },
  };
}

/** Throws where something is not as it should be. */
export function expect(holds: boolean, instead: string): asserts holds {
  if (!holds) throw new Error(instead);
}

/** Throws unless both lists hold the same, and tells what is missing and what is too much. */
export function expectSame(found: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.filter((one) => !found.includes(one));
  const unknown = found.filter((one) => !wanted.includes(one));
  expect(
    missing.length === 0,
    `missing: ${missing.join("; ")}${unknown.length > 0 ? `, there is: ${unknown.join("; ")}` : ""}`,
  );
  expect(unknown.length === 0, `unexpected: ${unknown.join("; ")}`);
}

/** The message of an error and of what caused it: `fetch` hides the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
