/** What functions do to labels, to whether there are results, and to what values mean. */
import { METRIC_NAME } from "../../../label/label-set.ts";
import { compileRegex, isRegexMistake } from "../../../label/regex.ts";
import type { Call, Expr, LabelMatcher, Span } from "../../ast.ts";
import { type FunctionSignature, functionNamed, type LabelEffect } from "../../functions.ts";
import { asksForPresence } from "../presence.ts";
import { callValue } from "./call-value.ts";
import {
  type LabelFact,
  type LabelFacts,
  labelFact,
  NAME_LABELS,
  onlyLabels,
  withLabels,
  withoutLabels,
} from "./facts.ts";
import type { Flow, Returns } from "./flow.ts";
import { constantOf } from "./range.ts";
import { UNKNOWN_VALUE } from "./value.ts";

/** The facts about a call's results, given those about its arguments. */
export function callFlow(call: Call, args: readonly Flow[]): Flow {
  const signature = functionNamed(call.func);
  if (signature === undefined) return unknownCall(call);
  const at = signature.args.findIndex((type) => type === "vector" || type === "matrix");
  const vector = args[at];
  const value = callValue(call.func, signature, args, vector);
  if (vector === undefined) {
    // vector(1), time(), hour(): one value without labels.
    const reason = `${call.func}() has no labels`;
    const returns: Returns = { when: "always", reason: `${call.func}() always has a value`, span: call.span };
    return { labels: onlyLabels(new Map(), reason, call.span), returns, value };
  }
  return {
    labels: LABELS[signature.labels](call, vector.labels, args),
    returns: returnsOf(call, signature, args, vector),
    value,
  };
}

function unknownCall({ func, span }: Call): Flow {
  const reason = `what ${func}() does is not known`;
  return {
    labels: { named: new Map(), others: { status: "may", reason, span } },
    returns: { when: "sometimes", reason, span },
    value: UNKNOWN_VALUE,
  };
}

type Effect = (call: Call, labels: LabelFacts, args: readonly Flow[]) => LabelFacts;

const LABELS: Readonly<Record<LabelEffect, Effect>> = {
  "keeps-all": (_, labels) => labels,
  "drops-name": ({ func, span }, labels) =>
    withoutLabels(labels, NAME_LABELS, `${func}() drops the metric's name`, span),
  "drops-all": ({ func, span }) => onlyLabels(new Map(), `${func}() has no labels`, span),
  "drops-bucket": dropsBucket,
  "from-matchers": fromMatchers,
  "sets-quantile-label": (call, labels) => {
    const label = textOf(call.args[1]);
    const dropped = dropsBucket(call, labels);
    if (label === undefined) return dropped;
    return withLabels(dropped, [[label, has(`${call.func}() writes the quantile into it`, call.span)]]);
  },
  "replaces-label": replacesLabel,
  "joins-label": joinsLabel,
  "adds-info": addsInfo,
};

function dropsBucket({ func, span }: Call, labels: LabelFacts): LabelFacts {
  return withoutLabels(
    labels,
    [...NAME_LABELS, "le"],
    `${func}() drops the metric's name and the bounds of buckets`,
    span,
  );
}

/** What absent() knows of the series that is not there: each label on which there is one matcher, and that one says `=`. */
function fromMatchers({ func, args, span }: Call): LabelFacts {
  const selector = selectorIn(args[0]);
  const once = new Map<string, LabelFact>();
  const seen = new Set<string>();
  for (const { name, op, value, span: place } of selector?.matchers ?? []) {
    if (name === METRIC_NAME) continue;
    if (op !== "=" || seen.has(name)) once.delete(name);
    else if (value !== "") once.set(name, has(`${func}() takes it over from the matcher`, place, [value]));
    if (op === "=") seen.add(name);
  }
  return onlyLabels(once, `${func}() knows no labels but those that matchers fix`, span);
}

function selectorIn(expr: Expr | undefined): { readonly matchers: readonly LabelMatcher[] } | undefined {
  if (expr?.kind === "ParenExpr") return selectorIn(expr.expr);
  if (expr?.kind === "MatrixSelector") return expr.selector;
  return expr?.kind === "VectorSelector" ? expr : undefined;
}

/** Expressions that match every text; those with all of it as their first group; templates of nothing but that group. */
const ANYTHING = /^\^?(?:\(\.\*\)|\.\*)\$?$/;
const ANYTHING_IN_GROUP = /^\^?\(\.\*\)\$?$/;
const WHOLE_GROUP = /^\$(?:1|\{1\})$/;

function replacesLabel({ func, args, span }: Call, labels: LabelFacts): LabelFacts {
  const [target, template, source, pattern] = args.slice(1).map(textOf);
  if (target === undefined) return { named: new Map(), others: { ...labels.others, status: "may" } };
  const before = labelFact(labels, target);
  const from = source === undefined ? undefined : sourceFact(labels, source, span);
  const literal = template !== undefined && !template.includes("$") ? template : undefined;
  const regex = pattern === undefined ? undefined : compileRegex(pattern);
  const test = regex === undefined || isRegexMistake(regex) ? undefined : regex.test;
  const inputs = from === undefined ? undefined : inputsOf(from);
  const matches = ANYTHING.test(pattern ?? "") || (test !== undefined && inputs?.every(test));
  const reason = `${func}() writes it`;
  if (test !== undefined && inputs !== undefined && !inputs.some(test)) return labels;
  let written: LabelFact = { status: "may", reason, span };
  if (literal !== undefined)
    written =
      literal === "" ? { status: "cannot", reason: `${func}() removes it`, span } : has(reason, span, [literal]);
  else if (from !== undefined && WHOLE_GROUP.test(template ?? "") && ANYTHING_IN_GROUP.test(pattern ?? ""))
    written = { ...from, reason: `${func}() copies it from ${source}`, span };
  if (matches) return withLabels(labels, [[target, written]]);
  const status = before.status === written.status ? before.status : "may";
  const values = before.values && written.values && [...new Set([...before.values, ...written.values])];
  return withLabels(labels, [[target, { status, reason: `${reason} where the expression matches`, span, values }]]);
}

/** What is known of a label that is read; nothing is ever in the label without a name. */
function sourceFact(labels: LabelFacts, name: string, span: Span): LabelFact {
  return name === "" ? { status: "cannot", reason: "a label has a name", span } : labelFact(labels, name);
}

/** Every value a label can have, an absent one counting as empty; `undefined` where they are not known. */
function inputsOf({ status, values }: LabelFact): readonly string[] | undefined {
  if (status === "cannot") return [""];
  return status === "has" ? values : values && ["", ...values];
}

function joinsLabel({ func, args, span }: Call, labels: LabelFacts): LabelFacts {
  const [target, separator, ...sources] = args.slice(1).map(textOf);
  if (target === undefined) return { named: new Map(), others: { ...labels.others, status: "may" } };
  const from = sources.map((source) => (source === undefined ? undefined : sourceFact(labels, source, span)));
  const parts = from.map((source) => (source === undefined ? undefined : onlyInput(source)));
  const reason = `${func}() writes it`;
  let written: LabelFact = { status: "may", reason, span };
  if (parts.every((part) => part !== undefined) && separator !== undefined) {
    const value = parts.join(separator);
    written = value === "" ? { status: "cannot", reason: `${func}() removes it`, span } : has(reason, span, [value]);
  } else if (
    (from.length > 1 && separator !== "" && separator !== undefined) ||
    from.some((source) => source?.status === "has")
  )
    written = has(reason, span);
  return withLabels(labels, [[target, written]]);
}

function onlyInput(fact: LabelFact): string | undefined {
  const inputs = inputsOf(fact);
  return inputs?.length === 1 ? inputs[0] : undefined;
}

function addsInfo({ func, args, span }: Call, labels: LabelFacts): LabelFacts {
  const selector = args[1];
  const reason = `${func}() adds the labels of info metrics`;
  const may: LabelFact = { status: "may", reason, span };
  if (selector?.kind !== "VectorSelector")
    return { named: labels.named, others: { ...may, ...onlyMay(labels.others) } };
  const added = selector.matchers.filter(({ name }) => name !== METRIC_NAME);
  return withLabels(
    labels,
    added.map((matcher) => {
      const before = labelFact(labels, matcher.name);
      const wanted = asksForPresence(matcher) ? has(reason, span) : may;
      return [matcher.name, before.status === "has" ? before : wanted];
    }),
  );
}

function onlyMay(fact: LabelFact): Partial<LabelFact> {
  return fact.status === "may" ? fact : {};
}

function has(reason: string, span: Span, values?: readonly string[]): LabelFact {
  return { status: "has", reason, span, values };
}

/** The text of a string argument. */
function textOf(expr: Expr | undefined): string | undefined {
  if (expr?.kind === "ParenExpr") return textOf(expr.expr);
  return expr?.kind === "StringLiteral" ? expr.value : undefined;
}

/** Functions that pass over floats, or over series that they know nothing about. */
const SELECTIVE = /^(?:histogram_|info$|start_timestamp$)/;

function returnsOf(call: Call, signature: FunctionSignature, args: readonly Flow[], vector: Flow): Returns {
  const { func, span } = call;
  const { when, reason, span: place } = vector.returns;
  if (signature.returns === "scalar") return { when: "always", reason: `${func}() always has a value`, span };
  if (signature.labels === "from-matchers") {
    if (when === "always")
      return { when: "never", reason: `${func}() has no result where there is input: ${reason}`, span };
    if (when === "never")
      return { when: "always", reason: `${func}() has a result where there is no input: ${reason}`, span };
    return { when: "sometimes", reason: `${func}() has a result only where there is no input`, span };
  }
  if (func === "clamp") {
    const [least, greatest] = [args[1], args[2]].map((arg) => arg && constantOf(arg.value.range));
    if (least !== undefined && greatest !== undefined && least > greatest)
      return { when: "never", reason: `${func}() returns nothing where its least value is above its greatest`, span };
  }
  const passes = signature.args[0] === "vector" && !SELECTIVE.test(func);
  if (when !== "always" || passes) return { when, reason, span: place };
  return { when: "sometimes", reason: `${func}() passes over what it cannot work on`, span };
}
