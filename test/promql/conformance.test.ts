import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { conformance } from "../conformance/parser.ts";
import { CORPORA, hasCorpora } from "../corpora.ts";

describe.skipIf(!hasCorpora)("the corpora of PromQL", () => {
  it.each([
    "valid-invalid.jsonl",
    "format.jsonl",
    "series-notation.jsonl",
    "expressions.jsonl",
    "grafana-variable-queries.jsonl",
  ])("agree with us: %s", { timeout: 60_000 }, (file) => {
    const { failed, passed, lines } = conformance([join(CORPORA, "promql", file)]);
    expect(lines.filter((line) => line.startsWith("FAIL"))).toEqual([]);
    expect(failed).toBe(0);
    expect(passed).toBeGreaterThan(0);
  });
});
