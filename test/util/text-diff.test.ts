import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unifiedDiff } from "../../src/util/text-diff.ts";

describe("the difference of two texts", () => {
  it("is nothing for equal texts", () => {
    expect(unifiedDiff("", "")).toEqual([]);
    expect(unifiedDiff("a\nb", "a\nb")).toEqual([]);
  });

  it("shows changed lines with three around them, joining what is near", () => {
    const before = Array.from({ length: 30 }, (_, i) => `line ${i + 1}\n`);
    const after = before.with(4, "changed\n").with(9, "changed too\n").toSpliced(20, 1);
    expect(unifiedDiff(before.join(""), after.join(""))).toMatchInlineSnapshot(`
      [
        "@@ -2,12 +2,12 @@",
        " line 2",
        " line 3",
        " line 4",
        "-line 5",
        "+changed",
        " line 6",
        " line 7",
        " line 8",
        " line 9",
        "-line 10",
        "+changed too",
        " line 11",
        " line 12",
        " line 13",
        "@@ -18,7 +18,6 @@",
        " line 18",
        " line 19",
        " line 20",
        "-line 21",
        " line 22",
        " line 23",
        " line 24",
      ]
    `);
  });

  it.each([
    ["", "a\n", ["@@ -0,0 +1 @@", "+a"]],
    ["a\n", "", ["@@ -1 +0,0 @@", "-a"]],
    ["a", "a\n", ["@@ -1 +1 @@", "-a\n\\ No newline at end of file", "+a"]],
    ["a\r\n", "a\n", ["@@ -1 +1 @@", "-a\r", "+a"]],
  ])("of %j and %j is %j", (before, after, expected) => {
    expect(unifiedDiff(before, after)).toEqual(expected);
  });

  it("turns the one text into the other, in as few lines as can be", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c", "d", ""), { maxLength: 25 })
      .map((lines) => lines.map((line) => `${line}\n`).join(""));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const rows = unifiedDiff(before, after);
        expect(applied(before, rows)).toBe(after);
        const changed = rows.filter((row) => /^[-+]/.test(row)).length;
        const [a, b] = [before.split("\n"), after.split("\n")];
        expect(changed).toBe(a.length + b.length - 2 * longestCommon(a, b));
      }),
    );
  });

  it("does not take forever over texts that have nothing in common", () => {
    const lines = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word} ${i}\n`).join("");
    const start = performance.now();
    expect(unifiedDiff(lines("a"), lines("b"))).toHaveLength(40_001);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

/** Does what a diff says, minding the numbers of its lines. */
function applied(before: string, rows: readonly string[]): string {
  const lines = before.split(/(?<=\n)/).filter((line) => line !== "");
  const result: string[] = [];
  let taken = 0;
  for (const row of rows) {
    const [, start, count] = /^@@ -(\d+)(?:,(\d+))? /.exec(row) ?? [];
    if (start !== undefined) {
      const next = count === "0" ? Number(start) : Number(start) - 1;
      result.push(...lines.slice(taken, next));
      taken = next;
      continue;
    }
    if (row[0] !== "-") result.push(`${row.slice(1)}\n`);
    if (row[0] !== "+") expect(lines[taken++]).toBe(`${row.slice(1)}\n`);
  }
  return [...result, ...lines.slice(taken)].join("");
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let last = new Array<number>(b.length + 1).fill(0);
  for (const line of a) {
    const row = [0];
    for (const [j, other] of b.entries())
      row.push(line === other ? (last[j] ?? 0) + 1 : Math.max(last[j + 1] ?? 0, row[j] ?? 0));
    last = row;
  }
  return last.at(-1) ?? 0;
}
