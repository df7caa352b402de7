import fc from "fast-check";
import { RE2JS } from "re2js";
import { describe, expect, it } from "vitest";
import { compileAnchored } from "../../src/alertmanager/matcher/regex.ts";
import { plainRegex } from "../../src/label/plain-regex.ts";
import { compileRegex, isRegexMistake, quoteRegex, type Regex } from "../../src/label/regex.ts";
import { runs } from "../helpers/property-runs.ts";

function regex(source: string): Regex {
  const compiled = compileRegex(source);
  if (isRegexMistake(compiled)) throw new Error(compiled.mistake);
  return compiled;
}

describe("a regular expression", () => {
  it.each([
    ["fra|iad", "fra", true],
    ["fra|iad", "frankfurt", false],
    ["mug-.*", "mug-\nblue", true],
    [".*-blue", "mug-blue", true],
    [".+", "", false],
    [".+.+", "😀", false],
    ["a.*b.*c", "abbc", true],
    ["a.+b", "ab", false],
    ["(?i)FRA", "fra", true],
    ["[a-z]+", "shop", true],
    ["5..", "503", true],
    [String.raw`10\.0\.0\.1`, "10.0.0.1", true],
    [String.raw`10\.0\.0\.1`, "10a0b0c1", false],
    [String.raw`\Q.*`, ".*", true],
    ["x*", "", true],
    ["", "", true],
    ["", "a", false],
  ])("%s is matched whole, and its dot by any character: %j", (source, text, matches) => {
    expect(regex(source).test(text)).toBe(matches);
  });

  it.each([
    ["fra", ["fra"]],
    ["fra|iad|", ["fra", "iad", ""]],
    ["(?:fra|iad)-(1|2)", ["fra-1", "fra-2", "iad-1", "iad-2"]],
    [String.raw`a\.b`, ["a.b"]],
    ["fra.*", undefined],
    ["fra?", undefined],
  ])("%s tells the texts it matches where they are few", (source, values) => {
    expect(regex(source).values).toEqual(values);
  });

  it.each([
    ["(a", "error parsing regexp: missing closing ): `(a`"],
    ["a)", "error parsing regexp: unexpected ): `a)`"],
    ["*", "error parsing regexp: missing argument to repetition operator: `*`"],
    ["[b-a]", "error parsing regexp: invalid character class range: `b-a`"],
    ["(?=a)", "error parsing regexp: invalid or unsupported Perl syntax: `(?=`"],
    [String.raw`\1`, String.raw`error parsing regexp: invalid escape sequence: ${"`"}\1${"`"}`],
    ["a{1001}", "error parsing regexp: invalid repeat count: `{1001}`"],
    ["\\", "error parsing regexp: trailing backslash at end of expression: ``"],
  ])("%s is refused in Go's words", (source, mistake) => {
    expect(compileRegex(source)).toEqual({ mistake });
  });

  it("takes time in proportion to the text", () => {
    const start = performance.now();
    expect(regex("(a*)*b").test("a".repeat(50_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("means the same whether it is compared or compiled", () => {
    const piece = fc.constantFrom("a", "b", "ab", ".*", ".+", "|", "(", ")", "(?:", "\\.", "é", "😀", ".");
    const text = fc.array(fc.constantFrom("a", "b", ".", "é", "😀", "\n"), { maxLength: 6 }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 7 }), fc.array(text, { maxLength: 10 }), (pieces, texts) => {
        const source = pieces.join("");
        let truth: RE2JS;
        try {
          truth = RE2JS.compile(source, RE2JS.DOTALL);
        } catch {
          expect(isRegexMistake(compileRegex(source))).toBe(true);
          return;
        }
        for (const candidate of texts)
          expect(regex(source).test(candidate), `${source} on ${JSON.stringify(candidate)}`).toBe(
            truth.matcher(candidate).matches(),
          );
      }),
      { numRuns: runs(2000) },
    );
  });

  it("is matched by its quoted self alone", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (text, other) => {
        expect(regex(quoteRegex(text)).test(text)).toBe(true);
        expect(regex(quoteRegex(text)).test(other)).toBe(text === other);
      }),
    );
  });
});

const groupsOf = (found: RegExpExecArray | null) => found && [...found].map((group) => group ?? "");

function re2Groups(pattern: RE2JS, text: string): readonly string[] | null {
  const matcher = pattern.matcher(text);
  if (!matcher.matches()) return null;
  return Array.from({ length: pattern.groupCount() + 1 }, (_, i) => matcher.group(i) ?? "");
}

describe("an expression that JavaScript may match", () => {
  const part = fc.constantFrom(
    ...[
      "a",
      "b",
      "0",
      ".",
      "\\.",
      "\\d",
      "\\w",
      "[a-c]",
      "[^a]",
      "[a-]",
      "[-a]",
      "[c-a]",
      "[a-c-e]",
      "[]",
      "[^]",
      "[.\\d]",
    ],
    ...[
      "(",
      "(?:",
      ")",
      "|",
      "*",
      "+",
      "?",
      "{2}",
      "{1,2}",
      "{2,1}",
      "{,2}",
      "{",
      "}",
      "^",
      "$",
      "-",
      "/",
      "(?i)",
      "é",
      "\\/",
      "\\-",
    ],
  );
  const expression = fc.array(part, { maxLength: 8 }).map((parts) => parts.join(""));
  const text = fc.stringMatching(/^[ab0c.é\n-]{0,6}$/);

  it("is one for RE2, matches the same, and captures the same", () => {
    let plain = 0;
    fc.assert(
      fc.property(expression, fc.array(text, { minLength: 5, maxLength: 5 }), (source, texts) => {
        const ours = plainRegex(source);
        if (ours === undefined) return;
        plain++;
        const theirs = RE2JS.compile(source, RE2JS.DOTALL);
        for (const one of texts) expect(groupsOf(ours.exec(one)), one).toEqual(re2Groups(theirs, one));
      }),
      { numRuns: 5000, seed: 7 },
    );
    expect(plain).toBeGreaterThan(500);
  });

  it.each(["(a|b)?(eqiad|codfw)", "[45]..", "cp[0-9]{4}:9331", "f?[lsa]sw\\d+", "(a|b)*c", "a*b*", "\\p{L}", "(?i)a"])(
    "%s",
    (source) => {
      expect(plainRegex(source) !== undefined).toBe(!/\)\*|\*b\*|\\p|\?i/.test(source));
    },
  );
});

it.each([
  ["(?P<sku>mug)-(?P<sku>cup)", "mug-cup", "mug-mug"],
  ["(?P<sku>a+)|(?P<sku>b+)", "bb", "ab"],
  ["(?P<sku>a)[](?P<sku>]+(?P<sku>c)", "a<?Pc", "ac"],
  ["(?P<sku>a)\\((?P<sku>c)", "a(c", "ac"],
  ["(?P<sku>a)\\Q(?P<sku>\\E(?P<sku>c)", "a(?P<sku>c", "ac"],
])("lets groups of %s share a name, as Go does", (source, yes, no) => {
  for (const regex of [compileRegex(source), compileAnchored(source)]) {
    if (isRegexMistake(regex)) throw new Error(regex.mistake);
    expect({ yes: regex.test(yes), no: regex.test(no) }).toEqual({ yes: true, no: false });
  }
});
