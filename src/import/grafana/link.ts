/** Links of dashboards, panels and values. */
import type { PlannedLink } from "../../plan/dashboard/planned.ts";
import { at, objects, text } from "./json.ts";

export function readLinks(links: unknown): readonly PlannedLink[] {
  return objects(links).map((link) => ({
    title: text(at(link, "title")) ?? "",
    url: text(at(link, "url")) ?? "",
    newTab: at(link, "targetBlank") === true,
  }));
}
