/** `tocsin prove`: shows for each alert series that make it fire, or why there are none, or that none were found. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { formatDuration } from "../quantity/duration.ts";
import type { AlertingRule } from "../rule/rule.ts";
import type { LoadedModule } from "../source/load.ts";
import type { ProveRequest, Witness } from "../testing/witness/prove.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadProduct } from "./product.ts";
import { rootFolder } from "./project.ts";

export const proveCommand: Command = defineCommand({
  description:
    "Looks for the shortest series that make each alert fire. An alert that none can fire is an error, and exits with 1; where merely none was found, that is a warning, and exits with 0 unless --strict is given.",
  positionals: [{ name: "ALERT", help: "One alert; all where it is left out.", optional: true }],
  options: {
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment whose rules are meant." },
    write: {
      kind: "value",
      value: "FILE",
      help: "Write what was found as first tests, for alerts that the project exports.",
    },
    strict: { kind: "flag", help: "Exit with 1, too, where no series were found." },
    rules: {
      kind: "values",
      value: "FILE",
      help: "Rule files, or PrometheusRule objects, instead of the project's alerts.",
    },
    json: { kind: "flag", help: "Print JSON." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: [
    "tocsin prove",
    "tocsin prove InventoryLow --write test/inventory-low.test.ts",
    "tocsin prove --rules rules/catalog.yml",
  ],
  run: ({ positionals: [alert], options }, io) => proveAlerts({ ...options, alert }, io),
});

export interface ProveOptions {
  readonly alert?: string | undefined;
  readonly environment?: string | undefined;
  readonly write?: string | undefined;
  readonly strict?: boolean | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
  readonly root?: string | undefined;
}

/** What an alert is exported as, from which of the project's files. */
interface Exported {
  readonly file: string;
  readonly name: string;
  readonly files: readonly string[];
}

/** An alert to be proved. */
interface Provable {
  readonly rule: AlertingRule;
  readonly request: Omit<ProveRequest, "rule">;
  /** How a test gets at it; nothing of a rule file is exported. */
  readonly exported?: Exported | undefined;
}

/** Proves as the options say. */
export async function proveAlerts(options: ProveOptions, io: Io): Promise<ExitCode> {
  const fromFiles = options.rules !== undefined && options.rules.length > 0;
  const alerts = fromFiles ? await ofRuleFiles(options.rules ?? [], io) : await ofProject(options, io);
  if (alerts === undefined) return 1;
  const wanted = alerts.filter(({ rule }) => options.alert === undefined || rule.name === options.alert);
  if (options.alert !== undefined && wanted.length === 0) {
    const names = alerts.map(({ rule }) => rule.name);
    throw new UsageError(`There is no alert ${JSON.stringify(options.alert)}.${didYouMean(options.alert, names)}`);
  }
  const hidden = wanted.find(({ exported }) => exported === undefined);
  if (options.write !== undefined && hidden !== undefined)
    throw new UsageError(
      `--write makes tests of alerts that the project exports; ${hidden.rule.name} is not among them.`,
    );

  const { prove } = await import("../testing/witness/prove.ts");
  const { seriesText } = await import("../testing/witness/to-test.ts");
  const found = wanted.map((one) => ({ one, result: prove({ ...one.request, rule: one.rule }) }));
  if (options.json === true) {
    const results = found.map(({ result }) => result);
    io.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  } else {
    for (const { result } of found) {
      if ("reason" in result) {
        const verdict = result.certain ? "error: %s can never fire" : "warning: no series were found that make %s fire";
        io.stdout.write(`${verdict.replace("%s", result.alert)}: ${result.reason}\n`);
        continue;
      }
      io.stdout.write(`${result.alert} fires at ${formatDuration(result.firesAtMs)}\n`);
      for (const one of result.series) io.stdout.write(`  ${seriesText(one)} ${String(one.values)}\n`);
    }
  }
  if (options.write !== undefined) {
    const witnesses = found.flatMap(({ one: { exported }, result }) =>
      exported === undefined || "reason" in result ? [] : [{ witness: result, exported }],
    );
    await writeTests(witnesses, options.write, options, io);
  }
  const isBad = ({ result }: (typeof found)[number]) => "reason" in result && (result.certain || options.strict);
  return found.some(isBad) ? 1 : 0;
}

async function ofProject({ root: given, environment }: ProveOptions, io: Io): Promise<readonly Provable[] | undefined> {
  const root = rootFolder(given, io);
  const { createLoader } = await import("../source/load.ts");
  const { plannedModules } = await import("../testing/scenario/workspace.ts");
  const { parseDuration } = await import("../quantity/duration.ts");
  const { provided } = await loadProduct();
  const { modules, diagnostics } = await createLoader(root, { provided }).load();
  if (diagnostics.some(({ severity }) => severity === "error")) {
    io.stderr.write("The monitors cannot be built: `tocsin check` says why.\n");
    return undefined;
  }
  const { plan, groups, ruleOf } = plannedModules(modules, environment);
  const defaultMs = parseDuration(plan.prometheus.global.evaluationInterval ?? "") ?? 60_000;
  const request = { groups, services: plan.services, intervalOf: intervalOr(defaultMs) };
  return [...ruleOf].flatMap(([definition, rule]) =>
    rule.kind === "alerting" ? [{ rule, request, exported: exportOf(definition, modules) }] : [],
  );
}

async function ofRuleFiles(files: readonly string[], io: Io): Promise<readonly Provable[] | undefined> {
  const { ruleFileReader } = await import("../testing/unit-test/run-test-file.ts");
  const read = ruleFileReader({});
  const contents = files.map((file) => read(resolve(io.cwd, file)));
  const errors = contents.flatMap(({ diagnostics }) => diagnostics.filter(({ severity }) => severity === "error"));
  if (errors.length > 0) {
    const { report } = await import("../diagnostic/report/reporter.ts");
    io.stderr.write(report("pretty", errors, { prefix: "", color: false, width: undefined }));
    return undefined;
  }
  const groups = contents.flatMap((content) => content.groups);
  const request = { groups, services: [], intervalOf: intervalOr(60_000) };
  return groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule.kind === "alerting" ? [{ rule, request }] : [])));
}

function intervalOr(defaultMs: number): ProveRequest["intervalOf"] {
  return ({ intervalMs }) => intervalMs ?? defaultMs;
}

/** What a definition is exported as: `soldOut`, or `diskLow.page` of what holds several. */
function exportOf(definition: unknown, modules: readonly LoadedModule[]): Provable["exported"] {
  const files = modules.filter(({ exports }) => Object.keys(exports).length > 0).map(({ file }) => file);
  for (const { file, exports } of modules)
    for (const [name, value] of Object.entries(exports)) {
      if (value === definition) return { file, name, files };
      if (typeof value !== "object" || value === null || Object.hasOwn(value, "kind")) continue;
      const [part] = Object.entries(value).find(([, one]) => one === definition) ?? [];
      if (part !== undefined) return { file, name: `${name}.${part}`, files };
    }
  return undefined;
}

async function writeTests(
  found: readonly { readonly witness: Witness; readonly exported: Exported }[],
  file: string,
  { root, environment }: ProveOptions,
  io: Io,
): Promise<void> {
  // A file without tests is an error to vitest.
  if (found.length === 0) return;
  const { witnessTests } = await import("../testing/witness/to-test.ts");
  const path = resolve(io.cwd, file);
  const moduleOf = (file: string) => {
    const way = relative(dirname(path), resolve(rootFolder(root, io), file))
      .split(sep)
      .join("/");
    return way.startsWith(".") ? way : `./${way}`;
  };
  const tests = found.map(({ witness, exported: { file, name } }) => ({
    witness,
    exported: name,
    module: moduleOf(file),
  }));
  const modules = (found[0]?.exported.files ?? []).map(moduleOf);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, witnessTests(tests, { modules, environment }));
}
