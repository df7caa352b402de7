/** What a selector says about the labels of the series it selects. */
import { METRIC_NAME } from "../../../label/label-set.ts";
import { compileRegex, isRegexMistake, type Regex } from "../../../label/regex.ts";
import type { LabelMatcher, Span, VectorSelector } from "../../ast.ts";
import { holdsVariable } from "../../language.ts";
import { quote } from "../../quote.ts";
import type { LabelFlowOptions, MetricFacts } from "./catalog.ts";
import type { LabelFact } from "./facts.ts";
import type { Flow } from "./flow.ts";
import { fact, UNKNOWN_VALUE, type ValueFact, valueByName } from "./value.ts";

/** The facts about a selector's series. */
export function selectorFlow(node: VectorSelector, { catalog, variables = false }: LabelFlowOptions): Flow {
  const { span } = node;
  const open = (text: string) => variables && holdsVariable(text);
  const named = new Map<string, LabelFact>();
  const matchers = new Map<string, LabelMatcher[]>();
  for (const matcher of node.matchers) {
    if (matcher.name !== "" && !open(matcher.name) && !open(matcher.value))
      matchers.set(matcher.name, [...(matchers.get(matcher.name) ?? []), matcher]);
  }
  if (node.name !== undefined) {
    const reason = "the selector names the metric";
    named.set(METRIC_NAME, { status: "has", reason, span, values: open(node.name) ? undefined : [node.name] });
  }
  const known = metricName(node);
  const metric = known === undefined ? undefined : catalog?.(known);
  if (metric?.labels !== undefined) described(metric, span, named);
  const closed = metric?.labels !== undefined && metric.open !== true;
  const others: LabelFact = closed
    ? { status: "cannot", reason: "the metric is known not to have it", span }
    : { status: "may", reason: "the series may have it", span };
  let never: string | undefined;
  for (const [name, group] of matchers) {
    const result = matched(named.get(name) ?? others, group);
    if (typeof result === "string") never ??= result;
    else named.set(name, result);
  }
  return {
    labels: { named, others },
    returns:
      never === undefined
        ? { when: "sometimes", reason: "there may be no such series", span }
        : { when: "never", reason: never, span },
    value: valueFact(known, metric),
  };
}

/**
 * The metric that a selector selects, where it is one by name.
 *
 * ```ts
 * const expr = parseOrThrow('{__name__="stock"}');
 * if (expr.kind === "VectorSelector") metricName(expr); // "stock"
 * ```
 */
export function metricName({ name, matchers }: VectorSelector): string | undefined {
  return name ?? matchers.find((matcher) => matcher.name === METRIC_NAME && matcher.op === "=")?.value;
}

function described({ labels = {} }: MetricFacts, span: Span, named: Map<string, LabelFact>): void {
  for (const [label, { values, optional }] of Object.entries(labels)) {
    const status = optional ? "may" : "has";
    const reason = optional ? "the metric is known to have it at times" : "the metric is known to have it";
    named.set(label, { status, reason, span, values });
  }
}

/** What several matchers on one label leave of it; a text says why nothing is left. */
function matched(before: LabelFact, matchers: readonly LabelMatcher[]): LabelFact | string {
  const tests = matchers.map(tester).filter((test) => test !== undefined);
  const passes = (value: string) => tests.every(({ test }) => test(value));
  let { values } = before;
  for (const { values: own } of tests) {
    if (own !== undefined) values = values === undefined ? own : values.filter((value) => own.includes(value));
  }
  const left = values?.filter((value) => value !== "" && passes(value));
  const absent = passes("") && before.status !== "has";
  const [{ span } = before] = matchers;
  const shown = matchers.map(({ name, op, value }) => `${name}${op}${quote(value)}`).join(" and ");
  if (absent) {
    if (before.status === "cannot") return before;
    if (left?.length === 0) return { status: "cannot", reason: `${shown} asks for its absence`, span };
    return left === undefined
      ? before
      : { status: "may", reason: `${shown} also lets it be absent`, span, values: left };
  }
  if (before.status === "cannot") return `${shown} asks for a label, and ${before.reason}`;
  if (left?.length === 0) {
    const known = before.values !== undefined || before.status === "has";
    return known ? `${shown} asks for a value that is not among the known ones` : `${shown} contradict each other`;
  }
  return { status: "has", reason: `${shown} asks for it`, span, values: left };
}

interface Test {
  readonly test: (value: string) => boolean;
  readonly values: readonly string[] | undefined;
}

function tester({ op, value }: LabelMatcher): Test | undefined {
  if (op === "=") return { test: (text) => text === value, values: [value] };
  if (op === "!=") return { test: (text) => text !== value, values: undefined };
  const regex = compileRegex(value);
  if (isRegexMistake(regex)) return undefined;
  return op === "=~" ? { test: regex.test, values: regex.values } : { test: not(regex), values: undefined };
}

function not(regex: Regex): (value: string) => boolean {
  return (text) => !regex.test(text);
}

function valueFact(name: string | undefined, metric: MetricFacts | undefined): ValueFact {
  if (metric?.type !== undefined || metric?.unit !== undefined) {
    const byName = name === undefined ? UNKNOWN_VALUE : valueByName(name);
    const meaning = metric.type === undefined ? byName.meaning : metric.type === "summary" ? "gauge" : metric.type;
    return fact(meaning, metric.unit ?? byName.unit, byName.range, "catalog");
  }
  return name === undefined ? UNKNOWN_VALUE : valueByName(name);
}
