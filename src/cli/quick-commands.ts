/** The commands that come as one file beside the compiled ones, and the compiled module of each: see `main.ts`. */
export const QUICK_COMMANDS: Readonly<Record<string, string>> = {
  test: "./test.js",
  mutate: "./mutate.js",
  query: "./query-command.js",
  promql: "./promql.js",
};
