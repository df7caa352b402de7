import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { durationText } from "../../src/gotemplate/go/duration.ts";
import { formatFloat } from "../../src/gotemplate/go/float.ts";
import { sprint, sprintf } from "../../src/gotemplate/go/format.ts";
import { parseFloat64, parseInt64 } from "../../src/gotemplate/go/number.ts";
import { quote, unquote } from "../../src/gotemplate/go/quote.ts";
import { matchesAnywhere, replaceMatches } from "../../src/gotemplate/go/regex.ts";
import { toLower, toTitle, toUpper } from "../../src/gotemplate/go/text.ts";
import { queryEscape, queryUnescape } from "../../src/gotemplate/go/url.ts";
import { ANY_SLICE, compareText, GoSlice, stringMap } from "../../src/gotemplate/go/value.ts";

describe("printf", () => {
  const labels = stringMap({ warehouse: "fra", sku: "mug" });
  it.each([
    ["%d of %s", [9n, "mug"], "9 of mug"],
    ["%v", [labels], "map[sku:mug warehouse:fra]"],
    ["%v %v", [new GoSlice(ANY_SLICE, [1n, "a", 2.5]), undefined], "[1 a 2.5] <nil>"],
    ["%q %q", ['a "b"\n', 97n], `"a \\"b\\"\\n" 'a'`],
    [
      "%5.1f|%-8s|%8s|%08.3f|%+d|%x|%X|%#x|%o|%b|%c|%U",
      [2.25159, "mug", "mug", 2.25159, 5n, 255n, 255n, 255n, 8n, 5n, 65n, 9749n],
      "  2.3|mug     |     mug|0002.252|+5|ff|FF|0xff|10|101|A|U+2615",
    ],
    ["%t %v%%", [true, 12.5], "true 12.5%"],
    ["%e %E %g %G", [1234.5678, 1234.5678, 1e-7, 1e21], "1.234568e+03 1.234568E+03 1e-07 1E+21"],
    ["%x % x %.2s", ["hi", "hi", "größe"], "6869 68 69 gr"],
    ["%d", ["mug"], "%!d(string=mug)"],
    ["%s", [9.5], "%!s(float64=9.5)"],
    ["%d %d", [1n], "1 %!d(MISSING)"],
    ["%d", [1n, 2n], "1%!(EXTRA int=2)"],
    ["%[2]d %[1]d %[3]d", [1n, 2n], "2 1 %!d(BADINDEX)"],
    ["%*d|%-*d|%.*f", [5n, 1n, 5n, 2n, 1n, 2.25], "    1|2    |2.2"],
    ["100%", [], "100%!(NOVERB)"],
    ["%T %T %T", ["a", 1n, labels], "string int map[string]string"],
  ] as const)("%s", (format, args, expected) => {
    expect(sprintf(format, args)).toBe(expected);
  });

  it("print puts spaces where neither side is a text", () => {
    expect(sprint([1n, 2n, "a", 3n, "b", "c", true, 1.5])).toBe("1 2a3bctrue 1.5");
  });
});

describe("floating point numbers", () => {
  it.each([
    [0.5, "f", 0, "0"],
    [1.5, "f", 0, "2"],
    [2.5, "f", 0, "2"],
    [0.125, "f", 2, "0.12"],
    [1.005, "f", 2, "1.00"],
    [1e21, "f", 1, "1000000000000000000000.0"],
    [1e6, "g", -1, "1e+06"],
    [999999.5, "g", -1, "999999.5"],
    [1e-5, "g", -1, "1e-05"],
    [1023.5, "g", 4, "1024"],
    [-0, "g", -1, "-0"],
    [5e-324, "e", 2, "4.94e-324"],
    [1, "x", -1, "0x1p+00"],
    [0.1, "x", 2, "0x1.9ap-04"],
    [1, "b", -1, "4503599627370496p-52"],
    [Number.NaN, "g", -1, "NaN"],
    [-Infinity, "f", 2, "-Inf"],
  ] as const)("%f by %s with precision %i", (x, verb, precision, expected) => {
    expect(formatFloat(x, verb, precision)).toBe(expected);
  });

  it("written shortest, a number is read as the same", () => {
    fc.assert(
      fc.property(fc.double(), (x) => {
        for (const verb of ["g", "e", "f", "x"] as const) expect(parseFloat64(formatFloat(x, verb, -1))).toBe(x);
      }),
    );
  });
});

describe("numbers are read as Go reads them", () => {
  it.each([
    ["0x1p4", 16],
    ["1_000.5", 1000.5],
    [".5", 0.5],
    ["infinity", Infinity],
    ["+nan", "syntax"],
    ["0x10", "syntax"],
    [" 1", "syntax"],
    ["1__0", "syntax"],
    ["1e999", "range"],
  ])("%s", (text, expected) => {
    expect(parseFloat64(text)).toBe(expected);
  });

  it.each([
    ["017", 15n],
    ["0x_1F", 31n],
    ["-0b101", -5n],
    ["089", undefined],
    ["9223372036854775807", 9223372036854775807n],
    ["9223372036854775808", undefined],
  ])("%s as a whole number", (text, expected) => {
    expect(parseInt64(text)).toBe(expected);
  });
});

it("a quoted text is read as the same", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => unquote(quote(text)) === text));
  expect(unquote('"\\x41\\101\\u00e9\\U0001F600\\xe2\\x98\\x95"')).toBe("AAé😀☕");
  expect(unquote('"\\q"')).toBeUndefined();
});

it("an escaped text is read as the same", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => queryUnescape(queryEscape(text)) === text));
});

it("texts are in the order of their bytes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (a, b) => {
      expect(Math.sign(compareText(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
    }),
  );
});

describe("letters", () => {
  it("change one by one", () => {
    expect(toUpper("straße ŉ ǆ ﬁ ᾳ")).toBe("STRAßE ŉ Ǆ ﬁ ᾼ");
    expect(toLower("ΑΣ İ ẞ")).toBe("ασ i ß");
  });

  it("begin words", () => {
    expect(toTitle("hello o'neil-x a.b c:d e_f 1st x/y ǆ ß", false)).toBe("Hello O'neil-X A.b C:d E_f 1St X/Y ǅ Ss");
    expect(toTitle("hELLO wORLD", true)).toBe("Hello World");
    expect(toTitle("hELLO wORLD", false)).toBe("HELLO WORLD");
  });
});

describe("regular expressions", () => {
  it("match anywhere", () => {
    expect(matchesAnywhere("^db-\\d", "db-1:9090")).toBe(true);
    expect(matchesAnywhere("9{4}", "db-1:9090")).toBe(false);
  });

  it.each([
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are Go's.
    ["(.*):(.*)", "$2 at ${1}", "db:9090", "9090 at db"],
    ["x*", "-", "abxc", "-a-b-c-"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the braces are Go's.
    ["(?P<n>b)", "[$n] ${n}1 $n1 $1x $$", "abc", "a[b] b1   $c"],
    ["", "-", "a☕", "-a-☕-"],
    ["(?m)^", "> ", "a\nb", "> a\n> b"],
  ])("replaces %s by %s", (pattern, by, text, expected) => {
    expect(replaceMatches(pattern, by, text)).toBe(expected);
  });

  it("take no longer than the text is long", () => {
    const start = performance.now();
    expect(matchesAnywhere("(a+)+$", `${"a".repeat(20_000)}b`)).toBe(false);
    expect(performance.now() - start).toBeLessThan(4000);
  });
});

it.each([
  [0n, "0s"],
  [1500n, "1.5µs"],
  [-2_000_000n, "-2ms"],
  [90_500_000_000n, "1m30.5s"],
  [5_400_000_000_000n, "1h30m0s"],
])("a duration of %i ns is %s", (nanoseconds, expected) => {
  expect(durationText(nanoseconds)).toBe(expected);
});
