/**
 * What label flow says of an expression must hold for whatever data there is. So: real expressions, random series that
 * their selectors find, and the evaluator's answers held against what was said.
 */
import { describe, expect, it } from "vitest";
import { EvaluationError } from "../../src/engine/evaluate/error.ts";
import { compileQuery } from "../../src/engine/query.ts";
import { MemoryStorage } from "../../src/engine/storage/memory-storage.ts";
import { matcherTest } from "../../src/label/matcher.ts";
import { compileRegex, isRegexMistake } from "../../src/label/regex.ts";
import { analyze } from "../../src/promql/analyze.ts";
import type { Expr, LabelMatcher, VectorSelector } from "../../src/promql/ast.ts";
import { labelFact } from "../../src/promql/type/flow/facts.ts";
import { labelFlow } from "../../src/promql/type/label-flow.ts";
import { walk } from "../../src/promql/walk.ts";
import { hasCorpora, readRows } from "../corpora.ts";
import { PROPERTY_SEED, runs } from "../helpers/property-runs.ts";

/** Numbers that are the same in every run. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const AT = 3_600_000;
const POOL = ["a", "b", "1", "500", "0.5", "+Inf"];

/** A storage with series that the selectors of `expr` find, and with others that they just miss. */
function storageFor(expr: Expr, pick: (below: number) => number): MemoryStorage {
  const storage = new MemoryStorage();
  const nodes = [...walk(expr)];
  const selectors = nodes.filter((node) => node.kind === "VectorSelector");
  const labels = new Set(["job", "le", "extra"]);
  for (const node of nodes) {
    if (node.kind === "AggregateExpr") for (const label of node.grouping) labels.add(label);
    if (node.kind === "BinaryExpr") for (const label of node.matching?.labels ?? []) labels.add(label);
    if (node.kind === "VectorSelector") for (const { name } of node.matchers) labels.add(name);
  }
  labels.delete("__name__");
  const seen = new Set<string>();
  for (const selector of selectors) {
    for (let i = 0; i < 4; i++) {
      const series = seriesFor(selector, [...labels], pick);
      const key = JSON.stringify(Object.entries(series).sort());
      if (seen.has(key)) continue;
      seen.add(key);
      let value = pick(5) - 1;
      for (let time = AT - 1_200_000; time <= AT; time += 60_000) {
        storage.append(series, time, value);
        value += pick(4) === 0 ? -1 : pick(3);
      }
    }
  }
  return storage;
}

function seriesFor(selector: VectorSelector, others: readonly string[], pick: (below: number) => number) {
  const labels: Record<string, string> = {};
  for (const name of others) if (pick(3) === 0) labels[name] = POOL[pick(POOL.length)] ?? "a";
  if (selector.name !== undefined) labels.__name__ = selector.name;
  for (const { name } of selector.matchers) {
    const own = selector.matchers.filter((matcher) => matcher.name === name);
    const fits = candidates(own).filter((value) => own.every((matcher) => matcherTest(matcher)(value)));
    const value = fits[pick(fits.length)];
    if (value !== undefined) labels[name] = value;
  }
  labels.__name__ ??= "other";
  for (const [name, value] of Object.entries(labels)) if (value === "") delete labels[name];
  return labels;
}

/** Values that may fit matchers: what they name, and what such expressions usually ask for. */
function candidates(matchers: readonly LabelMatcher[]): readonly string[] {
  const values = ["", ...POOL, "503", "404", "GET", "/", "prod", "eth0", "kubelet"];
  for (const { op, value } of matchers) {
    const regex = op === "=~" ? compileRegex(value) : undefined;
    if (regex !== undefined && !isRegexMistake(regex)) values.push(...(regex.values ?? []));
    values.push(value, value.replace(/\.[*+]|[\\^$()?]/g, ""), value.split("|")[0] ?? "");
  }
  return values;
}

/** What was said and does not hold. */
function contradictions(expr: Expr, pick: (below: number) => number): readonly string[] {
  const { labels, returns, value } = labelFlow(expr);
  const storage = storageFor(expr, pick);
  const found: string[] = [];
  let result: ReturnType<ReturnType<typeof compileQuery>["instant"]>;
  try {
    result = compileQuery(expr).instant(storage, AT);
  } catch (error) {
    // Several series on the side that must have one: that is what this data came to.
    if (error instanceof EvaluationError) return [];
    throw error;
  }
  if (result.type !== "vector") return [];
  if (returns.when === "never" && result.samples.length > 0) found.push(`returns something, though ${returns.reason}`);
  if (returns.when === "always" && result.samples.length === 0) found.push(`returns nothing, though ${returns.reason}`);
  for (const sample of result.samples) {
    for (const name of new Set([...Object.keys(sample.labels), ...labels.named.keys()])) {
      const { status, values, reason } = labelFact(labels, name);
      const is = sample.labels[name] ?? "";
      if (status === "cannot" && is !== "") found.push(`has ${name}=${is}, though ${reason}`);
      if (status === "has" && is === "") found.push(`lacks ${name}, though ${reason}`);
      if (values !== undefined && is !== "" && !values.includes(is)) found.push(`${name}=${is}, though ${reason}`);
    }
    const { min, max, nan } = value.range;
    const number = sample.value;
    if (typeof number !== "number") continue;
    // Sums lose a little to rounding.
    const slack = 1e-9 * Math.max(1, Math.abs(number));
    if (Number.isNaN(number) ? !nan : number < min - slack || number > max + slack)
      found.push(`is ${number}, though it should be from ${min} to ${max}${nan ? " or NaN" : ""}`);
  }
  return found;
}

describe("what label flow says", () => {
  it.skipIf(!hasCorpora)("holds for real expressions over random series", { timeout: 300_000 * runs(1) }, () => {
    const rows = readRows<{ expr: string; grafana_vars?: boolean }>("promql/expressions.jsonl");
    const broken: string[] = [];
    let judged = 0;
    for (const { expr: text, grafana_vars } of rows) {
      const { expr, errors } = grafana_vars ? { expr: undefined, errors: [] } : analyze(text);
      if (expr === undefined || errors.length > 0 || text.length > 2000) continue;
      judged++;
      for (let seed = 1; seed <= runs(3); seed++)
        for (const what of contradictions(expr, random(PROPERTY_SEED + seed * 7919))) broken.push(`${text}\n  ${what}`);
    }
    expect(broken.slice(0, 20)).toEqual([]);
    expect(judged).toBeGreaterThan(3000);
  });

  it("holds for made-up expressions over random series", { timeout: 120_000 * runs(1) }, () => {
    const broken: string[] = [];
    let judged = 0;
    for (let seed = 1; seed <= runs(3000); seed++) {
      const pick = random(PROPERTY_SEED + seed);
      const text = madeUp(pick, 3);
      const { expr, errors } = analyze(text);
      // What is made up may match and include the same label.
      if (expr === undefined || errors.length > 0) continue;
      judged++;
      for (const what of contradictions(expr, pick)) broken.push(`${text}\n  ${what}`);
    }
    expect(broken.slice(0, 20)).toEqual([]);
    expect(judged).toBeGreaterThan(2000);
  });
});

/** An expression out of everything that label flow knows something about. */
function madeUp(pick: (below: number) => number, depth: number): string {
  const one = <T>(...all: readonly T[]): T => all[pick(all.length)] as T;
  const sub = () => madeUp(pick, depth - 1);
  const label = () => one("job", "le", "extra", "sku");
  const matchers = () =>
    one(
      "",
      '{job="a"}',
      '{job="a", sku!=""}',
      '{sku=~"a|b"}',
      '{sku=~"a|"}',
      '{job!~"a"}',
      '{job=""}',
      '{le="1", le=~"1|2"}',
      '{job="a", job="b"}',
    );
  const selector = () => `${one("x", "y", "z_bucket", "x_total")}${matchers()}`;
  if (depth === 0) return one(selector(), selector(), "vector(1)", "vector(time())");
  const grouping = () =>
    one("", ` by (${label()})`, ` by (${label()}, ${label()})`, ` without (${label()})`, " by (__name__)");
  const matching = () =>
    one(
      "",
      "",
      `on (${label()})`,
      `ignoring (${label()})`,
      "on ()",
      `on (${label()}) group_left (${label()})`,
      `on (${label()}) group_right ()`,
      "fill (0)",
      "fill_left (1)",
    );
  const number = () => one("0", "1", "2", "-1", "0.5");
  switch (pick(14)) {
    case 0:
      return `${one("sum", "avg", "min", "max", "count", "group", "stddev")}${grouping()} (${sub()})`;
    case 1:
      return `${one("topk", "bottomk", "quantile", "limitk")}${grouping()} (${one("0", "1", "2")}, ${sub()})`;
    case 2:
      return `count_values${grouping()} ("${label()}", ${sub()})`;
    case 3:
      return `${one("rate", "increase", "delta", "changes", "last_over_time", "avg_over_time", "max_over_time", "count_over_time", "absent_over_time", "present_over_time", "stddev_over_time")}(${selector()}[10m])`;
    case 4:
      return `${one("abs", "ceil", "sgn", "sqrt", "absent", "timestamp", "sort", "minute", "day_of_week", "exp", "-", "histogram_count")}(${sub()})`;
    case 5:
      return `histogram_quantile(0.9, ${sub()})`;
    case 6:
      return `label_replace(${sub()}, "${label()}", "${one("", "a", "$1", "x$1")}", "${one("job", "sku", "", "nothing")}", "${one("", "(.*)", ".*", "a", "(a)|b", "(.+)")}")`;
    case 7:
      return `label_join(${sub()}, "${label()}", "${one("", "-")}", "${label()}"${one("", ', "job"')})`;
    case 8:
      return `clamp(${sub()}, ${number()}, ${number()})`;
    case 9:
      return `(${sub()}) ${one("+", "-", "*", "/", "%", "==", ">", "<=", "> bool", "!= bool")} ${number()}`;
    case 10:
      return `${number()} ${one("-", "*", "<", "== bool", ">=")} (${sub()})`;
    case 11:
      return `(${sub()}) ${one("+", "*", "/", ">", "==", "> bool")} ${matching()} (${sub()})`;
    case 12:
      return `(${sub()}) ${one("and", "or", "unless")} ${one("", `on (${label()})`, `ignoring (${label()})`, "on ()")} (${sub()})`;
    default:
      return `max_over_time((${sub()})[10m:1m])`;
  }
}
