import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../../src/diagnostic/diagnostic.ts";
import { countDiagnostics } from "../../../src/diagnostic/report/pretty.ts";
import { type ReportFormat, type ReportOptions, report } from "../../../src/diagnostic/report/reporter.ts";

const source = `import { gauge } from "tocsin";

export const stock = gauge("stock", {
  labels: { skuu: upTo(5) },
});
`;

function mark(text: string, piece: string, file: string | undefined = "monitors/shop.ts") {
  const start = text.indexOf(piece);
  return { file, source: text, start, end: start + piece.length };
}

const unknownLabel: Diagnostic = {
  code: "model/unknown-label",
  severity: "error",
  message: 'gauge "stock" has no label "skuu". Did you mean "sku"?',
  help: "Declare the label, or use one that is declared.",
  place: mark(source, "skuu"),
  related: [{ message: "declared here", place: mark(source, "gauge(") }],
};
const noPlace: Diagnostic = { code: "out/locked", severity: "warning", message: "Another build is writing." };

function said(format: ReportFormat, diagnostics: readonly Diagnostic[], options?: ReportOptions): string {
  return report(format, diagnostics, options);
}

describe("the pretty report", () => {
  it("shows place, code, message, the lines with a mark, help, and what belongs to it", () => {
    expect(said("pretty", [unknownLabel, noPlace])).toMatchInlineSnapshot(`
      "warning out/locked: Another build is writing.

      monitors/shop.ts:4:13 - error model/unknown-label: gauge "stock" has no label "skuu". Did you mean "sku"?
        3 │ export const stock = gauge("stock", {
        4 │   labels: { skuu: upTo(5) },
          │             ^^^^
        5 │ });
        help: Declare the label, or use one that is declared.
        monitors/shop.ts:3:22 - declared here
        3 │ export const stock = gauge("stock", {
          │                      ^^^^^^
        4 │   labels: { skuu: upTo(5) },

      "
    `);
  });

  it("colours where asked to, and there alone", () => {
    expect(said("pretty", [unknownLabel], { color: true })).toContain("\u001b[31merror\u001b[39m");
    expect(said("pretty", [unknownLabel])).not.toContain("\u001b");
  });

  it.each([
    ["tabs", "\tlabels:\t{ skuu }", "skuu", 1],
    ["wide characters", 'const 商品 = "在庫🔔é"; skuu', "skuu", 1],
    ["combining characters and joined emoji", 'const n\u0303 = "👩‍👩‍👧‍👦"; skuu', "skuu", 1],
    ["Windows line ends", "a\r\nb skuu\r\nc", "skuu", 2],
    ["control characters", '"\u001b[31m\u0000\u202e" + skuu', "skuu", 1],
  ])("sets the mark under the right columns behind %s", (_, text, piece, line) => {
    const shown = said("pretty", [{ ...noPlace, place: mark(text, piece) }]);
    const rows = shown.split("\n");
    const code = rows.find((row) => row.trimStart().startsWith(`${line} │`)) ?? "";
    const carets = rows.find((row) => row.includes("^")) ?? "";
    expect(cells(code.slice(0, code.indexOf(piece)))).toBe(carets.indexOf("^"));
    expect(carets.trim()).toMatch(/\^{4}$/);
    expect(shown).not.toMatch(/(?!\n)[\p{Cc}\u202e]/u);
  });

  it("shows the marked part of a line that is longer than the screen", () => {
    const text = `const x = "${"a".repeat(500)}" + skuu + "${"b".repeat(500)}";`;
    const shown = said("pretty", [{ ...noPlace, place: mark(text, "skuu") }], { width: 60 });
    expect(shown).toMatchInlineSnapshot(`
      "monitors/shop.ts:1:516 - warning out/locked: Another build is writing.
        1 │ …aaaaaaaa" + skuu + "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…
          │              ^^^^

      "
    `);
    for (const row of shown.split("\n").slice(1)) expect(row.length).toBeLessThanOrEqual(60);
  });

  it.each([
    ["of several lines", source, mark(source, 'gauge("stock", {\n  labels: { skuu: upTo(5) },\n})')],
    ["that is empty, at the end", "abc", { file: "a.ts", source: "abc", start: 3, end: 3 }],
    ["in an empty file", "", { file: "a.ts", source: "", start: 0, end: 0 }],
    ["beyond the text", "abc", { file: "a.ts", source: "abc", start: 90, end: 95 }],
    ["without a file", "sum(up", { file: undefined, source: "sum(up", start: 4, end: 6 }],
  ])("shows a stretch %s", (_name, _text, place) => {
    expect(said("pretty", [{ ...noPlace, place }])).toMatchSnapshot();
  });

  it("counts", () => {
    expect(countDiagnostics([])).toBe("");
    expect(countDiagnostics([unknownLabel])).toBe("1 error");
    expect(countDiagnostics([unknownLabel, unknownLabel, noPlace])).toBe("2 errors and 1 warning");
    expect(countDiagnostics([unknownLabel, noPlace, { ...noPlace, severity: "info" }])).toBe(
      "1 error, 1 warning and 1 note",
    );
  });
});

/** What a terminal makes of a text, for the characters of these tests. */
function cells(text: string): number {
  const wide = /[\u3040-\u9fff]|🔔|👩‍👩‍👧‍👦/gu;
  return text.replace(wide, "xx").replace(/\p{Mn}/gu, "").length;
}

describe("the JSON report", () => {
  it("gives every fact, with places as line, column and offset", () => {
    expect(JSON.parse(said("json", [unknownLabel, noPlace]))).toEqual({
      diagnostics: [
        { code: "out/locked", severity: "warning", message: "Another build is writing." },
        {
          code: "model/unknown-label",
          severity: "error",
          message: unknownLabel.message,
          help: unknownLabel.help,
          place: {
            file: "monitors/shop.ts",
            start: { line: 4, column: 13, offset: source.indexOf("skuu") },
            end: { line: 4, column: 17, offset: source.indexOf("skuu") + 4 },
          },
          related: [
            {
              message: "declared here",
              place: {
                file: "monitors/shop.ts",
                start: { line: 3, column: 22, offset: 54 },
                end: { line: 3, column: 28, offset: 60 },
              },
            },
          ],
        },
      ],
    });
    expect(said("json", [])).toBe('{\n  "diagnostics": []\n}\n');
  });
});

describe("the GitHub report", () => {
  it("is one command a line", () => {
    expect(said("github", [unknownLabel, noPlace, { ...noPlace, severity: "info" }], { prefix: "apps/shop/" })).toBe(
      [
        "::warning title=tocsin out/locked::Another build is writing.",
        "::notice title=tocsin out/locked::Another build is writing.",
        '::error file=apps/shop/monitors/shop.ts,line=4,endLine=4,col=13,endColumn=17,title=tocsin model/unknown-label::gauge "stock" has no label "skuu". Did you mean "sku"?%0ADeclare the label, or use one that is declared.',
        "",
      ].join("\n"),
    );
    expect(said("github", [])).toBe("");
  });

  it("lets no text end its command or begin another", () => {
    const hostile = "50% off\r\n::error::x\n%0A";
    const place = { ...mark(source, "gauge"), file: "a,b:c%\n.ts" };
    expect(said("github", [{ ...noPlace, message: hostile, place }])).toBe(
      "::warning file=a%2Cb%3Ac%25%0A.ts,line=1,endLine=1,col=10,endColumn=15,title=tocsin out/locked::50%25 off%0D%0A::error::x%0A%250A\n",
    );
  });
});

describe("the SARIF report", () => {
  it("is a log of version 2.1.0", () => {
    expect(
      JSON.parse(said("sarif", [{ ...unknownLabel, place: { ...mark(source, "skuu"), file: "a b/ü#.ts" } }, noPlace])),
    ).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "tocsin", rules: [{ id: "model/unknown-label" }, { id: "out/locked" }] } },
          columnKind: "utf16CodeUnits",
          results: [
            { ruleId: "out/locked", ruleIndex: 1, level: "warning", message: { text: "Another build is writing." } },
            {
              ruleId: "model/unknown-label",
              ruleIndex: 0,
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: "a%20b/%C3%BC%23.ts" },
                    region: { startLine: 4, startColumn: 13, endLine: 4, endColumn: 17 },
                  },
                },
              ],
              relatedLocations: [{ id: 1, message: { text: "declared here" } }],
            },
          ],
        },
      ],
    });
  });
});

it("all reports are in the order of the files, whoever found what first", () => {
  const at = (file: string, piece: string): Diagnostic => ({ ...noPlace, place: { ...mark(source, piece), file } });
  const some = [at("b.ts", "gauge"), at("a.ts", "skuu"), at("a.ts", "gauge"), noPlace];
  for (const format of ["pretty", "json", "github", "sarif"] as const)
    expect(said(format, some)).toBe(said(format, [...some].reverse()));
});
