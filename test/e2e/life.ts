/** How long the run lives: until it is done, its time is up, or somebody interrupts it. */

/** Aborted as soon as the run has to end early; the reason says why. */
export interface Life {
  readonly signal: AbortSignal;
  /** The exit code of a run that was interrupted, as shells count. */
  exitCode(): number | undefined;
  /** Lets go of the clock and of the process's events. */
  end(): void;
}

const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Begins the run's life, of so many seconds at most. */
export function beginLife(seconds: number): Life {
  const controller = new AbortController();
  let code: number | undefined;
  const abort = (why: string) => controller.abort(new Error(why));
  const clock = setTimeout(() => abort(`the run took longer than ${seconds} s`), seconds * 1000);
  const interrupted = (name: NodeJS.Signals) => {
    code = SIGNALS[name as keyof typeof SIGNALS];
    abort(`interrupted by ${name}`);
  };
  const surprised = (error: unknown) => abort(error instanceof Error ? (error.stack ?? error.message) : String(error));
  for (const name of Object.keys(SIGNALS)) process.on(name, interrupted);
  process.on("uncaughtException", surprised);
  process.on("unhandledRejection", surprised);
  return {
    signal: controller.signal,
    exitCode: () => code,
    end() {
      clearTimeout(clock);
      for (const name of Object.keys(SIGNALS)) process.off(name, interrupted);
      process.off("uncaughtException", surprised);
      process.off("unhandledRejection", surprised);
    },
  };
}
