/** Texts of notifications: what they refer to must be defined, or nobody would be told. */
import type { NotificationTemplates } from "../../gotemplate/notification/render.ts";
import { readNotificationTemplates } from "../../gotemplate/notification/render.ts";
import { isMistake, type Node } from "../../gotemplate/parse/ast.ts";
import { parseTemplate } from "../../gotemplate/parse/parse.ts";
import type { Receiver } from "../../model/receiver/receiver.ts";
import { called } from "../../model/validate.ts";
import type { Plan } from "../../plan/plan.ts";
import type { SourcedDiagnostic } from "../../source/place.ts";
import type { Templates } from "../templates.ts";
import { config } from "./integration.ts";

const FILE = "templates/notification.tmpl.hbs";

/** What is wrong with the templates of notifications, and with what receivers refer to. */
export function checkTemplates(plans: readonly Plan[], templates: Templates): readonly SourcedDiagnostic[] {
  const read = readNotificationTemplates([{ name: "tocsin.tmpl", text: templates.notification({}) }]);
  if (isMistake(read)) {
    return [
      {
        code: "notification/template",
        severity: "error",
        message: `Alertmanager could not read what ${FILE} makes: ${read.message}`,
        help: "Go's actions are written [[ … ]] there",
      },
    ];
  }
  const missing = missingIn(read);
  const reported = new Map<Receiver, Set<string>>();
  return plans.flatMap(({ alertmanager: { receivers, global } }) =>
    // Files that lie on the server may define anything.
    global.templates !== undefined
      ? []
      : receivers
          .flatMap(({ integrations }) => integrations)
          .flatMap((integration): readonly SourcedDiagnostic[] => {
            const { definition } = integration;
            const known = reported.get(definition) ?? new Set();
            reported.set(definition, known);
            const names = textsIn(config(integration)).flatMap(missing);
            return [...new Set(names)].flatMap((name): readonly SourcedDiagnostic[] => {
              if (known.has(name)) return [];
              known.add(name);
              return [
                {
                  code: "notification/undefined",
                  severity: "error",
                  message: `${called(definition)} refers to the template ${JSON.stringify(name)}, which nothing defines`,
                  help: `define it in ${FILE}: [[ define ${JSON.stringify(name)} ]] … [[ end ]]`,
                  at: { origin: definition.origin, path: [] },
                },
              ];
            });
          }),
  );
}

/** The names that a text refers to, itself or through others, and that nothing defines. */
function missingIn({ set }: NotificationTemplates): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>();
  const below = (nodes: readonly Node[], seen: Set<string>): readonly string[] =>
    nodes.flatMap((node): readonly string[] => {
      if (node.kind === "if" || node.kind === "with" || node.kind === "range")
        return [...below(node.body, seen), ...below(node.otherwise ?? [], seen)];
      if (node.kind !== "template" || seen.has(node.name)) return [];
      seen.add(node.name);
      const found = set.template(node.name);
      return found === undefined ? [node.name] : below(found.nodes, seen);
    });
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const parsed = parseTemplate("", text, { hasFunction: (name) => set.hasFunction(name) });
    const own = isMistake(parsed) ? new Set<string>() : new Set(parsed.templates.keys());
    const names = isMistake(parsed) ? [] : below(parsed.main.nodes, own);
    known.set(text, names);
    return names;
  };
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return value.includes("{{") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
