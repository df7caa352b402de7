/** The texts of notifications, as Alertmanager 0.34 writes them. */
import type { Environment } from "../go/function.ts";
import { type EscapedTemplates, escapeTemplates } from "../html/escape.ts";
import { isMistake, type TemplateMistake } from "../parse/ast.ts";
import type { Template } from "../parse/parse.ts";
import { type Reads, readsOf } from "../reads/reads.ts";
import { NOTIFICATION_SHAPE } from "../reads/shape.ts";
import { type Body, compileTemplate } from "../run/compile.ts";
import { executeBody, TemplateSet } from "../run/template-set.ts";
import { type NotificationData, notificationValue } from "./data.ts";
import { DEFAULT_TEMPLATES } from "./defaults.ts";
import { NOTIFICATION_FUNCTIONS } from "./functions.ts";

/** Templates that notifications can use: those of Alertmanager, and the user's own. */
export interface NotificationTemplates {
  readonly kind: "notification templates";
  readonly set: TemplateSet;
  /** Texts that were rendered before, ready to run. */
  readonly texts: Map<string, Text | TemplateMistake>;
}

/** A file of a user's templates. */
export interface TemplateFile {
  /** The file's name without its folder. */
  readonly name: string;
  readonly text: string;
}

interface Text {
  readonly set: TemplateSet;
  readonly main: Template;
  plain: Body | undefined;
  html: EscapedTemplates | TemplateMistake | undefined;
}

/** How and when a text is rendered. */
export interface RenderOptions {
  /** Whether values are escaped for HTML, as in the body of a mail. */
  readonly html?: boolean;
  /** The time of the notification, in milliseconds since 1970. */
  readonly now: number;
}

let defaults: TemplateSet | undefined;

/** Reads the user's template files; their definitions take the place of Alertmanager's. */
export function readNotificationTemplates(files: readonly TemplateFile[]): NotificationTemplates | TemplateMistake {
  defaults ??= defaultSet();
  const set = new TemplateSet(NOTIFICATION_FUNCTIONS, defaults);
  for (const { name, text } of files) {
    const main = set.add(name, text);
    if (isMistake(main)) return main;
  }
  return { kind: "notification templates", set, texts: new Map() };
}

const KEPT = 1000;

/** Renders a text, such as a receiver's `title`, or says what is wrong with it in Go's words. */
export function renderNotification(
  templates: NotificationTemplates,
  text: string,
  data: NotificationData,
  options: RenderOptions,
): string | TemplateMistake {
  const labels = data.routeLabels ?? {};
  return renderWith(templates, text, data, options, (name) =>
    Object.hasOwn(labels, name) ? (labels[name] ?? "") : "",
  );
}

/** Renders a text that gets the labels of its route from a function. */
export function renderWith(
  templates: NotificationTemplates,
  text: string,
  data: NotificationData,
  { html = false, now }: RenderOptions,
  routeLabel: (name: string) => string,
): string | TemplateMistake {
  if (!text.includes("{{") && !html) return text;
  if (text === "") return "";
  const read = textOf(templates, text);
  if (isMistake(read)) return read;
  const environment: Environment = { now, externalURL: data.externalURL, routeLabel };
  const value = notificationValue(data);
  if (!html) {
    read.plain ??= compileTemplate(read.main, NOTIFICATION_FUNCTIONS);
    return executeBody(read.plain, read.set, value, environment);
  }
  read.html ??= escapeTemplates(read.main, (name) => read.set.template(name), NOTIFICATION_FUNCTIONS);
  if (isMistake(read.html)) return read.html;
  return executeBody(read.html.main, read.html.library, value, environment);
}

/** The labels, annotations and other data that a text reads, told without running it. */
export function readsOfNotification(templates: NotificationTemplates, text: string): Reads | TemplateMistake {
  const read = textOf(templates, text);
  return isMistake(read) ? read : readsOf(read.main, (name) => read.set.template(name), NOTIFICATION_SHAPE);
}

function textOf({ set, texts }: NotificationTemplates, text: string): Text | TemplateMistake {
  let read = texts.get(text);
  if (read === undefined) {
    if (texts.size >= KEPT) texts.clear();
    const own = new TemplateSet(NOTIFICATION_FUNCTIONS, set);
    const main = own.add("", text);
    read = isMistake(main) ? main : { set: own, main, plain: undefined, html: undefined };
    texts.set(text, read);
  }
  return read;
}

function defaultSet(): TemplateSet {
  const set = new TemplateSet(NOTIFICATION_FUNCTIONS);
  const main = set.add("", DEFAULT_TEMPLATES);
  if (isMistake(main)) throw new Error(main.message);
  return set;
}
