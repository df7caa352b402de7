/** `tocsin prove`: shows for each alert series that make it fire, or says that there seem to be none. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, relative, resolve, sep } from "node:path";
import { didYouMean } from "../diagnostic/near-miss.ts";
import { formatDuration } from "../quantity/duration.ts";
import { type Command, defineCommand, UsageError } from "./command.ts";
import type { ExitCode, Io } from "./io.ts";
import { loadProduct } from "./product.ts";
import { rootFolder } from "./project.ts";

export const proveCommand: Command = defineCommand({
  description: "Looks for the shortest series that make each alert fire. An alert for which none is found is an error.",
  positionals: [{ name: "ALERT", help: "One alert; all where it is left out.", optional: true }],
  options: {
    environment: { kind: "value", short: "e", value: "NAME", help: "The environment whose rules are meant." },
    write: { kind: "value", value: "FILE", help: "Write the witness as a first test; for one alert." },
    json: { kind: "flag", help: "Print JSON." },
    root: { kind: "value", value: "DIR", help: "The project, instead of the current folder." },
  },
  examples: ["tocsin prove", "tocsin prove InventoryLow --write test/inventory-low.test.ts"],
  run: ({ positionals: [alert], options }, io) => proveAlerts({ ...options, alert }, io),
});

export interface ProveOptions {
  readonly alert?: string | undefined;
  readonly environment?: string | undefined;
  readonly write?: string | undefined;
  readonly json?: boolean | undefined;
  readonly root?: string | undefined;
}

/** Proves as the options say. */
export async function proveAlerts(options: ProveOptions, io: Io): Promise<ExitCode> {
  const root = rootFolder(options.root, io);
  const { createLoader } = await import("../source/load.ts");
  const { plannedModules } = await import("../testing/scenario/workspace.ts");
  const { prove } = await import("../testing/witness/prove.ts");
  const { seriesText, witnessTest } = await import("../testing/witness/to-test.ts");
  const { provided } = await loadProduct();
  const { modules, diagnostics } = await createLoader(root, { provided }).load();
  if (diagnostics.some(({ severity }) => severity === "error")) {
    io.stderr.write("The monitors cannot be built: `tocsin check` says why.\n");
    return 1;
  }
  const { plan, groups, ruleOf } = plannedModules(modules, options.environment);
  const alerts = [...ruleOf].flatMap(([definition, rule]) => (rule.kind === "alerting" ? [{ definition, rule }] : []));
  const wanted = alerts.filter(({ rule }) => options.alert === undefined || rule.name === options.alert);
  if (options.alert !== undefined && wanted.length === 0) {
    const names = alerts.map(({ rule }) => rule.name);
    throw new UsageError(`There is no alert ${JSON.stringify(options.alert)}.${didYouMean(options.alert, names)}`);
  }
  if (options.write !== undefined && wanted.length !== 1)
    throw new UsageError("--write takes the witness of one alert: name it.");

  const { parseDuration } = await import("../quantity/duration.ts");
  const defaultMs = parseDuration(plan.prometheus.global.evaluationInterval ?? "") ?? 60_000;
  const found = wanted.map(({ definition, rule }) => ({
    definition,
    result: prove({ rule, groups, services: plan.services, intervalOf: ({ intervalMs }) => intervalMs ?? defaultMs }),
  }));
  if (options.json === true)
    io.stdout.write(
      `${JSON.stringify(
        found.map(({ result }) => result),
        null,
        2,
      )}\n`,
    );
  for (const { definition, result } of found) {
    if (options.json !== true) {
      if ("reason" in result) io.stdout.write(`${result.alert} was not made to fire: ${result.reason}\n`);
      else {
        io.stdout.write(`${result.alert} fires at ${formatDuration(result.firesAtMs)}\n`);
        for (const one of result.series) io.stdout.write(`  ${seriesText(one)} ${String(one.values)}\n`);
      }
    }
    if (options.write !== undefined && !("reason" in result)) {
      const module = modules.find(({ exports }) => Object.values(exports).includes(definition));
      const [exported = ""] = Object.entries(module?.exports ?? {}).find(([, value]) => value === definition) ?? [];
      const path = resolve(io.cwd, options.write);
      const way = relative(dirname(path), resolve(root, module?.file ?? ""))
        .split(sep)
        .join("/");
      mkdirSync(dirname(path), { recursive: true });
      const names = { exported, module: way.startsWith(".") ? way : `./${way}`, environment: undefined };
      writeFileSync(path, witnessTest(result, names));
    }
  }
  return found.some(({ result }) => "reason" in result) ? 1 : 0;
}
