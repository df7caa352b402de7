/**
 * The official grammar of the editors, lezer-promql, as a second opinion on which texts are PromQL. Wherever it differs
 * from ours, the difference is one of those explained here; Prometheus itself decides which of the two is right.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parser } from "@prometheus-io/lezer-promql";
import { describe, expect, it } from "vitest";
import { parse } from "../../src/promql/parse/parse.ts";
import { CORPORA, hasCorpora, readRows } from "../corpora.ts";

/** Texts that we take and lezer does not; Prometheus takes them. */
const WE_ACCEPT: Readonly<Record<string, RegExp>> = {
  "a number may end with its point": /\d\.(?:\D|$)/,
  "min_of and max_of are functions outside durations too": /\bm(?:in|ax)_of\(/,
  "a metric may be called offset": /(?:^|\W)offset\{/,
};

/** Our messages about texts that lezer takes; Prometheus refuses them with the same words. */
const WE_REFUSE: Readonly<Record<string, RegExp>> = {
  "an editor's grammar does not look into strings": /escape sequence/,
  "nor at the size of numbers": /value out of range|duration out of range/,
  "nor at what durations come to": /duration must be greater than 0|division by zero|modulo by zero/,
  "nor at what a range is over": /ranges only allowed for vector selectors|modifiers allowed before range/,
  "nor at how many arguments an aggregation has": /no arguments for aggregate expression/,
};

describe.skipIf(!hasCorpora)("lezer's opinion on the corpora", () => {
  const texts = hasCorpora ? corpusExpressions() : [];

  it("is ours, or the difference is explained", () => {
    const unexplained: string[] = [];
    for (const text of texts) {
      const [ours] = parse(text).errors;
      if (lezerRefuses(text) === (ours !== undefined)) continue;
      const known = ours === undefined ? WE_ACCEPT : WE_REFUSE;
      const shown = ours === undefined ? text : ours.message;
      if (!Object.values(known).some((pattern) => pattern.test(shown))) unexplained.push(`${text}: ${shown}`);
    }
    expect(unexplained).toEqual([]);
  });

  it("differs on less than one text in a hundred", () => {
    const differing = texts.filter((text) => lezerRefuses(text) !== parse(text).errors.length > 0);
    expect(differing.length).toBeLessThan(texts.length / 100);
    expect(texts.length).toBeGreaterThan(5000);
  });
});

function lezerRefuses(text: string): boolean {
  let refused = false;
  parser.parse(text).iterate({
    enter: ({ type }) => {
      refused ||= type.isError;
    },
  });
  return refused;
}

/** Every expression of the corpora in which no dashboard's variable stands. */
function corpusExpressions(): readonly string[] {
  const texts = new Set<string>();
  for (const { input } of readRows<{ input: string }>("promql/valid-invalid.jsonl")) texts.add(input);
  for (const row of readRows<{ in: string }>("promql/format.jsonl")) texts.add(row.in);
  for (const { expr, grafana_vars } of readRows<{ expr: string; grafana_vars?: boolean }>("promql/expressions.jsonl"))
    if (!grafana_vars) texts.add(expr);
  const scripts = join(CORPORA, "promqltest");
  for (const file of readdirSync(scripts)) {
    for (const line of readFileSync(join(scripts, file), "utf8").split("\n")) {
      const [, text] = /^\s*eval(?:_\w+)? (?:instant at \S+|range from \S+ to \S+ step \S+) (.*)$/.exec(line) ?? [];
      if (text !== undefined) texts.add(text);
    }
  }
  return [...texts];
}
