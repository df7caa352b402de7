/** What makes a value safe in its place. */
import { HTML, URL } from "../go/content.ts";
import { sprint } from "../go/format.ts";
import { GoPointer, GoScalar, type GoValue, indirect } from "../go/value.ts";
import { contentKind } from "./attribute.ts";
import { type Context, TEXT } from "./context.ts";
import { decodeCSS, escapeCSS, isHarmlessCSS } from "./css.ts";
import { contextAfter } from "./transition.ts";

/** Turns a value into text that is safe in one kind of place. */
export type Escaper = (value: GoValue) => string;

/** Stands for what was not safe. Easy to search for, and harmless everywhere. */
const UNSAFE = "ZgotmplZ";

interface Content {
  readonly text: string;
  readonly kind: "plain" | "html" | "url";
}

function contentOf(value: GoValue): Content {
  if (typeof value === "string") return { text: value, kind: "plain" };
  const held = value instanceof GoPointer ? indirect(value) : value;
  if (held instanceof GoScalar && typeof held.value === "string") {
    if (held.type === HTML) return { text: held.value, kind: "html" };
    if (held.type === URL) return { text: held.value, kind: "url" };
  }
  return { text: value === undefined ? "" : sprint([held]), kind: "plain" };
}

const ENTITIES: Readonly<Record<string, string>> = {
  "\0": "\ufffd",
  '"': "&#34;",
  "&": "&amp;",
  "'": "&#39;",
  "+": "&#43;",
  "<": "&lt;",
  ">": "&gt;",
};

function entities(text: string): string {
  return text.replace(/[\0"&'+<>]/g, (char) => ENTITIES[char] ?? char);
}

/** Like {@link entities} for what may hold character references already. */
function entitiesButAmpersands(text: string): string {
  return text.replace(/[\0"'+<>]/g, (char) => ENTITIES[char] ?? char);
}

/** For text between tags. */
export const escapeText: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  return kind === "html" ? text : entities(text);
};

/** For text between tags. */
export const escapeTextWithoutTags: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  return kind === "html" ? entitiesButAmpersands(text) : entities(text);
};

/** For an attribute between quotes. */
export const escapeAttribute: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  return kind === "html" ? entitiesButAmpersands(withoutTags(text)) : entities(text);
};

/** For an attribute without quotes, which a space would end. */
export const escapeUnquotedAttribute: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  if (text === "") return UNSAFE;
  const escaped = kind === "html" ? entitiesButAmpersands(withoutTags(text)) : entities(text);
  return escaped
    .replace(/(?<!&#\d*)[\t\n\v\f\r =`]/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/[\ufdd0-\ufdef\ufff0-\uffff]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`);
};

/** Names of attributes come through only if they are plain words that mean nothing dangerous. */
export const filterName: Escaper = (value) => {
  const name = contentOf(value).text.toLowerCase();
  return /^[\da-z]+$/.test(name) && contentKind(name) === "plain" ? name : UNSAFE;
};

/** For comments: nobody should read them. */
export const dropInComment: Escaper = () => "";

/** Lets no URL through that could run anything. */
export const filterURL: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  return kind === "url" || isHarmlessURL(text) ? text : `#${UNSAFE}`;
};

/** Keeps what the author of the URL meant, and lets nothing end it. */
export const normalizeURL: Escaper = (value) => encodeURL(contentOf(value).text, true);

/** For a place in a query, where what means something in a URL must not. */
export const escapeURL: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  return encodeURL(text, kind === "url");
};

/** For a list of pictures. */
export const escapeSrcset: Escaper = (value) => {
  const { text, kind } = contentOf(value);
  if (kind === "url") return encodeURL(text, true).replaceAll(",", "%2c");
  return text.split(",").map(srcsetElement).join(",");
};

/** Lets no value of a style sheet through that could be more than a value. */
export const filterCSSValue: Escaper = (value) => {
  const text = decodeCSS(contentOf(value).text);
  return isHarmlessCSS(text) ? text : UNSAFE;
};

/** For a string of a style sheet. */
export const escapeCSSString: Escaper = (value) => escapeCSS(contentOf(value).text);

function isHarmlessURL(url: string): boolean {
  const scheme = /^([^/:]*):/.exec(url)?.[1];
  return scheme === undefined || /^(?:https?|mailto)$/i.test(scheme);
}

function encodeURL(text: string, normalize: boolean): string {
  const kept = normalize ? /[\w.~!#$&*+,/:;=?@[\]-]|%[\da-f]{2}/iy : /[\w.~-]/y;
  let out = "";
  for (let i = 0; i < text.length; ) {
    kept.lastIndex = i;
    const found = kept.exec(text)?.[0];
    if (found !== undefined) {
      out += found;
      i += found.length;
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(i) ?? 0);
    for (const byte of Buffer.from(char)) out += `%${byte.toString(16).padStart(2, "0")}`;
    i += char.length;
  }
  return out;
}

/** A URL and what is said about it: `cup.jpg 2x`. */
function srcsetElement(text: string): string {
  const [, before = "", url = "", after = ""] = /^([\t\n\f\r ]*)([^\t\n\f\r ]*)(.*)$/s.exec(text) ?? [];
  const harmless = isHarmlessURL(url) && /^[\t\n\f\r \da-z]*$/i.test(after);
  return harmless ? before + encodeURL(url, true) + after : `#${UNSAFE}`;
}

/** The text content of a piece of HTML. */
function withoutTags(html: string): string {
  let out = "";
  let plain = true;
  let context: Context = TEXT;
  for (let i = 0; i < html.length; ) {
    const [next, read] = contextAfter(context, html.slice(i));
    if (context.state === "text" || context.state === "rcdata") {
      const end = next.state === context.state ? i + read : html.lastIndexOf("<", i + read - 1);
      out += html.slice(i, end);
    }
    if (next.state !== "text") plain = false;
    if (read === 0 && next.state === context.state) break;
    context = next;
    i += read;
  }
  return plain ? html : out;
}
