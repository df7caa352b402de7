/** The Alertmanager configuration that a command looks at: a file, or what the project's monitors compile to. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { type AlertmanagerConfig, readConfig } from "../alertmanager/config/config.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import type { TemplateFile } from "../gotemplate/notification/render.ts";
import { UsageError } from "./command.ts";
import type { Io } from "./io.ts";
import { openProject, rootFolder } from "./project.ts";
import { createStatus } from "./status.ts";

export interface SourceOptions {
  readonly config?: string | undefined;
  readonly root?: string | undefined;
  readonly environment?: string | undefined;
}

export interface AlertmanagerSource {
  /** There unless an error was found. */
  readonly config: AlertmanagerConfig | undefined;
  readonly templates: readonly TemplateFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the file of `--config`, or compiles the project and reads what it would write. */
export async function alertmanagerSource(options: SourceOptions, io: Io): Promise<AlertmanagerSource> {
  return options.config === undefined ? fromProject(options, io) : fromFile(options.config, io);
}

function fromFile(path: string, io: Io): AlertmanagerSource {
  const file = resolve(io.cwd, path);
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new UsageError(`There is no file ${JSON.stringify(path)}.`);
  const name = relative(io.cwd, file).split(sep).join("/");
  const { config, diagnostics } = readConfig(readFileSync(file, "utf8"), { file: name });
  const templates = (config?.templates ?? []).flatMap((pattern) => matching(dirname(file), pattern));
  return {
    config,
    diagnostics,
    templates: templates.map((one) => ({ name: basename(one), text: readFileSync(one, "utf8") })),
  };
}

/** The files that a pattern of templates names; like Alertmanager, only its last part may hold wildcards that matter here. */
function matching(folder: string, pattern: string): readonly string[] {
  const from = resolve(folder, dirname(pattern));
  const parts = basename(pattern)
    .split("*")
    .map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, "\\$&"));
  const name = new RegExp(`^${parts.join(".*")}$`, "s");
  if (!statSync(from, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(from)
    .filter((entry) => name.test(entry))
    .sort()
    .map((entry) => join(from, entry));
}

async function fromProject({ root, environment }: SourceOptions, io: Io): Promise<AlertmanagerSource> {
  const { loadProduct } = await import("./product.ts");
  const status = createStatus(io);
  const project = openProject({ root: rootFolder(root, io), environment }, await loadProduct(), status);
  const { files, diagnostics, hasErrors } = await project.build();
  status.clear();
  if (hasErrors) return { config: undefined, templates: [], diagnostics };
  const configs = files.filter(({ path }) => path.endsWith("alertmanager/alertmanager.yml"));
  const [first, ...others] = configs;
  if (others.length > 0) {
    const names = configs.map(({ path }) => path.split("/")[0]);
    throw new UsageError("There are several environments.", `Say which with --environment: ${names.join(", ")}.`);
  }
  if (first === undefined) throw new UsageError("The monitors make no alertmanager.yml.");
  const prefix = first.path.slice(0, -"alertmanager.yml".length);
  const read = readConfig(first.text, { file: `out/${first.path}` });
  const templates = files.filter(({ path }) => path.startsWith(`${prefix}templates/`));
  return {
    config: read.config,
    templates: templates.map(({ path, text }) => ({ name: basename(path), text })),
    diagnostics: [...diagnostics, ...read.diagnostics],
  };
}
