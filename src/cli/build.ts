/** Compiles `monitors/` into `out/`, once or whenever something changes; or says what building would change. */
import { basename, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { ReportFormat } from "../diagnostic/report/reporter.ts";
import type { OutputFile } from "../emit/output-file.ts";
import type { TreeOptions, WriteReport } from "../emit/tree/tree.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import { type ExitCode, type Io, wantsColor } from "./io.ts";
import { counted, elapsed, FORMAT_OPTION, formatOf, printDiagnostics } from "./output.ts";
import type { Product } from "./product.ts";
import { type Build, openProject, type Project, prefixFor, rootFolder } from "./project.ts";
import { createStatus } from "./status.ts";

export const buildCommand: Command = defineCommand({
  description: "Compiles monitors/ into out/. While there is an error, nothing is written.",
  positionals: [],
  options: {
    check: {
      kind: "flag",
      help: "Write nothing; say how out/ differs from what a build makes, and exit with 1 if so.",
    },
    watch: { kind: "flag", short: "w", help: "Build again whenever something changes." },
    out: { kind: "value", short: "o", value: "DIR", help: "The folder to write, instead of out/ in the project." },
    environment: { kind: "value", short: "e", value: "NAME", help: "Compile this environment alone; needs --out." },
    preview: { kind: "value", value: "FILE", help: "Write a page that shows every dashboard, too." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
    format: FORMAT_OPTION,
    json: { kind: "flag", help: "Print one JSON object with everything; the same as --format json." },
  },
  examples: ["tocsin build", "tocsin build --check", "tocsin build --watch", "tocsin build -e staging -o /tmp/staging"],
  async run({ options }, io) {
    const { loadProduct } = await import("./product.ts");
    return build(options, io, loadProduct);
  },
});

export interface BuildOptions {
  readonly check: boolean;
  readonly watch: boolean;
  readonly json: boolean;
  readonly format?: string | undefined;
  readonly out?: string | undefined;
  readonly root?: string | undefined;
  readonly environment?: string | undefined;
  readonly preview?: string | undefined;
}

/** Builds as the options say. */
export async function build(options: BuildOptions, io: Io, load: () => Promise<Product>): Promise<ExitCode> {
  const root = rootFolder(options.root, io);
  const out = outFolder(options, root, io);
  if (options.preview !== undefined && (options.watch || options.check))
    throw new UsageError("--preview goes with neither --watch nor --check.");
  if (options.watch && (options.check || formatOf(options) !== "pretty"))
    throw new UsageError("--watch goes with neither --check nor another format.");
  const status = createStatus(io);
  status.show("Starting…");
  const product = await load();
  const project = openProject({ root, environment: options.environment }, product, status);
  if (options.watch) {
    const { watch } = await import("./watch.ts");
    return watch(project, out, io, status);
  }
  const built = await project.build();
  status.show(options.check ? "Comparing…" : "Writing…");
  const done = options.check ? await compare(built, out, io) : await writeBuild(built, out);
  status.clear();
  print(done, { built, project, format: formatOf(options) }, io);
  if (!done.isFine || options.preview === undefined) return done.isFine ? 0 : 1;
  const { writePreview } = await import("./preview.ts");
  return writePreview({ root, environment: options.environment, out: options.preview }, product, io);
}

/** What came of a build. */
export interface Done {
  readonly isFine: boolean;
  readonly diagnostics: readonly Diagnostic[];
  /** What is told to people where all went well. */
  readonly text: string;
  /** What is told to programs. */
  readonly facts: object;
}

/** Writes what was built, unless there is an error. */
export async function writeBuild(built: Build, out: string, options: TreeOptions = {}): Promise<Done> {
  const { diagnostics } = built;
  if (built.hasErrors) return { isFine: false, diagnostics, text: "", facts: { summary: built.summary } };
  const { writeTree } = await import("../emit/tree/tree.ts");
  const report = await writeTree(out, built.files, options);
  const { written, removed, unchanged } = report;
  return {
    isFine: report.diagnostics.every(({ severity }) => severity !== "error"),
    diagnostics: [...diagnostics, ...report.diagnostics],
    text: `${describeWriting(built.files, report, out)} in ${elapsed(built.milliseconds)}\n`,
    facts: { summary: built.summary, written, removed, unchanged },
  };
}

async function compare(built: Build, out: string, io: Io): Promise<Done> {
  const { diagnostics } = built;
  if (built.hasErrors) return { isFine: false, diagnostics, text: "", facts: { summary: built.summary } };
  const [{ compareTree }, { describeDifferences }] = await Promise.all([
    import("../emit/tree/tree.ts"),
    import("./differences.ts"),
  ]);
  const compared = await compareTree(out, built.files);
  const { differences } = compared;
  const text =
    differences.length === 0
      ? `${basename(out)}/ is what a build makes\n`
      : describeDifferences(differences, basename(out), wantsColor(io.stdout, io.env));
  return {
    isFine: differences.length === 0 && compared.diagnostics.length === 0,
    diagnostics: [...diagnostics, ...compared.diagnostics],
    text,
    facts: { summary: built.summary, differences: differences.map(({ kind, path }) => ({ kind, path })) },
  };
}

interface Context {
  readonly built: Build;
  readonly project: Project;
  readonly format: ReportFormat;
}

function print({ isFine, diagnostics, text, facts }: Done, { project, format }: Context, io: Io): void {
  printDiagnostics(diagnostics, { format, prefix: prefixFor(project.root, io), facts: { ok: isFine, ...facts } }, io);
  if (format === "pretty") io.stdout.write(text);
}

function describeWriting(files: readonly OutputFile[], { written, removed }: WriteReport, out: string): string {
  const changes = [
    ...(written.length > 0 ? [`${counted(written.length, "file")} written`] : []),
    ...(removed.length > 0 ? [`${removed.length} removed`] : []),
  ];
  return `${basename(out)}/: ${counted(files.length, "file")}, ${changes.length > 0 ? changes.join(", ") : "nothing changed"}`;
}

/** The folder of the option `--out`: never one that holds the project itself. */
function outFolder({ out, environment }: BuildOptions, root: string, io: Io): string {
  if (out === undefined && environment !== undefined)
    throw new UsageError("--environment needs --out DIR, since out/ holds all environments.");
  const folder = out === undefined ? resolve(root, "out") : resolve(io.cwd, out);
  const way = relative(folder, root);
  if (way === "" || (way !== ".." && !way.startsWith(`..${sep}`)))
    throw new UsageError(`${JSON.stringify(out)} holds the project: --out must be a folder of its own.`);
  return folder;
}
