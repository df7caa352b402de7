/** What the value of an attribute is taken for. */
import type { AttributeKind } from "./context.ts";

/** `plain` is text; `unsafe` changes how other content is read or sent, so that no value may name it. */
export type ContentKind = "plain" | "url" | "css" | "script" | "srcset" | "html" | "unsafe";

const KINDS: Readonly<Record<Exclude<ContentKind, "plain" | "script">, string>> = {
  url: "action archive background cite classid codebase data formaction href icon longdesc manifest poster profile src usemap xmlns",
  css: "style",
  srcset: "srcset",
  html: "srcdoc",
  unsafe:
    "accept-charset async challenge charset content crossorigin defer enctype form formenctype formmethod formnovalidate http-equiv keytype language method novalidate pattern rel sandbox type value",
};

/** Attributes that are plain although their names would make them something else. */
const PLAIN = new Set(["open", "srclang"]);

const known = new Map<string, ContentKind>();
for (const [kind, names] of Object.entries(KINDS))
  for (const name of names.split(" ")) known.set(name, kind as ContentKind);

/** The kind of an attribute by its name in lower case; names nobody knows are judged by what they look like. */
export function contentKind(name: string): ContentKind {
  if (name.startsWith("xmlns:")) return "url";
  const short = name.startsWith("data-") ? name.slice(5) : name.slice(name.indexOf(":") + 1);
  const kind = known.get(short);
  if (kind !== undefined) return kind;
  if (PLAIN.has(short)) return "plain";
  if (short.startsWith("on")) return "script";
  return /src|uri|url/.test(short) ? "url" : "plain";
}

const ATTRIBUTES: Record<ContentKind, AttributeKind> = {
  plain: "none",
  html: "none",
  unsafe: "none",
  url: "url",
  css: "style",
  script: "script",
  srcset: "srcset",
};

/** What the value of an attribute is read as, by its name in lower case. */
export function attributeKind(name: string): AttributeKind {
  return ATTRIBUTES[contentKind(name)];
}
