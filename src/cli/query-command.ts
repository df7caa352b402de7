/** `tocsin query`: evaluates an expression over series from files, without any Prometheus. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Command, defineCommand, UsageError } from "./command.ts";
import { printDiagnostics } from "./output.ts";
import { prefixFor } from "./project.ts";
import { type QueryFormat, runQuery } from "./query.ts";

export const queryCommand: Command = defineCommand({
  description: "Evaluates an expression over series from files, at an instant or over a range.",
  positionals: [{ name: "EXPR|-", help: "The expression; - reads it from standard input." }],
  options: {
    series: {
      kind: "values",
      value: "FILE",
      help: "Series as promtool's tests write them, one a line, a minute apart.",
    },
    exposition: { kind: "values", value: "FILE", help: "What a target exposes: the text format or OpenMetrics." },
    at: { kind: "value", value: "TIME", help: "The instant: 5m from the start, seconds, or a date and time." },
    from: { kind: "value", value: "TIME", help: "The first instant of a range." },
    to: { kind: "value", value: "TIME", help: "The last instant of a range." },
    step: { kind: "value", value: "DURATION", help: "The distance between the instants of a range." },
    format: { kind: "value", value: "FORMAT", choices: ["table", "json", "plot"], help: "How to print the result." },
    json: { kind: "flag", help: "The same as --format json." },
  },
  examples: [
    "tocsin query 'sum by (sku) (stock)' --series stock.txt --at 10m",
    "tocsin query 'rate(clicks_total[5m])' --series clicks.txt --from 0 --to 1h --step 1m --format plot",
    "tocsin query 'up' --exposition metrics.txt",
  ],
  async run({ positionals: [text = ""], options }, io) {
    const { series, exposition, at, from, to, step } = options;
    if (series.length + exposition.length === 0)
      throw new UsageError("Name what to look at: --series FILE or --exposition FILE.");
    const expr = text === "-" ? await io.readStdin() : text;
    const format = options.json ? "json" : (options.format as QueryFormat | undefined);
    const read = (path: string) => readFileSync(resolve(io.cwd, path), "utf8");
    const report = runQuery({ expr, series, expositions: exposition, at, from, to, step, format }, read);
    printDiagnostics(report.diagnostics, { format: "pretty", prefix: prefixFor(io.cwd, io), facts: {} }, io);
    io.stdout.write(report.text);
    return report.diagnostics.some(({ severity }) => severity === "error") ? 1 : 0;
  },
});
