#!/usr/bin/env node
/** The program `tocsin`. Loads as little as it can: each command brings what it needs. */
import type { Io } from "./io.ts";
import { run } from "./run.ts";

const { stdout, stderr, env } = process;

// The command listens only if it has something to end in good order; otherwise a signal ends the process as ever.
const stop = new AbortController();
const io: Io = {
  stdout,
  stderr,
  env,
  cwd: process.cwd(),
  get signal() {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => stop.abort());
    return stop.signal;
  },
  async readStdin() {
    const { text } = await import("node:stream/consumers");
    return text(process.stdin);
  },
};

// A reader that has seen enough, such as `head`, is no failure.
stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

process.exitCode = await run(process.argv.slice(2), io);
