/** Where the elements of a dashboard of schema v2 go: grids, automatic grids, rows and tabs within one another. */
import type { PlannedRow } from "../../plan/dashboard/planned.ts";
import type { Context } from "./context.ts";
import { at, type Json, object, objects, text } from "./json.ts";
import { placeOf, readElement } from "./panel.ts";

/** The rows of a layout; every element is read once, also where the layout forgets it. */
export function readLayout(layout: Json, elements: Json, context: Context): readonly PlannedRow[] {
  const left = new Set(Object.keys(elements));
  const rows: PlannedRow[] = [];
  const add = (name: string, item: Json, into: PlannedRow["panels"][number][]) => {
    if (!left.delete(name)) return;
    const place = placeOf(rename(item));
    into.push({ ...readElement(object(elements[name]), context, place), repeat: repeatOf(item) });
  };
  const visit = (node: Json, title: string | undefined, collapsed: boolean, repeat: string | undefined): void => {
    const spec = object(at(node, "spec"));
    const panels: PlannedRow["panels"][number][] = [];
    for (const item of objects(at(spec, "items"))) {
      const inner = object(at(item, "spec"));
      const name = text(at(at(inner, "element"), "name"));
      if (name !== undefined) add(name, inner, panels);
      // A row within a grid, as v2alpha1 had it.
      else if (at(item, "kind") === "GridLayoutRow") {
        const nested = { kind: "GridLayout", spec: { items: at(inner, "elements") } };
        visit(nested, text(at(inner, "title")) ?? "", at(inner, "collapsed") === true, repeatOf(inner));
      }
    }
    if (panels.length > 0 || title !== undefined) rows.push({ id: 0, title, collapsed, repeat, panels });
    for (const child of [...objects(at(spec, "rows")), ...objects(at(spec, "tabs"))]) {
      const inner = object(at(child, "spec"));
      visit(
        object(at(inner, "layout")),
        text(at(inner, "title")) ?? "",
        at(inner, "collapse") === true,
        repeatOf(inner),
      );
    }
  };
  visit(layout, undefined, false, undefined);
  const forgotten: PlannedRow["panels"][number][] = [];
  for (const name of [...left]) add(name, {}, forgotten);
  if (forgotten.length > 0)
    rows.push({ id: 0, title: undefined, collapsed: false, repeat: undefined, panels: forgotten });
  return rows;
}

function rename(spec: Json): Json {
  return { x: at(spec, "x"), y: at(spec, "y"), w: at(spec, "width"), h: at(spec, "height") };
}

function repeatOf(spec: Json): string | undefined {
  return text(at(at(spec, "repeat"), "value"));
}
