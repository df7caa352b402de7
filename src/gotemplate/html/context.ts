/**
 * Where in a page an action stands, which decides how its value is escaped.
 * https://pkg.go.dev/html/template#hdr-Contexts
 *
 * Known are text, tags, attributes, URLs and style sheets, which is what mails are made of. Scripts are passed over: an action
 * inside of one, or in an event handler, is a mistake.
 */

/** What the reader of a page would be reading. */
export type State =
  | "text"
  | "tag"
  | "attribute name"
  | "after name"
  | "before value"
  | "comment"
  /** Text without tags: the content of `title` and `textarea`. */
  | "rcdata"
  | "attribute"
  | "url"
  | "srcset"
  | "script"
  | "css"
  | "css string"
  | "css url"
  | "css block comment"
  | "css line comment"
  | "meta content"
  | "meta content url"
  /** Behind a `break` or `continue`. */
  | "dead"
  | "error";

/** What ends an attribute's value, or a string of a style sheet. */
export type Delimiter = "none" | "double" | "single" | "space";

/** Which part of a URL comes next; `unknown` after ways that lead to different parts. */
export type UrlPart = "none" | "before query" | "query" | "unknown";

/** The element whose tag or content this is, where it matters. */
export type Element = "none" | "script" | "style" | "textarea" | "title" | "meta";

/** The attribute whose value this is, where it matters. */
export type AttributeKind = "none" | "script" | "script type" | "style" | "url" | "srcset" | "meta content";

/** All that escaping depends on. */
export interface Context {
  readonly state: State;
  readonly delimiter: Delimiter;
  /** What ends the string of a style sheet; an unquoted `url(` has none. */
  readonly cssQuote: Exclude<Delimiter, "space">;
  readonly urlPart: UrlPart;
  readonly attribute: AttributeKind;
  readonly element: Element;
  /** For the state `error`, what is wrong. */
  readonly mistake: ContextMistake | undefined;
}

/** All that escaping depends on. */
export interface ContextMistake {
  readonly message: string;
  /** Where, as `file:line:column`, if it is known so exactly. */
  readonly place: string | undefined;
  /** Otherwise the line, or 0. */
  readonly line: number;
}

/** Between tags, where a template begins. */
export const TEXT: Context = {
  state: "text",
  delimiter: "none",
  cssQuote: "none",
  urlPart: "none",
  attribute: "none",
  element: "none",
  mistake: undefined,
};

/** The context after a mistake, which nothing mends. */
export function wrong(message: string, place?: string, line = 0): Context {
  return { ...TEXT, state: "error", mistake: { message, place, line } };
}

/** A text that two contexts share exactly when they are the same. */
export function contextKey(context: Context): string {
  const { state, delimiter, cssQuote, urlPart, attribute, element, mistake } = context;
  return [state, delimiter, cssQuote, urlPart, attribute, element, mistake?.message ?? ""].join("|");
}

/** Whether what stands here is dropped. */
export function isComment({ state }: Context): boolean {
  return state === "comment" || state === "css block comment" || state === "css line comment";
}

/** The context of a value that would stand here: past the steps that need no character. */
export function nudged(context: Context): Context {
  if (context.state === "tag") return { ...context, state: "attribute name" };
  if (context.state === "before value") {
    return { ...context, state: STATE_OF_VALUE[context.attribute], delimiter: "space", attribute: "none" };
  }
  if (context.state === "after name") return { ...context, state: "attribute name", attribute: "none" };
  return context;
}

/** How the value of an attribute begins. */
export const STATE_OF_VALUE: Record<AttributeKind, State> = {
  none: "attribute",
  script: "script",
  "script type": "attribute",
  style: "css",
  url: "url",
  srcset: "srcset",
  "meta content": "meta content",
};

/** The context after either of two ways, or `undefined` where they lead to different places. */
export function joined(a: Context, b: Context): Context | undefined {
  if (a.state === "error" || b.state === "dead") return a;
  if (b.state === "error" || a.state === "dead") return b;
  if (contextKey(a) === contextKey(b)) return a;
  if (contextKey({ ...a, urlPart: b.urlPart }) === contextKey(b)) return { ...a, urlPart: "unknown" };
  const [c, d] = [nudged(a), nudged(b)];
  return contextKey(c) === contextKey(a) && contextKey(d) === contextKey(b) ? undefined : joined(c, d);
}

/** A context as messages show it. */
export function contextText({ state, delimiter, cssQuote, urlPart, attribute, element }: Context): string {
  const go = (prefix: string, name: string) =>
    prefix + name.replace(/(?:^|\s)\w/g, (first) => first.trim().toUpperCase());
  const parts = [
    cssQuote === "none" ? GO_STATES[state] : GO_CSS_STATES[`${cssQuote} ${state === "css url" ? "url" : "string"}`],
    go(
      "delim",
      delimiter === "double"
        ? "double quote"
        : delimiter === "single"
          ? "single quote"
          : delimiter === "space"
            ? "space or tag end"
            : "none",
    ),
    GO_URL_PARTS[urlPart],
    "jsCtxRegexp",
    "[]",
    go("attr", attribute).replace("attrUrl", "attrURL"),
    go("element", element),
    "<nil>",
  ];
  return `{${parts.join(" ")}}`;
}

const GO_CSS_STATES: Record<`${"double" | "single"} ${"url" | "string"}`, string> = {
  "double string": "stateCSSDqStr",
  "single string": "stateCSSSqStr",
  "double url": "stateCSSDqURL",
  "single url": "stateCSSSqURL",
};

const GO_URL_PARTS: Record<UrlPart, string> = {
  none: "urlPartNone",
  "before query": "urlPartPreQuery",
  query: "urlPartQueryOrFrag",
  unknown: "urlPartUnknown",
};

const GO_STATES: Record<State, string> = {
  text: "stateText",
  tag: "stateTag",
  "attribute name": "stateAttrName",
  "after name": "stateAfterName",
  "before value": "stateBeforeValue",
  comment: "stateHTMLCmt",
  rcdata: "stateRCDATA",
  attribute: "stateAttr",
  url: "stateURL",
  srcset: "stateSrcset",
  script: "stateJS",
  css: "stateCSS",
  "css string": "stateCSSDqStr",
  "css url": "stateCSSURL",
  "css block comment": "stateCSSBlockCmt",
  "css line comment": "stateCSSLineCmt",
  "meta content": "stateMetaContent",
  "meta content url": "stateMetaContentURL",
  dead: "stateDead",
  error: "stateError",
};
