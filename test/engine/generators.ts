/** Random data of the shop, and random well-typed PromQL over it. */
import fc from "fast-check";

const MATH = [
  "abs",
  "absent",
  "ceil",
  "day_of_week",
  "deg",
  "exp",
  "floor",
  "histogram_avg",
  "histogram_count",
  "histogram_stddev",
  "histogram_stdvar",
  "histogram_sum",
  "hour",
  "ln",
  "log10",
  "log2",
  "minute",
  "sgn",
  "sin",
  "sort",
  "sqrt",
  "timestamp",
];

const OVER_RANGE = [
  "absent_over_time",
  "avg_over_time",
  "changes",
  "count_over_time",
  "delta",
  "deriv",
  "first_over_time",
  "idelta",
  "increase",
  "irate",
  "last_over_time",
  "mad_over_time",
  "max_over_time",
  "min_over_time",
  "present_over_time",
  "rate",
  "resets",
  "stddev_over_time",
  "stdvar_over_time",
  "sum_over_time",
  "ts_of_first_over_time",
  "ts_of_last_over_time",
  "ts_of_max_over_time",
  "ts_of_min_over_time",
];

const AGGREGATIONS = ["sum", "avg", "count", "min", "max", "group", "stddev", "stdvar"];
const ARITHMETIC = ["+", "-", "*", "/", "%", "^", "atan2"];
const TRIMS = ["</", ">/"];
const COMPARISONS = ["==", "!=", "<", ">", "<=", ">=", "== bool", "> bool"];

/** Series in the language of promqltest: a `load` command. */
export const loads: fc.Arbitrary<string> = fc
  .record({
    step: fc.constantFrom("15s", "30s", "1m", "1m30s"),
    counters: fc.array(counterSamples(), { minLength: 2, maxLength: 4 }),
    gauges: fc.array(gaugeSamples(), { minLength: 2, maxLength: 4 }),
    classic: fc.array(counterSamples(), { minLength: 3, maxLength: 8 }),
    native: fc.array(nativeSamples(), { minLength: 2, maxLength: 4 }),
    custom: fc.array(customSamples(), { minLength: 2, maxLength: 3 }),
    mixed: fc.array(mixedSamples(), { minLength: 1, maxLength: 2 }),
    infos: fc.array(fc.constantFrom("1x20", "1x5 stale", "_x5 1x10", "1 stale 1x9"), { minLength: 4, maxLength: 4 }),
  })
  .map(({ step, counters, gauges, classic, native, custom, mixed, infos }) => {
    const warehouse = (i: number) => `job="catalog", instance="${i % 2}", sku="s${i}"`;
    const bounds = ["0.1", "1", "+Inf", "10"];
    const lines = [
      ...counters.map((samples, i) => `orders_total{${warehouse(i)}} ${samples}`),
      ...gauges.map((samples, i) => `stock{${warehouse(i)}} ${samples}`),
      ...classic.map(
        (samples, i) => `latency_bucket{job="checkout", instance="${i >> 2}", le="${bounds[i % 4]}"} ${samples}`,
      ),
      ...native.map((samples, i) => `latency{job="checkout", instance="${i}"} ${samples}`),
      ...custom.map((samples, i) => `size{job="catalog", instance="${i}"} ${samples}`),
      ...mixed.map((samples, i) => `comments{job="catalog", instance="${i}"} ${samples}`),
      ...infos.map(
        (samples, i) =>
          `${i < 2 ? "target_info" : "build_info"}{job="catalog", instance="${i % 2}", version="v${i}"} ${samples}`,
      ),
    ];
    return `load ${step}\n${lines.map((line) => `  ${line}\n`).join("")}`;
  });

/** A random expression of the type instant vector, or scalar now and then. */
export const expressions: fc.Arbitrary<string> = fc.letrec<{ vector: string; scalar: string; range: string }>(
  (tie) => ({
    vector: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      selector(),
      fc.tuple(fc.constantFrom(...MATH), tie("vector")).map(([f, v]) => `${f}(${v})`),
      fc.tuple(fc.constantFrom(...OVER_RANGE), tie("range")).map(([f, r]) => `${f}(${r})`),
      fc.tuple(tie("range"), tie("scalar")).map(([r, s]) => `quantile_over_time(${s}, ${r})`),
      fc.tuple(tie("range"), tie("scalar")).map(([r, s]) => `predict_linear(${r}, ${s})`),
      fc.tuple(tie("range"), tie("scalar")).map(([r]) => `double_exponential_smoothing(${r}, 0.4, 0.3)`),
      extendedCall(),
      fc.tuple(fc.constantFrom(...AGGREGATIONS), grouping(), tie("vector")).map(([op, by, v]) => `${op} ${by} (${v})`),
      fc
        .tuple(fc.constantFrom("topk", "bottomk", "quantile"), grouping(), tie("scalar"), tie("vector"))
        .map(([op, by, s, v]) => `${op} ${by} (${s}, ${v})`),
      fc
        .tuple(grouping(), fc.constantFrom("0", "0.3", "-0.5", "1", "-1.5"), tie("vector"))
        .map(([by, s, v]) => `limit_ratio ${by} (${s}, ${v})`),
      fc.tuple(grouping(), tie("vector")).map(([by, v]) => `count_values ${by} ("value", ${v})`),
      fc
        .tuple(tie("vector"), fc.constantFrom(...ARITHMETIC, ...COMPARISONS, ...TRIMS), tie("scalar"))
        .map(([v, op, s]) => `(${v} ${op} ${s})`),
      fc
        .tuple(tie("scalar"), fc.constantFrom(...ARITHMETIC, ...COMPARISONS), tie("vector"))
        .map(([s, op, v]) => `(${s} ${op} ${v})`),
      fc
        .tuple(tie("vector"), fc.constantFrom(...ARITHMETIC, ...COMPARISONS, ...TRIMS), matching(), tie("vector"))
        .map(([l, op, m, r]) => `(${l} ${op} ${m} ${r})`),
      fc
        .tuple(tie("vector"), fc.constantFrom("and", "or", "unless"), on(), tie("vector"))
        .map(([l, op, m, r]) => `(${l} ${op} ${m} ${r})`),
      fc.tuple(tie("scalar"), tie("vector")).map(([q, v]) => `histogram_quantile(${q}, ${v})`),
      fc.tuple(tie("scalar"), tie("scalar"), tie("vector")).map(([a, b, v]) => `histogram_fraction(${a}, ${b}, ${v})`),
      fc.tuple(tie("vector")).map(([v]) => `histogram_quantiles(${v}, "q", 0.1, 0.5, 0.99)`),
      fc.tuple(tie("vector"), tie("scalar"), tie("scalar")).map(([v, a, b]) => `clamp(${v}, ${a}, ${b})`),
      fc.tuple(tie("vector"), tie("scalar")).map(([v, s]) => `round(${v}, ${s})`),
      fc.tuple(tie("vector")).map(([v]) => `label_replace(${v}, "to", "$1-x", "sku", "(s.).*")`),
      fc.tuple(tie("vector")).map(([v]) => `label_join(${v}, "to", "-", "job", "instance")`),
      fc.tuple(tie("vector")).map(([v]) => `info(${v})`),
      fc.tuple(tie("vector")).map(([v]) => `info(${v}, {__name__=~".*_info", version=~".+"})`),
      fc.tuple(tie("scalar")).map(([s]) => `vector(${s})`),
      fc.tuple(tie("vector")).map(([v]) => `-${v}`),
      fc.tuple(fc.constantFrom("</", ">/"), tie("scalar")).map(([op, s]) => `(latency ${op} ${s})`),
    ),
    scalar: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom("0", "1", "2", "0.5", "0.9", "-1", "3.7", "100", "NaN", "Inf", "1e3", "60"),
      fc.constantFrom("time()", "pi()", "start()", "end()", "step()", "range()"),
      fc.tuple(tie("vector")).map(([v]) => `scalar(${v})`),
      fc
        .tuple(tie("scalar"), fc.constantFrom(...ARITHMETIC, ...ARITHMETIC, "</"), tie("scalar"))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
    ),
    range: fc.oneof(
      { depthSize: "small" },
      fc
        .tuple(plainSelector(), fc.constantFrom("30s", "1m", "2m", "5m", "10m"), modifiers())
        .map(([s, r, m]) => `${s}[${r}]${m}`),
      fc
        .tuple(tie("vector"), fc.constantFrom("2m", "5m"), fc.constantFrom("", "30s", "1m"), modifiers())
        .map(([v, r, s, m]) => `(${v})[${r}:${s}]${m}`),
    ),
  }),
).vector;

function number(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -20, max: 200 }).map(String) },
    { weight: 3, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }).map((x) => x.toFixed(3)) },
    { weight: 1, arbitrary: fc.constantFrom("NaN", "Inf", "-Inf", "1e300") },
  );
}

function gaugeSamples(): fc.Arbitrary<string> {
  const item = fc.oneof(
    { weight: 6, arbitrary: number() },
    { weight: 2, arbitrary: fc.constantFrom("_", "stale", "_x3", "5x3", "1-0.5x4") },
  );
  return fc.array(item, { minLength: 3, maxLength: 18 }).map((items) => items.join(" "));
}

function counterSamples(): fc.Arbitrary<string> {
  const item = fc.oneof(
    { weight: 5, arbitrary: fc.tuple(fc.nat(50), fc.nat(9), fc.nat(6)).map(([a, b, n]) => `${a}+${b}x${n}`) },
    { weight: 1, arbitrary: fc.constantFrom("_", "stale", "_x2", "0") },
  );
  return fc.array(item, { minLength: 1, maxLength: 5 }).map((items) => items.join(" "));
}

function counts(): fc.Arbitrary<string> {
  return fc.array(fc.nat(6), { minLength: 1, maxLength: 5 }).map((list) => `[${list.join(" ")}]`);
}

function native(): fc.Arbitrary<string> {
  return fc
    .record({
      schema: fc.constantFrom(0, 0, 0, 1, 2, -1),
      offset: fc.integer({ min: -2, max: 2 }),
      buckets: counts(),
      negative: fc.option(counts(), { freq: 3, nil: undefined }),
      zero: fc.constantFrom("", "", " z_bucket:2 z_bucket_w:0.001", " z_bucket:1 z_bucket_w:0.5"),
      sum: fc.constantFrom("5", "12.5", "-3", "NaN"),
      hint: fc.constantFrom("", "", "", "", " counter_reset_hint:gauge", " counter_reset_hint:reset"),
    })
    .map(({ schema, offset, buckets, negative, zero, sum, hint }) => {
      const count = [buckets, negative ?? "[]"].flatMap((list) => list.match(/\d+/g) ?? []).map(Number);
      const zeros = /z_bucket:(\d)/.exec(zero)?.[1] ?? "0";
      const total = count.reduce((a, b) => a + b, 0) + Number(zeros);
      const below = negative === undefined ? "" : ` n_offset:${offset} n_buckets:${negative}`;
      return `{{schema:${schema} count:${total} sum:${sum}${zero} offset:${offset} buckets:${buckets}${below}${hint}}}`;
    });
}

function nativeSamples(): fc.Arbitrary<string> {
  const grown = native().map((h) => `${h}+{{schema:2 count:3 sum:4 buckets:[1 2]}}x4`);
  const item = fc.oneof(
    { weight: 4, arbitrary: native() },
    { weight: 2, arbitrary: native().map((h) => `${h}x2`) },
    { weight: 3, arbitrary: grown },
    { weight: 1, arbitrary: fc.constantFrom("_", "stale") },
  );
  return fc.array(item, { minLength: 2, maxLength: 8 }).map((items) => items.join(" "));
}

function customSamples(): fc.Arbitrary<string> {
  const one = fc
    .tuple(
      fc.constantFrom("[1 5 10]", "[1 5 10]", "[1 10]", "[0.5 5]", "[-5 2]"),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 3 }),
    )
    .map(([bounds, list]) => {
      const sum = list.reduce((a, b) => a + b, 0);
      return `{{schema:-53 count:${sum} sum:${sum * 2} custom_values:${bounds} buckets:[${list.join(" ")}]}}`;
    });
  const item = fc.oneof({ weight: 5, arbitrary: one }, { weight: 1, arbitrary: fc.constantFrom("_", "stale") });
  return fc.array(item, { minLength: 2, maxLength: 10 }).map((items) => items.join(" "));
}

function mixedSamples(): fc.Arbitrary<string> {
  const item = fc.oneof(native(), number(), fc.constantFrom("_", "stale"));
  return fc.array(item, { minLength: 4, maxLength: 14 }).map((items) => items.join(" "));
}

function plainSelector(): fc.Arbitrary<string> {
  return fc.constantFrom(
    "orders_total",
    "orders_total",
    "stock",
    "stock",
    'stock{sku="s1"}',
    "latency_bucket",
    "latency",
    "latency",
    "size",
    "comments",
    '{__name__=~"orders_total|stock"}',
    '{job="catalog", instance="0"}',
    "nothing",
  );
}

function selector(): fc.Arbitrary<string> {
  return fc.tuple(plainSelector(), modifiers()).map(([s, m]) => `${s}${m}`);
}

function modifiers(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 8, arbitrary: fc.constant("") },
    {
      weight: 3,
      arbitrary: fc.constantFrom(" offset 1m", " offset -30s", " @ 120", " @ start()", " @ end() offset 1m"),
    },
  );
}

function extendedCall(): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom("rate", "increase", "delta", "changes", "resets"),
      plainSelector(),
      fc.constantFrom("1m", "2m", "5m"),
      fc.constantFrom("anchored", "smoothed"),
    )
    .map(([f, s, r, how]) => `${f}(${s}[${r}] ${how})`);
}

function grouping(): fc.Arbitrary<string> {
  return fc.constantFrom("", "by (job)", "by (instance)", "by (__name__)", "without (sku)", "without (instance, le)");
}

function on(): fc.Arbitrary<string> {
  return fc.constantFrom("", "", "on (job)", "on (instance)", "ignoring (sku)", "ignoring (sku, le)");
}

function matching(): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 6, arbitrary: on() },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.constantFrom("on (instance)", "ignoring (sku)", "on (job, instance)"),
          fc.constantFrom("", "group_left", "group_right", "group_left (sku)"),
          fc.constantFrom("", "", "fill (0)", "fill_left (1)", "fill_right (2)"),
        )
        .map((parts) => parts.filter((part) => part !== "").join(" ")),
    },
  );
}
