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
  explain: {
    summary: "Explain a code that a message names.",
    load: async () => (await import("./explain.ts")).explainCommand,
  },
  test: {
    summary: "Run promtool's unit tests of rules; measure what scenarios cover.",
    load: async () => (await import("./test.ts")).testCommand,
  },
  mutate: {
    summary: "Change rules one thing at a time, and say which changes no test notices.",
    load: async () => (await import("./mutate.ts")).mutateCommand,
  },
  prove: {
    summary: "Look for series that make each alert fire.",
    load: async () => (await import("./prove.ts")).proveCommand,
  },
  query: {
    summary: "Evaluate an expression over series from files.",
    load: async () => (await import("./query-command.ts")).queryCommand,
  },
  promql: {
    summary: "Parse, format, check or explain a PromQL expression.",
    load: async () => (await import("./promql.ts")).promqlCommand,
  },
  route: {
    summary: "Tell who gets an alert and why; run suites of such cases.",
    load: async () => (await import("./route-command.ts")).routeCommand,
  },
  timeline: {
    summary: "Tell who reads what at which minute, of a scenario.",
    load: async () => (await import("./timeline-command.ts")).timelineCommand,
  },
  preview: {
    summary: "Show the dashboards with made-up, recorded or a scenario's data in a browser.",
    load: async () => (await import("./preview.ts")).previewCommand,
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
