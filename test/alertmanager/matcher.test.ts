import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelValue } from "../../src/alertmanager/matcher/compile.ts";
import { isMatcherMistake } from "../../src/alertmanager/matcher/mistake.ts";
import { parseClassicMatchers } from "../../src/alertmanager/matcher/parse-classic.ts";
import { isLabelName, parseMatchers } from "../../src/alertmanager/matcher/parse-matchers.ts";
import { parseUtf8Matchers } from "../../src/alertmanager/matcher/parse-utf8.ts";
import { printMatcher, printMatchers, sortMatchers } from "../../src/alertmanager/matcher/print.ts";
import { compileAnchored } from "../../src/alertmanager/matcher/regex.ts";

describe("the newer syntax", () => {
  it.each([
    ["team=shop", '{team="shop"}'],
    ['{team="shop", severity=~"page|ticket"}', '{team="shop",severity=~"page|ticket"}'],
    ['{"my label"!="ä b",}', '{"my label"!="ä b"}'],
    ["größe!~x", '{größe!~"x"}'],
    ["", "{}"],
    ["{}", "{}"],
    [" a = b , ", '{a="b"}'],
    ['a="\\u00e9\\x41\\n"', '{a="éA\\n"}'],
  ])("reads %j", (input, expected) => {
    const matchers = parseUtf8Matchers(input);
    expect(isMatcherMistake(matchers) ? matchers.mistake : printMatchers(matchers)).toBe(expected);
  });

  it.each([
    ["{team=shop", "expected a comma or a closing brace, got the end"],
    ["team=shop}", 'expected a comma, got "}"'],
    ["team", "expected an operator such as = != =~ or !~, got the end"],
    ["=shop", 'expected a label name, got "="'],
    ["team=", "expected a value, got the end"],
    ['team="shop', '"shop lacks its closing quote'],
    ["team!shop", 'expected "=" or "~" after "!"'],
    ["team=a'b", '"\'" must stand between double quotes'],
    ["team=~(", "error parsing regexp: missing closing ): `^(?:()$`"],
    ['team="\\q"', '"\\q" is no Go string'],
    ['team="\\xff"', '"\\xff" is no Go string'],
    ["team=a severity=b", 'expected a comma, got "severity"'],
    [",", 'expected a label name, got ","'],
  ])("says why %j is none", (input, expected) => {
    expect(parseUtf8Matchers(input)).toMatchObject({ mistake: expected });
  });
});

describe("the older syntax", () => {
  it.each([
    ["team=shop", '{team="shop"}'],
    ["team=", '{team=""}'],
    ['text="She said: \\"Hi, ladies!\\""', '{text="She said: \\"Hi, ladies!\\""}'],
    ["path=C:\\dir", '{path="C:\\\\dir"}'],
    ["{a=b,c!=d,}", '{a="b",c!="d"}'],
    ["a:b=~x y", '{a:b=~"x y"}'],
  ])("reads %j", (input, expected) => {
    const matchers = parseClassicMatchers(input);
    expect(isMatcherMistake(matchers) ? matchers.mistake : printMatchers(matchers)).toBe(expected);
  });

  it.each(["größe=x", 'a=b"c', 'a="b', "a,b=c", "a=b,,c=d", "a=~["])("refuses %j", (input) => {
    expect(isMatcherMistake(parseClassicMatchers(input))).toBe(true);
  });
});

describe("both together", () => {
  it("uses the newer syntax where only it reads the text", () => {
    expect(parseMatchers("größe=x")).toEqual({ matchers: [{ name: "größe", op: "=", value: "x" }] });
  });

  it("falls back to the older syntax, and says so", () => {
    expect(parseMatchers("team=")).toEqual({
      matchers: [{ name: "team", op: "=", value: "" }],
      concern: "only-classic",
    });
  });

  it("lets the older syntax win where the two disagree", () => {
    expect(parseMatchers('a="\\a"')).toEqual({
      matchers: [{ name: "a", op: "=", value: "\\a" }],
      concern: "ambiguous",
    });
  });

  it("uses one of them alone if told to", () => {
    expect(isMatcherMistake(parseMatchers("team=", "utf8"))).toBe(true);
    expect(isMatcherMistake(parseMatchers("größe=x", "classic"))).toBe(true);
  });
});

it("reads back what it prints, whatever the label and the value", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: "grapheme" }), fc.string({ unit: "grapheme" }), (name, value) => {
      const matcher = { name, op: "=" as const, value };
      expect(parseUtf8Matchers(printMatcher(matcher))).toEqual([matcher]);
    }),
  );
});

it("keeps matchers in the order in which Alertmanager's group keys show them", () => {
  const sorted = sortMatchers([
    { name: "b", op: "=", value: "x" },
    { name: "a", op: "!=", value: "y" },
    { name: "a", op: "=", value: "y" },
    { name: "a", op: "=~", value: "b" },
  ]);
  expect(printMatchers(sorted)).toBe('{a=~"b",a="y",a!="y",b="x"}');
});

it.each([
  ["a)|(b", "b", true],
  ["a|b", "ab", false],
  [".*", "two\nlines", false],
  ["shop-.+", "shop-", false],
  ["(?<team>a+)", "aa", true],
])("matches %j against %j as Alertmanager does", (source, text, expected) => {
  const regex = compileAnchored(source);
  expect("test" in regex && regex.test(text)).toBe(expected);
});

it("knows which names labels may have", () => {
  expect([isLabelName("größe"), isLabelName(""), isLabelName("größe", "classic"), isLabelName("\ud800")]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it("takes a label that every object has for absent", () => {
  expect(labelValue({}, "constructor")).toBe("");
});
