/** What a dashboard says in one place that is needed to read it in another. */
import { type DatasourceNames, datasourceNames } from "./datasource.ts";
import { at, type Json, object, objects, text } from "./json.ts";

export interface Context {
  readonly datasources: DatasourceNames;
  /** What variables stand for, where the dashboard itself says it: those that are chosen by hand. */
  readonly values: ReadonlyMap<string, string>;
}

const BY_HAND: ReadonlySet<string> = new Set(["custom", "constant", "textbox", "interval", "text", "switch"]);

/** Gathers what is known of variables. */
export function contextOf(dashboard: Json, wrapper: Json): Context {
  const values = new Map<string, string>();
  for (const variable of objects(at(at(dashboard, "templating"), "list"))) {
    put(values, text(at(variable, "type")), variable);
  }
  for (const variable of objects(at(dashboard, "variables"))) {
    put(
      values,
      text(at(variable, "kind"))
        ?.replace(/Variable$/, "")
        .toLowerCase(),
      object(at(variable, "spec")),
    );
  }
  return { datasources: datasourceNames(dashboard, wrapper), values };
}

function put(values: Map<string, string>, kind: string | undefined, variable: Json): void {
  const name = text(at(variable, "name"));
  if (name === undefined || kind === undefined || !BY_HAND.has(kind)) return;
  const value = chosenValue(variable) ?? firstOf(text(at(variable, "query")));
  if (value !== undefined) values.set(name, value);
}

/** What is chosen when the dashboard opens; the first of several, and of all. */
export function chosenValue(variable: Json): string | undefined {
  const value = at(at(variable, "current"), "value");
  const first = Array.isArray(value) ? value[0] : value;
  if (text(first) !== undefined && first !== "$__all") return first as string;
  const options = objects(at(variable, "options")).filter((one) => at(one, "value") !== "$__all");
  return text(at(options.find((one) => at(one, "selected") === true) ?? options[0], "value"));
}

/** The first of `a,b : c,d`. */
function firstOf(list: string | undefined): string | undefined {
  const [first] = list?.split(",") ?? [];
  return text(first?.split(" : ").at(-1)?.trim());
}
