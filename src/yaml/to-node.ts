/** What a printed value would be read as, without the detour through its text. Nothing in it has a place. */
import type { YamlValue } from "./print.ts";
import type { YamlEntry, YamlNode } from "./read.ts";

/** A value as the tree that reading its printed text would give. */
export function toYamlNode(value: YamlValue): YamlNode {
  if (typeof value === "string") return scalar(value, false);
  if (Array.isArray(value)) return { start: 0, end: 0, kind: "list", items: (value as YamlValue[]).map(toYamlNode) };
  if (typeof value === "object" && value !== null) {
    const entries: YamlEntry[] = [];
    const members = value as { readonly [name: string]: YamlValue };
    for (const name of Object.keys(members)) {
      const member = members[name];
      if (member !== undefined) entries.push({ key: scalar(name, false), value: toYamlNode(member) });
    }
    return { start: 0, end: 0, kind: "map", entries };
  }
  return scalar(value === null || value === undefined ? "" : String(value), true);
}

function scalar(text: string, plain: boolean): YamlNode {
  return { start: 0, end: 0, kind: "scalar", text, plain, tag: undefined };
}
