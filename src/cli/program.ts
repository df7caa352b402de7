/** The program `tocsin`, connected to the world. Loads as little as it can: each command brings what it needs. */
import type { Io } from "./io.ts";
import { run } from "./run.ts";

/** Runs the command that the arguments name, and ends the process. */
export async function program(): Promise<never> {
  const { stdout, stderr, env } = process;
  const io: Io = {
    stdout,
    stderr,
    env,
    cwd: process.cwd(),
    listenForStop,
    async readStdin() {
      const { text } = await import("node:stream/consumers");
      return text(process.stdin);
    },
  };

  // A reader that has seen enough, such as `head`, is no failure.
  for (const stream of [stdout, stderr])
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      process.exit();
    });

  const code = await run(process.argv.slice(2), io);

  // Whatever a monitors file left open, such as a timer, does not keep the command from ending.
  return new Promise(() => stdout.write("", () => stderr.write("", () => process.exit(code))));
}

// The command listens only if it has something to end in good order; otherwise a signal ends the process as ever.
function listenForStop(): AbortSignal {
  const stop = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stop.abort());
  return stop.signal;
}
