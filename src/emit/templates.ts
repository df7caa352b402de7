/**
 * The Handlebars templates that texts for people are made from; a project's own file in `templates/` takes the place of
 * the one that comes with tocsin.
 *
 * What ends up as a Go template is written with `[[ … ]]` for Go's actions, since `{{ … }}` is Handlebars'. Values that
 * Handlebars puts in are literal: a `{{` in them does not become an action.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import Handlebars from "handlebars";
import { escapeTemplate } from "../model/text.ts";

export interface Templates {
  readonly runbook: (data: object) => string;
  readonly runbookSection: (data: object) => string;
  readonly notification: (data: object) => string;
}

/** The folder of templates that comes with tocsin: beside the sources, and beside what they are compiled to. */
export const OWN_TEMPLATES: string = findTemplates(dirname(fileURLToPath(import.meta.url)));

function findTemplates(from: string): string {
  const here = join(from, "templates");
  if (existsSync(join(here, "runbook.md.hbs"))) return here;
  if (dirname(from) === from) throw new Error("tocsin's own templates are missing: install it again");
  return findTemplates(dirname(from));
}

/** Loads the templates, a project's own before ours; the same object while their texts are the same. */
export function loadTemplates(root: string): Templates {
  const sources = Object.values(FILES).map((name) => {
    const own = join(root, "templates", name);
    return readFileSync(existsSync(own) ? own : join(OWN_TEMPLATES, name), "utf8");
  });
  const key = JSON.stringify(sources);
  if (last?.key === key) return last.templates;
  const [runbook = "", runbookSection = "", notification = ""] = sources;
  const templates = {
    runbook: markdown(runbook),
    runbookSection: markdown(runbookSection),
    notification: goTemplate(notification),
  };
  last = { key, templates };
  return templates;
}

const FILES = {
  runbook: "runbook.md.hbs",
  runbookSection: "runbook-section.md.hbs",
  notification: "notification.tmpl.hbs",
} as const satisfies Record<keyof Templates, string>;

let last: { readonly key: string; readonly templates: Templates } | undefined;

/** Markdown: what is put in stays text, whatever marks it holds. */
function markdown(source: string): (data: object) => string {
  const handlebars = Handlebars.create();
  handlebars.registerHelper("code", (value: unknown) => codeSpan(String(value)));
  handlebars.registerHelper("block", (language: unknown, value: unknown) => codeBlock(String(language), String(value)));
  handlebars.registerHelper("raw", (value: unknown) => String(value).trimEnd());
  handlebars.registerHelper("text", (value: unknown) => escapeMarkdown(String(value)));
  // Told which names are helpers, Handlebars calls them outright instead of asking at each place what a name is.
  const knownHelpers = { code: true, block: true, raw: true, text: true };
  const render = handlebars.compile(source, { noEscape: true, strict: true, knownHelpers });
  return (data) => render(data);
}

function goTemplate(source: string): (data: object) => string {
  const handlebars = Handlebars.create();
  // Marks actions in a way that no value can, before values are put in.
  const marked = source.replaceAll("[[", OPEN).replaceAll("]]", CLOSE);
  handlebars.registerHelper("literal", (value: unknown) => escapeTemplate(String(value)));
  const render = handlebars.compile(marked, { noEscape: true, strict: true });
  return (data) => render(data).replaceAll(OPEN, "{{").replaceAll(CLOSE, "}}");
}

const OPEN = "\uE002";
const CLOSE = "\uE003";

function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, "\\$&").replace(/\r?\n/g, " ");
}

function codeSpan(text: string): string {
  const fence = "`".repeat(longestRun(text) + 1);
  const padding = /^`|`$/.test(text) ? " " : "";
  return `${fence}${padding}${text.replace(/\r?\n/g, " ")}${padding}${fence}`;
}

function codeBlock(language: string, text: string): string {
  const fence = "`".repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}${language}\n${text}\n${fence}`;
}

function longestRun(text: string): number {
  if (!text.includes("`")) return 0;
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
