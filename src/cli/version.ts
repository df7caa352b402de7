/** Prints the version. */
import { readFileSync } from "node:fs";
import { type Command, defineCommand } from "./command.ts";

export const versionCommand: Command = defineCommand({
  description: "Prints the version of tocsin.",
  positionals: [],
  options: {},
  async run(_, { stdout }) {
    stdout.write(`${packageVersion()}\n`);
    return 0;
  },
});

/** The version in tocsin's own package.json, which is beside `dist` as well as beside `src`. */
export function packageVersion(): string {
  return JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).version;
}
