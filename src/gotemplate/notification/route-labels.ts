/** The labels of a route, whose values may be templates that refer to each other. */
import { GoError } from "../go/function.ts";
import { isMistake, type TemplateMistake } from "../parse/ast.ts";
import type { NotificationData } from "./data.ts";
import { type NotificationTemplates, type RenderOptions, renderWith } from "./render.ts";

/** Renders each label of a route against the data of a group; what goes wrong with one leaves the others alone. */
export function renderRouteLabels(
  templates: NotificationTemplates,
  labels: Readonly<Record<string, string>>,
  data: NotificationData,
  options: RenderOptions,
): Readonly<Record<string, string | TemplateMistake>> {
  const rendered = new Map<string, string>();
  const busy: string[] = [];
  const given = { ...data, routeLabels: labels };

  const resolve = (name: string): string | TemplateMistake => {
    if (!Object.hasOwn(labels, name)) return "";
    const known = rendered.get(name);
    if (known !== undefined) return known;
    if (busy.includes(name)) throw new GoError(`route label cycle detected: ${[...busy, name].join(" -> ")}`);
    busy.push(name);
    const text = renderWith(templates, labels[name] ?? "", given, options, inTemplate);
    busy.pop();
    if (!isMistake(text)) rendered.set(name, text);
    return text;
  };
  /** What a label comes to that another refers to. */
  const inTemplate = (name: string): string => {
    const text = resolve(name);
    if (isMistake(text)) throw new GoError(text.message);
    return text;
  };
  return Object.fromEntries(Object.keys(labels).map((name) => [name, resolve(name)]));
}
