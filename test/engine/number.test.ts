import { describe, expect, it } from "vitest";
import { acos, asin, atan, atan2 } from "../../src/engine/number/arctangent.ts";
import { momentOf } from "../../src/engine/number/calendar.ts";
import { formatOpenMetrics, formatRounded } from "../../src/engine/number/format.ts";
import { exp2, ln, log2, log10, max, min, pow } from "../../src/engine/number/go-math.ts";
import { KahanSum } from "../../src/engine/number/kahan.ts";
import { quantile } from "../../src/engine/number/quantile.ts";
import { formatShortest } from "../../src/promql/print/number.ts";

describe("a sum by Kahan's method", () => {
  it("keeps what rounding takes", () => {
    const sum = new KahanSum();
    for (const value of [1, 1e100, 1, -1e100]) sum.add(value);
    expect(sum.value).toBe(2);
  });

  it("forgets its compensation once it overflows", () => {
    const sum = new KahanSum();
    for (const value of [1e308, 1, 1e308]) sum.add(value);
    expect([sum.sum, sum.compensation]).toEqual([Number.POSITIVE_INFINITY, 0]);
  });
});

describe("arithmetic as Go has it", () => {
  it.each([
    [1, Number.NaN, 1],
    [-1, Number.POSITIVE_INFINITY, 1],
    [2, 10, 1024],
    [-2, 3, -8],
    [-8, 1 / 3, Number.NaN],
    [2, 0.5, Math.SQRT2],
    [100, 60, 1.0000000000000003e120],
    [0, -1, Number.POSITIVE_INFINITY],
    [2, -1074, 5e-324],
  ])("raises %d to the power of %d", (base, exponent, result) => {
    expect(pow(base, exponent)).toBe(result);
  });

  it("lets an infinity win over NaN in extremes", () => {
    expect([max(Number.NaN, Infinity), max(Number.NaN, 1), min(-Infinity, Number.NaN)]).toEqual([
      Infinity,
      Number.NaN,
      -Infinity,
    ]);
  });

  it.each([
    [14, 2.639057329615259, 1.1461280356782382],
    [3, 1.0986122886681096, 0.4771212547196624],
    [1e300, 690.7755278982137, 300],
    [0, Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN, Number.NaN],
  ])("takes the logarithms of %d", (value, natural, common) => {
    expect([ln(value), log10(value)]).toEqual([natural, common]);
  });

  it("knows powers of two and their logarithms exactly", () => {
    for (let i = -300; i <= 300; i++) expect([log2(2 ** i), exp2(i)]).toEqual([i, 2 ** i]);
  });
});

describe("numbers as text", () => {
  it.each([
    [100_000, "100000"],
    [1_000_000, "1e+06"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [-1234567.5, "-1.2345675e+06"],
    [Number.NEGATIVE_INFINITY, "-Inf"],
    [-0, "-0"],
  ])("writes %d as %s", (value, text) => {
    expect(formatShortest(value)).toBe(text);
  });

  it("writes quantiles with a fraction", () => {
    expect([1, 0.5, 1e-7, Number.NaN].map(formatOpenMetrics)).toEqual(["1.0", "0.5", "1e-07", "NaN"]);
  });

  it("rounds to significant digits", () => {
    expect([5, 123, 0.000012345, 99.7, 0.5].map((value) => formatRounded(value, 2))).toEqual([
      "5",
      "1.2e+02",
      "1.2e-05",
      "1e+02",
      "0.5",
    ]);
  });
});

describe("the calendar", () => {
  it("agrees with JavaScript's dates as far as those go", () => {
    for (let seconds = -8e12; seconds <= 8e12; seconds += 1.2345678e11) {
      const whole = Math.trunc(seconds);
      const date = new Date(whole * 1000);
      const { year, month, day, weekday, hour, minute } = momentOf(whole);
      expect([year, month, day, weekday, hour, minute]).toEqual([
        date.getUTCFullYear(),
        date.getUTCMonth() + 1,
        date.getUTCDate(),
        date.getUTCDay(),
        date.getUTCHours(),
        date.getUTCMinutes(),
      ]);
    }
  });

  it("knows leap years", () => {
    const of = (text: string) => momentOf(Date.parse(text) / 1000);
    expect(of("2000-12-31")).toMatchObject({ yearday: 366, daysInMonth: 31 });
    expect(of("1900-02-10")).toMatchObject({ yearday: 41, daysInMonth: 28 });
    expect(of("2024-02-29")).toMatchObject({ yearday: 60, daysInMonth: 29, weekday: 4 });
  });

  it("goes as far as 64 bits do", () => {
    expect(momentOf(1e17)).toMatchObject({ year: 3168875820, month: 9, day: 6, hour: 9, minute: 46 });
    expect(momentOf(Number.NaN)).toMatchObject({ year: 292277026596, month: 12, day: 4, hour: 15, minute: 30 });
  });
});

it("a quantile takes NaN for less than anything", () => {
  const values = () => Float64Array.from([3, Number.NaN, 1]);
  expect([quantile(0, values()), quantile(0.5, values()), quantile(1, values())]).toEqual([Number.NaN, 1, 3]);
});

describe("inverse trigonometric functions, to the last digit of Go's", () => {
  it.each([
    ["atan2(1, -5)", atan2(1, -5), 2.9441970937399122],
    ["atan2(3, -2)", atan2(3, -2), 2.158798930342464],
    ["atan2(-0, -1)", atan2(-0, -1), -Math.PI],
    ["atan(4)", atan(4), 1.3258176636680323],
    ["atan(-4)", atan(-4), -1.3258176636680323],
    ["asin(0.02)", asin(0.02), 0.020001333573390494],
    ["asin(2)", asin(2), Number.NaN],
    ["acos(0.05)", acos(0.05), 1.5207754699891265],
  ])("%s", (_, value, expected) => {
    expect(value).toBe(expected);
  });
});
