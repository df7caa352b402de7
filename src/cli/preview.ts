/** Shows dashboards with data before they are live: serves a page, or writes it as one file. */
import { statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { Plan } from "../plan/plan.ts";
import type { PreviewInput } from "../report/preview/run.ts";
import type { InputSeries } from "../rule/input.ts";
import type { Loader } from "../source/load.ts";
import type { Scenario } from "../testing/scenario/scenario.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { printDiagnostics } from "./output.ts";
import type { Product } from "./product.ts";
import { prefixFor, rootFolder } from "./project.ts";

export const previewCommand: Command = defineCommand({
  description:
    "Shows every dashboard with data, the timelines of alerts, the routing tree and the runbooks, in a page for a browser.",
  positionals: [],
  options: {
    data: {
      kind: "value",
      short: "d",
      value: "FILE",
      help: "A module that exports a scenario, an exposition, or the answer to a range query as JSON. Without, data is made up.",
    },
    out: { kind: "value", short: "o", value: "FILE", help: "Write the page into a file instead of serving it." },
    port: {
      kind: "value",
      short: "p",
      value: "PORT",
      help: "The port to listen at on 127.0.0.1. Default: 8090; 0 takes any.",
    },
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment to show. Default: the first." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: [
    "tocsin preview",
    "tocsin preview --data test/shop.scenario.ts",
    "tocsin preview -e staging -o preview.html",
  ],
  async run({ options }, io) {
    const { loadProduct } = await import("./product.ts");
    return preview(options, io, loadProduct);
  },
});

export interface PreviewOptions {
  readonly data?: string | undefined;
  readonly out?: string | undefined;
  readonly port?: string | undefined;
  readonly environment?: string | undefined;
  readonly root?: string | undefined;
}

/** Serves or writes the page, as the options say. */
export async function preview(options: PreviewOptions, io: Io, load: () => Promise<Product>): Promise<ExitCode> {
  const root = rootFolder(options.root, io);
  const product = await load();
  if (options.out !== undefined) return writePreview({ ...options, root, out: options.out }, product, io);
  const project = await openPreview({ ...options, root, live: true }, product);
  const port = portOf(options.port);
  const first = await project.page();
  printDiagnostics(first.diagnostics, { format: "pretty", prefix: prefixFor(root, io), facts: {} }, io);
  if (first.html === undefined) return 1;
  const stop = io.listenForStop();
  const [{ watchForPreview }, { servePreview }] = await Promise.all([
    import("./preview-changes.ts"),
    import("./preview-server.ts"),
  ]);
  const data = options.data === undefined ? [] : [resolve(root, options.data)];
  const changes = await watchForPreview([join(root, "monitors"), join(root, "templates"), ...data], root);
  const server = await servePreview(project, port, first, changes);
  const address = server.address();
  const at = typeof address === "object" && address !== null ? address.port : port;
  io.stdout.write(`The preview is at http://127.0.0.1:${at}/ and follows what is in monitors/.\n`);
  await new Promise<void>((done) => {
    stop.addEventListener("abort", () => {
      server.close(() => done());
      void changes.close().finally(() => server.closeAllConnections());
    });
  });
  return 0;
}

/** Writes the page to a file. */
export async function writePreview(
  { out, ...options }: PreviewProjectOptions & { readonly out: string },
  product: Pick<Product, "provided">,
  io: Io,
): Promise<ExitCode> {
  const { html, diagnostics } = await (await openPreview(options, product)).page();
  printDiagnostics(diagnostics, { format: "pretty", prefix: prefixFor(options.root, io), facts: {} }, io);
  if (html === undefined) return 1;
  const file = resolve(io.cwd, out);
  writeFileSync(file, html);
  io.stdout.write(`wrote ${relative(io.cwd, file).split(sep).join("/")}\n`);
  return 0;
}

/** A page, unless there is an error. */
export interface PreviewPage {
  readonly html: string | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface PreviewProject {
  /** The page of what is there now. */
  page(): Promise<PreviewPage>;
}

export interface PreviewProjectOptions {
  readonly root: string;
  readonly environment?: string | undefined;
  readonly data?: string | undefined;
  /** Whether the page is served, and loads itself anew when something changes. */
  readonly live?: boolean | undefined;
}

/** Opens a project for previews; what has not changed is not run again. */
export async function openPreview(
  { root, environment, data, live = false }: PreviewProjectOptions,
  { provided }: Pick<Product, "provided">,
): Promise<PreviewProject> {
  const { createLoader } = await import("../source/load.ts");
  const monitors = createLoader(root, { provided });
  const file = data === undefined ? undefined : resolve(root, data);
  if (file !== undefined && !statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`There is no file ${JSON.stringify(data)}.`);
  const isModule = file !== undefined && /\.[mc]?[tj]s$/.test(file);
  const scenarios = isModule ? createLoader(root, { provided, folder: folderOf(file, root) }) : undefined;
  return {
    async page() {
      monitors.invalidate();
      scenarios?.invalidate();
      const [{ plan }, { resolvePlaces }] = await Promise.all([
        import("../emit/compile.ts"),
        import("../source/place.ts"),
      ]);
      const loaded = await monitors.load();
      const { plans, diagnostics } = plan(loaded.modules);
      const all = [...loaded.diagnostics, ...(await resolvePlaces(diagnostics))];
      const chosen = environment === undefined ? plans[0] : plans.find((one) => one.environment === environment);
      if (all.some(({ severity }) => severity === "error")) return { html: undefined, diagnostics: all };
      if (chosen === undefined) throw new UsageError(`There is no environment ${JSON.stringify(environment)}.`);
      const input = await inputOf(chosen, file, root, scenarios);
      const [{ previewOf }, { previewPage }] = await Promise.all([
        import("../report/preview/preview.ts"),
        import("../report/preview/page.ts"),
      ]);
      return { html: await previewPage(previewOf(input, root), live), diagnostics: all };
    },
  };
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Made-up data begins at a time of its own, so that a page is the same whenever it is made. */
const START = Date.UTC(2026, 0, 5, 9);

async function inputOf(
  plan: Plan,
  file: string | undefined,
  root: string,
  scenarios: Loader | undefined,
): Promise<PreviewInput> {
  if (file === undefined)
    return madeUp(plan, [], "Made-up data: nobody measured any of this.", START, 3 * HOUR, MINUTE);
  const name = relative(root, file).split(sep).join("/");
  if (scenarios === undefined) {
    const [{ recordedSeries }, { toInput }] = await Promise.all([
      import("../testing/scenario/recorded.ts"),
      import("../testing/scenario/input.ts"),
    ]);
    const series = recordedSeries(file).map((one) => toInput(one, START, START + HOUR, MINUTE));
    return { plan, series, startMs: START, endMs: START + HOUR, intervalMs: MINUTE, data: `Recorded: ${name}` };
  }
  const { modules, diagnostics } = await scenarios.load();
  const module = modules.find((one) => resolve(root, one.file) === file);
  const scenario = Object.values(module?.exports ?? {}).find(isScenario);
  if (scenario !== undefined) return fromScenario(scenario, `The scenario of ${name}`);
  const problem = diagnostics.find(({ place }) => place?.file !== undefined && resolve(root, place.file) === file);
  throw new UsageError(
    problem?.message ?? `${name} exports no scenario: export one, as in export const story = scenario(…).given(…).`,
  );
}

function isScenario(value: unknown): value is Scenario {
  return typeof value === "object" && value !== null && "workspace" in value && "series" in value && "startMs" in value;
}

/** A scenario's own plan and series; what it does not speak of is made up. */
export async function fromScenario(scenario: Scenario, data: string): Promise<PreviewInput> {
  const { toInput } = await import("../testing/scenario/input.ts");
  const { workspace, startMs, intervalMs, series } = scenario;
  const longest = Math.max(
    0,
    ...series.map(({ values }) =>
      typeof values === "string" ? samplesIn(toInput({ labels: {}, values }, 0, 0, intervalMs)) : 0,
    ),
  );
  const lengthMs = Math.max(HOUR, (longest - 1) * intervalMs);
  const given = series.map((one) => toInput(one, startMs, startMs + lengthMs, intervalMs));
  return madeUp(workspace.plan, given, data, startMs, lengthMs, intervalMs);
}

function samplesIn({ items }: InputSeries): number {
  return items.reduce(
    (sum, item) => sum + (item.kind === "stale" ? 1 : item.kind === "omitted" ? item.times : item.times + 1),
    0,
  );
}

async function madeUp(
  plan: Plan,
  given: readonly InputSeries[],
  data: string,
  startMs: number,
  lengthMs: number,
  intervalMs: number,
): Promise<PreviewInput> {
  const { madeUpSeries } = await import("../report/preview/made-up.ts");
  const made = madeUpSeries(plan, { count: Math.floor(lengthMs / intervalMs) + 1, startMs, intervalMs }, given);
  const more = given.length > 0 && made.length > 0 ? "; metrics that it does not speak of are made up" : "";
  return { plan, series: [...given, ...made], startMs, endMs: startMs + lengthMs, intervalMs, data: `${data}${more}` };
}

function folderOf(file: string, root: string): string {
  const folder = relative(root, dirname(file)).split(sep).join("/");
  if (folder.startsWith("..")) throw new UsageError(`${file} lies outside of the project.`);
  return folder === "" ? "." : folder;
}

function portOf(text = "8090"): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new UsageError(`${JSON.stringify(text)} is no port.`);
  return port;
}
