/**
 * Finds in the syntax of a TypeScript file what stands at a path in the arguments of a call.
 *
 * Import this only when there is something to report: ts-morph, which brings TypeScript's parser, takes a third of a
 * second. Nothing here knows types: names are followed to their `const` in the same file, and no further.
 */
import { ts } from "ts-morph";
import { textOrigin } from "./literal-text.ts";
import { wordEnd } from "./offset.ts";
import type { ArgumentPath, TextSpan } from "./place.ts";
import type { Position } from "./transformed.ts";

/** UTF-16 offsets in the file, `end` exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

export interface Wanted {
  /** The last property's name rather than its value. */
  readonly key: boolean;
  /** A stretch of the text that the value makes. */
  readonly text: TextSpan | undefined;
}

/** Locates something in the arguments of the call at a position; what cannot be found, as near as it can. */
export type Locator = (call: Position, path: ArgumentPath, wanted: Wanted) => Stretch;

/** Makes a locator that parses each file once. */
export function createLocator(): Locator {
  const parsed = new Map<string, ts.SourceFile>();
  return ({ source, offset }, path, wanted) => {
    let file = parsed.get(source);
    if (file === undefined) {
      file = ts.createSourceFile("monitors.ts", source, ts.ScriptTarget.Latest, true);
      parsed.set(source, file);
    }
    const call = callAt(file, offset);
    return call === undefined ? { start: offset, end: wordEnd(source, offset) } : locate(call, path, wanted);
  };
}

type Call = ts.CallExpression | ts.NewExpression | ts.TaggedTemplateExpression;

/** An expression, and what an author would call it by: a property's name, or the function that it is given to. */
interface Found {
  readonly value: ts.Expression;
  readonly name: ts.Node | undefined;
}

/** The innermost call whose function is named at `offset`. */
function callAt(file: ts.SourceFile, offset: number): Call | undefined {
  let found: Call | undefined;
  const visit = (node: ts.Node): void => {
    if (offset < node.getFullStart() || offset > node.getEnd()) return;
    const callee = isCall(node) ? calleeOf(node) : undefined;
    if (callee !== undefined && node.getStart() <= offset && offset <= callee.getEnd()) found = node as Call;
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function isCall(node: ts.Node): node is Call {
  return ts.isCallExpression(node) || ts.isNewExpression(node) || ts.isTaggedTemplateExpression(node);
}

function calleeOf(call: Call): ts.Expression {
  return ts.isTaggedTemplateExpression(call) ? call.tag : call.expression;
}

/** What a call is known by: of `shop.metrics.gauge`, `gauge`. */
function calleeName(call: Call): ts.Node {
  const callee = calleeOf(call);
  return ts.isPropertyAccessExpression(callee) ? callee.name : callee;
}

function locate(call: Call, path: ArgumentPath, { key, text }: Wanted): Stretch {
  stepsLeft = 500;
  let here: Found = { value: call, name: calleeName(call) };
  for (const part of path) {
    const next = child(here.value, part);
    if (next === undefined) return stretchOf(here, here.value === call);
    here = next;
  }
  return (text && stretchOfText(here.value, text)) ?? stretchOf(here, key);
}

/** A value of many lines is better shown by its name. */
function stretchOf({ value, name }: Found, key: boolean): Stretch {
  const shown = name !== undefined && (key || value.getText().includes("\n")) ? name : value;
  return { start: shown.getStart(), end: shown.getEnd() };
}

function stretchOfText(value: ts.Expression, { start, end, holes = [], raw = false }: TextSpan): Stretch | undefined {
  const origin = textOrigin(value, { holes, raw, follow });
  if (origin === undefined) return undefined;
  const { starts, ends } = origin;
  const after = ends.at(-1) ?? value.getEnd();
  const from = starts[start] ?? after;
  return { start: from, end: Math.max(from, end > start ? (ends[end - 1] ?? after) : from) };
}

function child(node: ts.Expression, part: PropertyKey): Found | undefined {
  const target = follow(node);
  if (stepsLeft <= 0) return undefined;
  if (ts.isObjectLiteralExpression(target)) return property(target, String(part));
  if (ts.isArrayLiteralExpression(target)) return element(target.elements, Number(part));
  if (!isCall(target)) return undefined;
  const given = ts.isTaggedTemplateExpression(target) ? [target.template] : (target.arguments ?? []);
  if (typeof part === "number") {
    const argument = element(given, part);
    return argument && { ...argument, name: calleeName(target) };
  }
  // A factory's call stands for the specification that it is given.
  for (const argument of [...given].reverse()) {
    const literal = follow(argument);
    const found = ts.isObjectLiteralExpression(literal) ? property(literal, String(part)) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function element(elements: readonly ts.Expression[], index: number): Found | undefined {
  const value = elements[index];
  // Behind a spread no one knows which number an element has.
  return value === undefined || elements.slice(0, index + 1).some(ts.isSpreadElement)
    ? undefined
    : { value, name: undefined };
}

/** The last of a literal's properties that is called `name`, also inside of what it spreads. */
function property(literal: ts.ObjectLiteralExpression, name: string): Found | undefined {
  for (const member of [...literal.properties].reverse()) {
    if (ts.isSpreadAssignment(member)) {
      const found = child(member.expression, name);
      if (found !== undefined) return found;
    } else if (nameText(member.name) === name) return { value: valueOfMember(member), name: member.name };
  }
  return undefined;
}

function valueOfMember(member: Exclude<ts.ObjectLiteralElementLike, ts.SpreadAssignment>): ts.Expression {
  if (ts.isPropertyAssignment(member)) return member.initializer;
  if (ts.isShorthandPropertyAssignment(member)) return member.name;
  // A method is no expression, but has the same places as one.
  return member as unknown as ts.Expression;
}

function nameText(name: ts.PropertyName): string | undefined {
  if (!ts.isComputedPropertyName(name)) return name.text;
  const value = follow(name.expression);
  return ts.isStringLiteralLike(value) || ts.isNumericLiteral(value) ? value.text : undefined;
}

/** How many names may still be followed: definitions that go round in circles are legal to write. */
let stepsLeft = 0;

/** Goes from names and members of names to the expressions that they stand for, as far as the file tells. */
function follow(node: ts.Expression): ts.Expression {
  let here = node;
  while (stepsLeft-- > 0) {
    const next = unwrapped(here) ?? referred(here);
    if (next === undefined) return here;
    here = next;
  }
  return here;
}

function unwrapped(node: ts.Expression): ts.Expression | undefined {
  return ts.isParenthesizedExpression(node) ||
    ts.isAsExpression(node) ||
    ts.isSatisfiesExpression(node) ||
    ts.isNonNullExpression(node)
    ? node.expression
    : undefined;
}

function referred(node: ts.Expression): ts.Expression | undefined {
  if (ts.isIdentifier(node)) return constantNamed(node);
  if (ts.isPropertyAccessExpression(node)) return member(node.expression, node.name.text);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression))
    return member(node.expression, node.argumentExpression.text);
  return undefined;
}

/** Members are looked up in literals and specifications alone: a method's name means nothing there. */
function member(object: ts.Expression, name: string): ts.Expression | undefined {
  return child(object, name)?.value;
}

/** What the nearest declaration of a name gives it, if that is a `const`. */
function constantNamed(identifier: ts.Identifier): ts.Expression | undefined {
  for (let scope: ts.Node | undefined = identifier.parent; scope !== undefined; scope = scope.parent) {
    for (const { name, constant } of declarationsIn(scope)) {
      if (ts.isIdentifier(name)) {
        if (name.text === identifier.text) return constant;
      } else {
        const bound = name.elements.find(
          (part) => ts.isBindingElement(part) && part.name.getText() === identifier.text,
        ) as ts.BindingElement | undefined;
        if (bound !== undefined) return constant && destructured(name, bound, constant);
      }
    }
  }
  return undefined;
}

interface Declaration {
  readonly name: ts.BindingName;
  /** What it is for good; `undefined` for a parameter, a variable and the like. */
  readonly constant: ts.Expression | undefined;
}

/** What a scope declares itself. */
function declarationsIn(scope: ts.Node): readonly Declaration[] {
  if (ts.isSourceFile(scope) || ts.isBlock(scope) || ts.isModuleBlock(scope) || ts.isCaseOrDefaultClause(scope))
    return scope.statements.flatMap(declarationsOf);
  if (ts.isFunctionLike(scope)) return scope.parameters.map(({ name }) => ({ name, constant: undefined }));
  if (ts.isForStatement(scope) || ts.isForOfStatement(scope) || ts.isForInStatement(scope))
    return scope.initializer !== undefined && ts.isVariableDeclarationList(scope.initializer)
      ? scope.initializer.declarations.map(({ name }) => ({ name, constant: undefined }))
      : [];
  return [];
}

function declarationsOf(statement: ts.Statement): readonly Declaration[] {
  if (ts.isVariableStatement(statement)) {
    const isConst = (statement.declarationList.flags & ts.NodeFlags.Const) !== 0;
    return statement.declarationList.declarations.map(({ name, initializer }) => ({
      name,
      constant: isConst ? initializer : undefined,
    }));
  }
  const isNamed = ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement);
  return isNamed && statement.name !== undefined ? [{ name: statement.name, constant: undefined }] : [];
}

function destructured(
  pattern: ts.ObjectBindingPattern | ts.ArrayBindingPattern,
  bound: ts.BindingElement,
  value: ts.Expression,
): ts.Expression | undefined {
  if (bound.dotDotDotToken !== undefined || bound.initializer !== undefined) return undefined;
  if (ts.isArrayBindingPattern(pattern)) return child(value, pattern.elements.indexOf(bound))?.value;
  const name = bound.propertyName ?? bound.name;
  return ts.isIdentifier(name) || ts.isStringLiteral(name) ? member(value, name.text) : undefined;
}
