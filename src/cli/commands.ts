/** The commands, with what the list of them says; each is loaded when it is used. */
import type { Command } from "./command.ts";

export interface CommandEntry {
  readonly summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  init: {
    summary: "Write a new repository of monitors.",
    load: async () => (await import("./init.ts")).initCommand,
  },
  build: {
    summary: "Compile monitors/ into out/.",
    load: async () => (await import("./build.ts")).buildCommand,
  },
  check: {
    summary: "Say what is wrong in monitors/, and write nothing.",
    load: async () => (await import("./check.ts")).checkCommand,
  },
  promql: {
    summary: "Parse, format, check or explain a PromQL expression.",
    load: async () => (await import("./promql.ts")).promqlCommand,
  },
  route: {
    summary: "Tell who gets an alert and why; run suites of such cases.",
    load: async () => (await import("./route-command.ts")).routeCommand,
  },
  version: {
    summary: "Print the version.",
    load: async () => (await import("./version.ts")).versionCommand,
  },
  help: {
    summary: "Explain a command.",
    load: async () => (await import("./help.ts")).helpCommand,
  },
};
