/** How the text of a page leads from one context to the next. */
import { quote } from "../go/quote.ts";
import { attributeKind } from "./attribute.ts";
import { type Context, type Delimiter, type Element, STATE_OF_VALUE, type State, TEXT, wrong } from "./context.ts";
import { decodeCSS } from "./css.ts";
import { unescapeHTML } from "./entity.ts";

/** The context after some of `text`, and how much of it that is. */
type Step = readonly [Context, number];
type Transition = (context: Context, text: string) => Step;

const ENDS: Readonly<Record<Exclude<Delimiter, "none">, RegExp>> = {
  double: /"/,
  single: /'/,
  space: /[ \t\n\f\r>]/,
};

/** Reads on from `context`; at least one character is read, or the context changes. */
export function contextAfter(context: Context, text: string): Step {
  if (context.delimiter === "none") {
    const end = specialEnd(context, text);
    if (end === 0) return [TEXT, 0];
    return TRANSITIONS[context.state](context, text.slice(0, end));
  }
  const found = text.search(ENDS[context.delimiter]);
  const end = found === -1 ? text.length : found;
  if (context.delimiter === "space") {
    const bad = /["'<=`]/.exec(text.slice(0, end))?.[0];
    if (bad !== undefined) return [wrong(`${quote(bad)} in unquoted attr: ${quote(text.slice(0, end))}`), text.length];
  }
  if (found === -1) {
    let inside = context;
    for (let value = unescapeHTML(text); value !== ""; ) {
      const [next, read] = TRANSITIONS[inside.state](inside, value);
      inside = next;
      value = value.slice(read);
    }
    return [inside, text.length];
  }
  const otherScript = context.attribute === "script type" && !isScriptType(text.slice(0, end));
  const element = otherScript ? "none" : context.element;
  return [{ ...TEXT, state: "tag", element }, end + (context.delimiter === "space" ? 0 : 1)];
}

/** Where the end tag of an element begins whose content is no HTML; the end of the text, where there is none. */
function specialEnd({ element }: Context, text: string): number {
  if (element === "none" || element === "meta") return text.length;
  const found = text.search(new RegExp(`</${element}[> \\t\\n\\f/]`, "i"));
  return found === -1 ? text.length : found;
}

const stay: Transition = (context, text) => [context, text.length];

const TRANSITIONS: Record<State, Transition> = {
  text: afterText,
  tag: afterTag,
  "attribute name": (context, text) => {
    const end = attributeNameEnd(text, 0);
    if (typeof end === "string") return [wrong(end), text.length];
    return [end === text.length ? context : { ...context, state: "after name" }, end];
  },
  "after name": (context, text) => {
    const start = spaceEnd(text, 0);
    if (start === text.length) return [context, text.length];
    return text[start] === "="
      ? [{ ...context, state: "before value" }, start + 1]
      : [{ ...context, state: "tag" }, start];
  },
  "before value": (context, text) => {
    const start = spaceEnd(text, 0);
    if (start === text.length) return [context, text.length];
    const mark = text[start];
    const delimiter = mark === "'" ? "single" : mark === '"' ? "double" : "space";
    return [
      { ...context, state: STATE_OF_VALUE[context.attribute], delimiter },
      start + (delimiter === "space" ? 0 : 1),
    ];
  },
  comment: (context, text) => {
    const end = text.indexOf("-->");
    return end === -1 ? [context, text.length] : [TEXT, end + 3];
  },
  rcdata: stay,
  attribute: stay,
  url: afterURL,
  srcset: afterURL,
  script: stay,
  css: afterCSS,
  "css string": afterCSSString,
  "css url": afterCSSString,
  "css block comment": (context, text) => {
    const end = text.indexOf("*/");
    return end === -1 ? [context, text.length] : [{ ...context, state: "css" }, end + 2];
  },
  "css line comment": (context, text) => {
    const end = text.search(/[\n\f\r]/);
    return end === -1 ? [context, text.length] : [{ ...context, state: "css" }, end];
  },
  "meta content": (context, text) => {
    const found = /url[ \t\n\f\r]*=/i.exec(text);
    return found === null
      ? [context, text.length]
      : [{ ...context, state: "meta content url" }, found.index + found[0].length];
  },
  "meta content url": (context, text) => {
    const end = text.indexOf(";");
    return end === -1 ? [context, text.length] : [{ ...context, state: "meta content" }, end + 1];
  },
  dead: stay,
  error: stay,
};

const TAG = /<(?:!--|(\/?)([a-z][a-z\d]*(?:[:-][a-z\d]+[a-z\d]*)*))/i;
const ELEMENTS: ReadonlySet<string> = new Set<Element>(["script", "style", "textarea", "title", "meta"]);

function afterText(context: Context, text: string): Step {
  const found = TAG.exec(text);
  if (found === null) return [context, text.length];
  const end = found.index + found[0].length;
  const [, closing, name] = found;
  if (name === undefined) return [{ ...TEXT, state: "comment" }, end];
  const known = name.toLowerCase();
  return [{ ...TEXT, state: "tag", element: closing === "" && ELEMENTS.has(known) ? (known as Element) : "none" }, end];
}

const CONTENT: Record<Element, State> = {
  none: "text",
  script: "script",
  style: "css",
  textarea: "rcdata",
  title: "rcdata",
  meta: "text",
};

function afterTag(context: Context, text: string): Step {
  const { element } = context;
  const start = spaceEnd(text, 0);
  if (start === text.length) return [context, text.length];
  if (text[start] === ">") {
    return [{ ...TEXT, state: CONTENT[element], element: element === "meta" ? "none" : element }, start + 1];
  }
  const end = attributeNameEnd(text, start);
  if (typeof end === "string") return [wrong(end), text.length];
  if (end === start) {
    return [wrong(`expected space, attr name, or end of tag, but got ${quote(text.slice(start))}`), text.length];
  }
  const name = text.slice(start, end).toLowerCase();
  const attribute =
    element === "script" && name === "type"
      ? "script type"
      : element === "meta" && name === "content"
        ? "meta content"
        : attributeKind(name);
  return [{ ...TEXT, state: end === text.length ? "attribute name" : "after name", element, attribute }, end];
}

/** Where a name ends, or what is wrong with it. */
function attributeNameEnd(text: string, start: number): number | string {
  const found = /[ \t\n\f\r=>'"<]/.exec(text.slice(start));
  if (found === null) return text.length;
  if (/['"<]/.test(found[0])) return `${quote(found[0])} in attribute name: ${quote([...text].slice(0, 32).join(""))}`;
  return start + found.index;
}

function spaceEnd(text: string, start: number): number {
  const found = text.slice(start).search(/[^ \t\n\f\r]/);
  return found === -1 ? text.length : start + found;
}

function afterURL(context: Context, text: string): Step {
  if (/[#?]/.test(text)) return [{ ...context, urlPart: "query" }, text.length];
  const begins = context.urlPart === "none" && spaceEnd(text, 0) !== text.length;
  return [begins ? { ...context, urlPart: "before query" } : context, text.length];
}

function afterCSS(context: Context, text: string): Step {
  for (const { index } of text.matchAll(/[("'/]/g)) {
    const char = text[index];
    if (char === '"' || char === "'") {
      return [{ ...context, state: "css string", cssQuote: char === '"' ? "double" : "single" }, index + 1];
    }
    if (char === "/" && text[index + 1] === "/") return [{ ...context, state: "css line comment" }, index + 2];
    if (char === "/" && text[index + 1] === "*") return [{ ...context, state: "css block comment" }, index + 2];
    if (char === "(" && /(?:^|[^\w\u0080-\u{10ffff}-])url[\t\n\f\r ]*$/iu.test(text.slice(0, index))) {
      const start = spaceEnd(text, index + 1);
      const mark = text[start];
      const cssQuote = mark === '"' ? "double" : mark === "'" ? "single" : "none";
      return [{ ...context, state: "css url", cssQuote }, start + (cssQuote === "none" ? 0 : 1)];
    }
  }
  return [context, text.length];
}

const CSS_ENDS: Readonly<Record<Context["cssQuote"], RegExp>> = {
  double: /[\\"]/g,
  single: /[\\']/g,
  none: /[\\\t\n\f\r )]/g,
};

function afterCSSString(context: Context, text: string): Step {
  let inside = context;
  let start = 0;
  for (const { index, 0: char } of text.matchAll(CSS_ENDS[context.cssQuote])) {
    if (index < start) continue;
    if (char !== "\\") return [{ ...inside, state: "css", cssQuote: "none" }, index + 1];
    if (index + 1 === text.length)
      return [wrong(`unfinished escape sequence in CSS string: ${quote(text)}`), text.length];
    [inside] = afterURL(inside, decodeCSS(text.slice(0, index + 2)));
    start = index + 2;
  }
  [inside] = afterURL(inside, decodeCSS(text.slice(start)));
  return [inside, text.length];
}

const SCRIPT_TYPES = new Set(["", "module", "application/json", "application/ld+json"]);

function isScriptType(type: string): boolean {
  const name = (type.split(";")[0] ?? "").toLowerCase().trim();
  return (
    SCRIPT_TYPES.has(name) ||
    /^(?:application|text)\/(?:x-)?(?:ecma|java)script$|^text\/(?:javascript1\.[0-5]|jscript|livescript)$/.test(name)
  );
}
