/** The texts of a notification: every template of its receiver's configuration, rendered and cut to length. */
import type { NotificationData } from "../../gotemplate/notification/data.ts";
import { type NotificationTemplates, renderNotification } from "../../gotemplate/notification/render.ts";
import type { IntegrationConfig, ReceiverKind } from "../config/receiver.ts";
import { EMAIL_HEADERS, RENDERED_FIELDS, type RenderedField } from "./rendered-fields.ts";

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

/** A template that could not be rendered; Alertmanager would send nothing at all. */
export interface RenderMistake {
  readonly path: string;
  readonly mistake: string;
}

/** Renders all templates of an integration against the data of a notification at `now`. Empty ones are left out. */
export function renderTexts<K extends ReceiverKind>(
  kind: K,
  config: IntegrationConfig<K>,
  {
    templates,
    data,
    now,
  }: { readonly templates: NotificationTemplates; readonly data: NotificationData; readonly now: number },
): readonly (RenderedText | RenderMistake)[] {
  const whole: unknown = kind === "email" ? withHeaders(config as IntegrationConfig<"email">) : config;
  return RENDERED_FIELDS[kind].flatMap((field) =>
    [...templatesAt(whole, field.path.split("."), "")].flatMap(([path, template]): (RenderedText | RenderMistake)[] => {
      if (template === "") return [];
      const { html, limit } = formOf(kind, config, field);
      const rendered = renderNotification(templates, template, data, { html, now });
      if (typeof rendered !== "string") return [{ path, mistake: rendered.message }];
      const text = cut(rendered, limit);
      return [{ path, text, read: field.read, truncated: text !== rendered }];
    }),
  );
}

/** Two receivers render their message as HTML if told to. Telegram's is not cut then: that could cut a tag in two. */
function formOf(
  kind: ReceiverKind,
  config: object,
  { path, as, limit }: RenderedField,
): { html: boolean; limit: RenderedField["limit"] } {
  if (path === "message" && kind === "telegram" && "parse_mode" in config && config.parse_mode === "HTML")
    return { html: true, limit: undefined };
  if (path === "message" && kind === "pushover" && "html" in config) return { html: config.html === true, limit };
  return { html: as === "html", limit };
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
