/** The Alertmanager configuration that a command looks at: a file, or what the project's monitors compile to. */
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { type AlertmanagerConfig, readConfig } from "../alertmanager/config/config.ts";
import { readTemplateFiles } from "../alertmanager/config/template-files.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { type NotificationTemplates, readNotificationTemplates } from "../gotemplate/notification/render.ts";
import { isMistake } from "../gotemplate/parse/ast.ts";
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
  readonly templates: NotificationTemplates | undefined;
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
  const { config, diagnostics, reading } = readConfig(readFileSync(file, "utf8"), { file: name });
  if (config === undefined) return { config, templates: undefined, diagnostics };
  const { templates, diagnostics: mistakes } = readTemplateFiles(config, reading, dirname(file));
  return { config, templates, diagnostics: [...diagnostics, ...mistakes] };
}

async function fromProject({ root, environment }: SourceOptions, io: Io): Promise<AlertmanagerSource> {
  const { loadProduct } = await import("./product.ts");
  const status = createStatus(io);
  const project = openProject({ root: rootFolder(root, io), environment }, await loadProduct(), status);
  const { files, diagnostics, hasErrors } = await project.build();
  status.clear();
  if (hasErrors) return { config: undefined, templates: undefined, diagnostics };
  const configs = files.filter(({ path }) => path.endsWith("alertmanager/alertmanager.yml"));
  const [first, ...others] = configs;
  if (others.length > 0) {
    const names = configs.map(({ path }) => path.split("/")[0]);
    throw new UsageError("There are several environments.", `Say which with --environment: ${names.join(", ")}.`);
  }
  if (first === undefined) throw new UsageError("The monitors make no alertmanager.yml.");
  const prefix = first.path.slice(0, -"alertmanager.yml".length);
  const read = readConfig(first.text, { file: `out/${first.path}` });
  // The build has checked them.
  const templates = readNotificationTemplates(
    files
      .filter(({ path }) => path.startsWith(`${prefix}templates/`))
      .map(({ path, text }) => ({ name: basename(path), text })),
  );
  return {
    config: read.config,
    templates: isMistake(templates) ? undefined : templates,
    diagnostics: [...diagnostics, ...read.diagnostics],
  };
}
