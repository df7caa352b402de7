/**
 * The files that `templates` names, found as Go's filepath.Glob finds them, and read as Alertmanager does at its start.
 * https://pkg.go.dev/path/filepath#Match
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, isAbsolute, join, resolve, sep } from "node:path";
import type { Diagnostic } from "../../diagnostic/diagnostic.ts";
import { type NotificationTemplates, readNotificationTemplates } from "../../gotemplate/notification/render.ts";
import type { Reading } from "../../yaml/shape.ts";
import type { AlertmanagerConfig } from "./config.ts";

export interface ReadTemplates {
  /** Alertmanager's own templates alone, where a file has a mistake. */
  readonly templates: NotificationTemplates;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the template files of a configuration. Relative patterns start at `folder`, that of the configuration. */
export function readTemplateFiles(config: AlertmanagerConfig, reading: Reading, folder: string): ReadTemplates {
  const diagnostics: Diagnostic[] = [];
  const report = (message: string, place: Diagnostic["place"]) =>
    diagnostics.push({ code: "alertmanager/template", severity: "error", message, place });
  const files: { readonly name: string; readonly text: string }[] = [];
  for (const pattern of config.templates) {
    const found = glob(isAbsolute(pattern) ? pattern : join(folder, pattern));
    if (found === undefined)
      report(
        `The pattern ${JSON.stringify(pattern)} is broken: a bracket is not closed.`,
        reading.placeOf(config, "templates"),
      );
    for (const path of found ?? []) {
      const file = { name: basename(path), text: readFileSync(path, "utf8") };
      const alone = readNotificationTemplates([file]);
      if (alone.kind === "notification templates") files.push(file);
      else
        report(`${alone.message}.`, {
          file: path,
          source: file.text,
          start: alone.start,
          end: Math.max(alone.end, alone.start + 1),
        });
    }
  }
  const templates = readNotificationTemplates(files);
  if (templates.kind === "notification templates") return { templates, diagnostics };
  report(`${templates.message}.`, reading.placeOf(config, "templates"));
  const own = readNotificationTemplates([]);
  if (own.kind !== "notification templates") throw new Error(own.message);
  return { templates: own, diagnostics };
}

/** The files that match, in order; `undefined` where the pattern is broken. */
function glob(pattern: string): readonly string[] | undefined {
  const steps = resolve(pattern).split(sep).slice(1);
  let found: readonly string[] = [sep];
  for (const [i, step] of steps.entries()) {
    const test = segment(step);
    if (test === undefined) return undefined;
    const literal = !/[*?[\\]/.test(step);
    found = found.flatMap((folder) => {
      const names = literal ? (existsSync(join(folder, step)) ? [step] : []) : namesIn(folder).filter(test);
      return names.map((name) => join(folder, name));
    });
    if (i === steps.length - 1) return found;
  }
  return found;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    // No folder, or one that nobody may read, holds no matches.
    return [];
  }
}

/** A test of one name. `*` and `?` pass all characters, a leading dot too. */
function segment(pattern: string): ((name: string) => boolean) | undefined {
  let source = "";
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern[i] as string;
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const close = pattern.indexOf("]", i + 2);
      if (close === -1) return undefined;
      source += `[${pattern.slice(i + 1, close).replace(/[\\[]/g, "\\$&")}]`;
      i = close;
    } else
      source += (char === "\\" && i + 1 < pattern.length ? (pattern[++i] as string) : char).replace(
        /[.+^$()|{}\\[\]*?]/g,
        "\\$&",
      );
  }
  try {
    const regex = new RegExp(`^${source}$`, "su");
    return (name) => regex.test(name);
  } catch {
    return undefined;
  }
}
