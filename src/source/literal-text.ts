/**
 * Where each character of a text stands in the literal that makes it, escapes and templates minded:
 * https://tc39.es/ecma262/#sec-literals-string-literals and #sec-template-literal-lexical-components
 */
import { ts } from "ts-morph";

/** For each UTF-16 unit of a text, the stretch of the file that it comes from. */
export interface TextOrigin {
  readonly starts: number[];
  readonly ends: number[];
}

export interface TextOptions {
  readonly holes: readonly number[];
  readonly raw: boolean;
  /** Leads from a name to the expression that it stands for. */
  readonly follow: (node: ts.Expression) => ts.Expression;
}

/** The text that `node` makes, or as much of its beginning as can be known; `undefined` where it makes none. */
export function textOrigin(node: ts.Expression, options: TextOptions): TextOrigin | undefined {
  const text: TextOrigin = { starts: [], ends: [] };
  const known = add(text, node, { ...options, holes: [...options.holes] });
  return known || text.starts.length > 0 ? text : undefined;
}

interface State extends TextOptions {
  /** The lengths of the holes that are still to come. */
  readonly holes: number[];
}

/** Adds what `node` makes; `false` from where on nothing is known. */
function add(text: TextOrigin, node: ts.Expression, state: State): boolean {
  const target = state.follow(node);
  if (ts.isStringLiteral(target)) return addLiteral(text, target, 1, 1, false);
  if (ts.isNoSubstitutionTemplateLiteral(target)) return addLiteral(text, target, 1, 1, state.raw);
  if (ts.isTemplateExpression(target)) return addTemplate(text, target, state);
  if (ts.isTaggedTemplateExpression(target)) {
    const raw = state.raw || target.tag.getText() === "String.raw";
    return add(text, target.template, { ...state, raw });
  }
  if (ts.isBinaryExpression(target) && target.operatorToken.kind === ts.SyntaxKind.PlusToken)
    return add(text, target.left, state) && add(text, target.right, state);
  const [first] = ts.isCallExpression(target) ? target.arguments : [];
  return first !== undefined && add(text, first, state);
}

function addTemplate(text: TextOrigin, node: ts.TemplateExpression, state: State): boolean {
  addLiteral(text, node.head, 1, 2, state.raw);
  for (const { expression, literal } of node.templateSpans) {
    if (!addHole(text, expression, literal, state)) return false;
    addLiteral(text, literal, 1, literal.kind === ts.SyntaxKind.TemplateTail ? 1 : 2, state.raw);
  }
  return true;
}

/** What a `${…}` puts in has no places of its own: all of it comes from the whole of the hole. */
function addHole(text: TextOrigin, expression: ts.Expression, literal: ts.Node, state: State): boolean {
  let length = state.holes.shift();
  if (length === undefined) {
    const filler = state.follow(expression);
    if (!ts.isStringLiteralLike(filler) && !ts.isNumericLiteral(filler)) return false;
    length = filler.text.length;
  }
  for (let i = 0; i < length; i++) {
    text.starts.push(expression.getFullStart() - 2);
    text.ends.push(literal.getStart() + 1);
  }
  return true;
}

/** Adds the characters of a literal's text, which stands between `open` and `close` characters of quotes. */
function addLiteral(text: TextOrigin, node: ts.Node, open: number, close: number, raw: boolean): true {
  const source = node.getSourceFile().text;
  const end = node.getEnd() - close;
  for (let at = node.getStart() + open; at < end; ) {
    const { length, units } = raw ? plainUnit(source, at) : unitAt(source, at);
    for (let i = 0; i < units; i++) {
      text.starts.push(at);
      text.ends.push(at + length);
    }
    at += length;
  }
  return true;
}

/** How many characters of the file make how many units of the text. */
interface Unit {
  readonly length: number;
  readonly units: number;
}

/** The sequences that begin with a backslash and are longer than two characters, or stand for nothing. */
const ESCAPE = /\\(?:u\{0*([0-9a-f]{1,6})\}|u[0-9a-f]{4}|x[0-9a-f]{2}|(\r\n|[\n\r\u2028\u2029]))/iy;

function unitAt(source: string, at: number): Unit {
  if (source[at] !== "\\") return plainUnit(source, at);
  ESCAPE.lastIndex = at;
  const [sequence, point, lineEnd] = ESCAPE.exec(source) ?? [];
  if (sequence === undefined) return { length: 2, units: 1 };
  if (lineEnd !== undefined) return { length: sequence.length, units: 0 };
  const beyond = point !== undefined && Number.parseInt(point, 16) > 0xffff;
  return { length: sequence.length, units: beyond ? 2 : 1 };
}

/** A line end of two characters is one in a template's text. */
function plainUnit(source: string, at: number): Unit {
  return { length: source.startsWith("\r\n", at) ? 2 : 1, units: 1 };
}
