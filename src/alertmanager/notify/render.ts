/** The texts of a notification: every template of its receiver's configuration, rendered and cut to length. */
import type { IntegrationConfig, ReceiverKind } from "../config/receiver.ts";
import { EMAIL_HEADERS, RENDERED_FIELDS, type RenderedField } from "./rendered-fields.ts";

/** Renders templates against the data of one notification. It gives the text, or throws what is wrong. */
export interface Renderer {
  readonly text: (template: string) => string;
  /** As HTML, in which what comes from the data is escaped. */
  readonly html: (template: string) => string;
}

/** A rendered field. */
export interface RenderedText {
  /** Where it stands in the configuration: `title`, `fields[0].value`, `headers.Subject`. */
  readonly path: string;
  readonly text: string;
  /** Whether a person reads it. */
  readonly read: boolean;
  /** Whether its end was cut off. */
  readonly truncated: boolean;
}

/** Renders all templates of an integration. Empty ones are left out. */
export function renderTexts<K extends ReceiverKind>(
  kind: K,
  config: IntegrationConfig<K>,
  renderer: Renderer,
): readonly RenderedText[] {
  const whole: unknown = kind === "email" ? withHeaders(config as IntegrationConfig<"email">) : config;
  return RENDERED_FIELDS[kind].flatMap((field) =>
    [...templatesAt(whole, field.path.split("."), "")].flatMap(([path, template]) => {
      if (template === "") return [];
      const rendered = renderer[formOf(kind, config, field)](template);
      const text = cut(rendered, field.limit);
      return [{ path, text, read: field.read, truncated: text !== rendered }];
    }),
  );
}

/** Two receivers render their message as HTML if told to. */
function formOf(kind: ReceiverKind, config: object, { path, as }: RenderedField): "text" | "html" {
  if (path !== "message") return as;
  if (kind === "telegram") return "parse_mode" in config && config.parse_mode === "HTML" ? "html" : "text";
  if (kind === "pushover") return "html" in config && config.html === true ? "html" : "text";
  return as;
}

function withHeaders(config: IntegrationConfig<"email">): unknown {
  const defaults = Object.entries(EMAIL_HEADERS).map(([name, from]) => [
    name,
    "template" in from ? from.template : config[from.field],
  ]);
  return { ...config, headers: { ...Object.fromEntries(defaults), ...config.headers } };
}

function* templatesAt(value: unknown, [step, ...rest]: readonly string[], path: string): Generator<[string, string]> {
  if (value === undefined || value === null) return;
  if (step === undefined) {
    if (typeof value === "string") yield [path, value];
    return;
  }
  const name = step.replace(/\[\]$|\{\}$/, "");
  const inner = (value as Readonly<Record<string, unknown>>)[name];
  const here = path === "" ? name : `${path}.${name}`;
  if (step.endsWith("[]")) {
    for (const [i, item] of ((inner ?? []) as readonly unknown[]).entries())
      yield* templatesAt(item, rest, `${here}[${i}]`);
  } else if (step.endsWith("{}")) yield* textsWithin(inner, here);
  else yield* templatesAt(inner, rest, here);
}

/** Every text in a value of whatever form. */
function* textsWithin(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === "string") yield [path, value];
  else if (Array.isArray(value)) for (const [i, item] of value.entries()) yield* textsWithin(item, `${path}[${i}]`);
  else if (typeof value === "object" && value !== null)
    for (const [key, item] of Object.entries(value)) yield* textsWithin(item, `${path}.${key}`);
}

function cut(text: string, limit: RenderedField["limit"]): string {
  if (limit === undefined) return text;
  return "runes" in limit ? cutRunes(text, limit.runes) : cutBytes(text, limit.bytes);
}

function cutRunes(text: string, most: number): string {
  if (text.length <= most) return text;
  const runes = [...text];
  return runes.length <= most ? text : `${runes.slice(0, most - 1).join("")}…`;
}

function cutBytes(text: string, most: number): string {
  if (Buffer.byteLength(text) <= most) return text;
  // The ellipsis takes three bytes.
  let room = most - 3;
  let kept = "";
  for (const rune of text) {
    room -= Buffer.byteLength(rune);
    if (room < 0) break;
    kept += rune;
  }
  return `${kept}…`;
}
