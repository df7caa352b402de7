import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMistake, type Node } from "../../src/gotemplate/parse/ast.ts";
import { parseTemplate } from "../../src/gotemplate/parse/parse.ts";
import { nodeText } from "../../src/gotemplate/parse/print.ts";
import { executeBody, TemplateSet } from "../../src/gotemplate/run/template-set.ts";
import { runs } from "../helpers/property-runs.ts";

const everyFunction = { hasFunction: () => true };

function mistakeOf(text: string): string | undefined {
  const parsed = parseTemplate("shop.tmpl", text, { hasFunction: (name) => name === "print" || name === "len" });
  return isMistake(parsed) ? parsed.message.replace("template: shop.tmpl:", "") : undefined;
}

describe("what is wrong with a template is told in Go's words", () => {
  it.each([
    ["{{", "1: unclosed action"],
    ["{{ print", "1: unclosed action"],
    ["a\n{{ print\n1\n", "4: unclosed action started at shop.tmpl:2"],
    ["{{ } }}", '1: unexpected "}" in command'],
    ["{{ }}", "1: missing value for command"],
    ["{{ () }}", "1: missing value for parenthesized pipeline"],
    ["{{ (1 }}", "1: unclosed left paren"],
    ["{{ 1) }}", "1: unexpected right paren"],
    ["{{ stock }}", '1: function "stock" not defined'],
    ["{{ $sku }}", '1: undefined variable "$sku"'],
    ["{{ 1 | 2 }}", "1: non executable command in pipeline stage 2"],
    ["{{ $a, $b := 1 }}", "1: too many declarations in command"],
    ["{{ range $a, $b, $c := . }}{{ end }}", "1: too many declarations in range"],
    ["{{ range $a, 1 }}{{ end }}", "1: range can only initialize variables"],
    ["{{ if . }}", "1: unexpected EOF"],
    ["{{ end }}", "1: unexpected {{end}}"],
    ["{{ if . }}{{ else }}{{ else }}{{ end }}", "1: expected end; found {{else}}"],
    ["{{ if . }}{{ else with . }}{{ end }}", "1: unexpected <with> in input"],
    ["{{ break }}", "1: {{break}} outside {{range}}"],
    ["{{ range . }}{{ break 1 }}{{ end }}", '1: unexpected "1" in {{break}}'],
    ['{{ define "a" }}x{{ end }}\n{{ define "a" }}y{{ end }}', '2: template: multiple definition of template "a"'],
    ["{{ template stock }}", '1: unexpected "stock" in template clause'],
    ["{{ define 1 }}{{ end }}", '1: unexpected "1" in define clause'],
    ["{{/* stock }}", "1: unclosed comment"],
    ["{{/* stock */ }}", "1: comment ends before closing delimiter"],
    ['{{ "stock }}', "1: unterminated quoted string"],
    ["{{ `stock }}", "1: unterminated raw quoted string"],
    ["{{ 's }}", "1: unterminated character constant"],
    ["{{ 'st' }}", "1: malformed character constant: 'st'"],
    ['{{ "\\s" }}', "1: invalid syntax"],
    ["{{ 12x }}", '1: bad number syntax: "12x"'],
    ["{{ 08 }}", '1: integer overflow: "08"'],
    ["{{ 1e }}", '1: illegal number syntax: "1e"'],
    ["{{ 99999999999999999999 }}", '1: integer overflow: "99999999999999999999"'],
    ["{{ .stock% }}", "1: bad character U+0025 '%'"],
    ["{{ ☕ }}", "1: unrecognized character in action: U+2615 '☕'"],
    ['{{ "stock of mugs" := 1 }}', '1: unexpected ":=" in operand'],
    ["{{ print `a stock of mugs` `b` = }}", '1: unexpected "=" in operand'],
    ["{{ 1.stock }}", '1: bad number syntax: "1.s"'],
    ["{{ true.stock }}", '1: unexpected . after term "true"'],
  ])("%s", (text, message) => {
    expect(mistakeOf(text)).toBe(message);
  });

  it("points at the culprit", () => {
    const text = "Stock of {{ .sku }}:\n  {{ print $left }}";
    const mistake = parseTemplate("", text, everyFunction);
    expect(isMistake(mistake) && text.slice(mistake.start, mistake.end)).toBe("$left");
  });
});

it("every node knows its place in the text", () => {
  const text =
    '{{ if .stock }}{{ with $x := index .labels "sku" | print }}{{ $x.name }}{{ end }}{{ else }}{{ (len .a).b }}{{ end }}';
  const parsed = parseTemplate("", text, everyFunction);
  if (isMistake(parsed)) throw new Error(parsed.message);
  const shown: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === "object" && value !== null) {
      const { kind, start, end } = value as Node;
      if (kind !== undefined) shown.push(`${kind} ${text.slice(start, end)}`);
      Object.values(value).forEach(visit);
    }
  };
  visit(parsed.main.nodes);
  expect(shown).toContain('pipeline $x := index .labels "sku" | print');
  expect(shown).toContain("variable $x.name");
  expect(shown).toContain("chain (len .a).b");
  expect(shown).toContain("action {{ $x.name }}");
  expect(shown).toContain(`with {{ with $x := index .labels "sku" | print }}{{ $x.name }}{{ end }}`);
});

describe("of any text", () => {
  const pieces = [
    "{{",
    "}}",
    "{{-",
    "-}}",
    "if ",
    "else",
    "end",
    "range ",
    "define ",
    '"a"',
    "$x",
    ".a",
    ":=",
    "|",
    "(",
    ")",
    " ",
    "\n",
    "1",
    "/*",
    "*/",
    "'",
    "`",
    '"',
    "é",
    "😀",
  ];
  const anyText = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom(...pieces)).map((parts) => parts.join("")),
  );

  it("the parser makes a tree or says what is wrong with it", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseTemplate("", text, everyFunction);
        expect(["parsed", "mistake"]).toContain(parsed.kind);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("what is printed of its tree is read as the same tree", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const parsed = parseTemplate("", text, everyFunction);
        if (isMistake(parsed)) return;
        const printed = parsed.main.nodes.map(nodeText).join("");
        const again = parseTemplate("", printed, everyFunction);
        // A template that is called but defined inside the text is not part of its nodes, nor are a definition's.
        expect(isMistake(again) ? again.message : again.main.nodes.map(nodeText).join("")).toBe(printed);
      }),
      { numRuns: runs(2000) },
    );
  });

  it("without actions nothing changes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!text.includes("{{"));
        const set = new TemplateSet(new Map());
        const main = set.add("shop", text);
        if (isMistake(main)) throw new Error(main.message);
        const body = set.body("shop");
        expect(body && executeBody(body, set, undefined, { now: 0 })).toBe(text);
      }),
    );
  });

  it("nesting is bounded", () => {
    const deep = (open: string, close: string) => open.repeat(100_000) + close.repeat(100_000);
    expect(mistakeOf(`{{ print ${deep("(", ")")} }}`)).toBe("1: max expression depth exceeded");
    expect(mistakeOf(deep("{{ if . }}", "{{ end }}"))).toBe("1: max expression depth exceeded");
    expect(mistakeOf(`{{ if . }}${"{{ else if . }}".repeat(100_000)}{{ end }}`)).toBe(
      "1: max expression depth exceeded",
    );
    const bearable = `{{ print ${"(".repeat(150)}1${")".repeat(150)} }}`;
    expect(mistakeOf(bearable)).toBeUndefined();
  });
});
