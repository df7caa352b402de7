import {
  by,
  end,
  fill,
  groupLeft,
  groupRight,
  info,
  maxOf,
  minOf,
  on,
  pi,
  range,
  type Scalar,
  start,
  step,
  time,
  upTo,
  vector,
} from "tocsin";
import { expect, it } from "vitest";
import { catalog, stock } from "../../monitors/catalog.ts";
import {
  AGGREGATE_OPS,
  type AggregateOp,
  ARITHMETIC_OPS,
  type BinaryOp,
  COMPARISON_OPS,
  SET_OPS,
  TRIM_OPS,
} from "../../src/promql/ast.ts";
import type { FunctionName } from "../../src/promql/functions.ts";
import { print } from "../../src/promql/print/print.ts";
import { check } from "../../src/promql/type/check.ts";
import type { AnyVector } from "../../src/vector/instant-vector.ts";

const { inventory, clicks, search } = catalog.metrics;
const window = inventory.over("1h");
const counted = clicks.over("1h");
const native = search.rate("5m");

// A function that the table of functions gains does not compile here until the builder can say it.
const FUNCTIONS: Readonly<Record<FunctionName, AnyVector | Scalar>> = {
  abs: inventory.abs(),
  absent: inventory.absent(),
  absent_over_time: window.absentOverTime(),
  acos: inventory.acos(),
  acosh: inventory.acosh(),
  asin: inventory.asin(),
  asinh: inventory.asinh(),
  atan: inventory.atan(),
  atanh: inventory.atanh(),
  avg_over_time: window.avgOverTime(),
  ceil: inventory.ceil(),
  changes: window.changes(),
  clamp: inventory.clamp(0, 1),
  clamp_max: inventory.clampMax(1),
  clamp_min: inventory.clampMin(0),
  cos: inventory.cos(),
  cosh: inventory.cosh(),
  count_over_time: window.countOverTime(),
  day_of_month: inventory.dayOfMonth(),
  day_of_week: inventory.dayOfWeek(),
  day_of_year: inventory.dayOfYear(),
  days_in_month: inventory.daysInMonth(),
  deg: inventory.deg(),
  delta: window.delta(),
  deriv: window.deriv(),
  double_exponential_smoothing: window.doubleExponentialSmoothing(0.5, 0.5),
  end: end(),
  exp: inventory.exp(),
  first_over_time: window.firstOverTime(),
  floor: inventory.floor(),
  histogram_avg: native.mean(),
  histogram_count: native.count(),
  histogram_fraction: native.fraction(0, 1),
  histogram_quantile: native.quantile(0.9),
  histogram_quantiles: native.quantiles("phi", 0.5, 0.9),
  histogram_stddev: native.stddev(),
  histogram_stdvar: native.stdvar(),
  histogram_sum: native.total(),
  hour: inventory.hour(),
  idelta: window.idelta(),
  increase: counted.increase(),
  info: inventory.info(["version"]),
  irate: counted.irate(),
  label_join: inventory.labelJoin("place", "/", "warehouse", "sku"),
  label_replace: inventory.labelReplace("shelf", "$1", "sku", "(.*)-.*"),
  last_over_time: window.lastOverTime(),
  ln: inventory.ln(),
  log10: inventory.log10(),
  log2: inventory.log2(),
  mad_over_time: window.madOverTime(),
  max_of: maxOf(1, time()),
  max_over_time: window.maxOverTime(),
  min_of: minOf(1, time()),
  min_over_time: window.minOverTime(),
  minute: inventory.minute(),
  month: inventory.month(),
  pi: pi(),
  predict_linear: window.predictLinear("1h"),
  present_over_time: window.presentOverTime(),
  quantile_over_time: window.quantileOverTime(0.9),
  rad: inventory.rad(),
  range: range(),
  rate: counted.rate(),
  resets: counted.resets(),
  round: inventory.round(5),
  scalar: inventory.scalar(),
  sgn: inventory.sgn(),
  sin: inventory.sin(),
  sinh: inventory.sinh(),
  sort: inventory.sort(),
  sort_by_label: inventory.sortByLabel("sku"),
  sort_by_label_desc: inventory.sortByLabelDesc("sku"),
  sort_desc: inventory.sortDesc(),
  sqrt: inventory.sqrt(),
  start: start(),
  start_timestamp: inventory.startTimestamp(),
  stddev_over_time: window.stddevOverTime(),
  stdvar_over_time: window.stdvarOverTime(),
  step: step(),
  sum_over_time: window.sumOverTime(),
  tan: inventory.tan(),
  tanh: inventory.tanh(),
  time: time(),
  timestamp: inventory.timestamp(),
  ts_of_first_over_time: window.tsOfFirstOverTime(),
  ts_of_last_over_time: window.tsOfLastOverTime(),
  ts_of_max_over_time: window.tsOfMaxOverTime(),
  ts_of_min_over_time: window.tsOfMinOverTime(),
  vector: vector(1),
  year: inventory.year(),
};

const AGGREGATIONS: Readonly<Record<AggregateOp, AnyVector>> = {
  sum: inventory.sum(by("sku")),
  avg: inventory.avg(by("sku")),
  count: inventory.count(by("sku")),
  min: inventory.min(by("sku")),
  max: inventory.max(by("sku")),
  group: inventory.group(by("sku")),
  stddev: inventory.stddev(by("sku")),
  stdvar: inventory.stdvar(by("sku")),
  topk: inventory.topk(3, by("sku")),
  bottomk: inventory.bottomk(3),
  count_values: inventory.countValues("items", by("sku")),
  quantile: inventory.quantile(0.9, by("sku")),
  limitk: inventory.limitk(3),
  limit_ratio: inventory.limitRatio(-0.5),
};

const price = info("catalog_price_info", { help: "Prices.", labels: { sku: upTo(9), price: upTo(9) } });

const OPERATORS: Readonly<Record<BinaryOp, AnyVector>> = {
  "+": stock.add(1),
  "-": stock.sub(stock),
  "*": stock.mul("20%"),
  "/": stock.div(stock, on("sku")),
  "%": stock.mod(12),
  "^": stock.pow(2),
  atan2: stock.atan2(stock),
  "==": stock.equals(0),
  "!=": stock.differs(0),
  "<": stock.below(10),
  ">": stock.above(stock),
  "<=": stock.atMost("1m"),
  ">=": stock.atLeast("1GiB").bool(),
  "</": search.raw().histogram().trimUpper(1),
  ">/": search.raw().histogram().trimLower(1),
  and: stock.and(price, on("sku")),
  or: stock.or(stock),
  unless: stock.unless(price, on("sku")),
};

it.each(Object.entries({ ...FUNCTIONS, ...AGGREGATIONS, ...OPERATORS }))(
  "can say %s, as Prometheus takes it",
  (name, { ast }) => {
    expect(check(ast)).toEqual([]);
    expect(print(ast)).toContain(name);
  },
);

it.each<[AnyVector, string]>([
  [stock.below(10).bool(), "sku:catalog_inventory_items:sum < bool 10"],
  [stock.negate(), "-sku:catalog_inventory_items:sum"],
  [counted.offset("-1h").rate(), "rate(catalog_clicks_total[1h] offset -1h)"],
  [counted.at("start").rate(), "rate(catalog_clicks_total[1h] @ start())"],
  [window.at("end").maxOverTime(), "max_over_time(catalog_inventory_items[1h] @ end())"],
  [inventory.at(new Date(1_500)).offset("1w").sum(), "sum(catalog_inventory_items @ 1.500 offset 1w)"],
  [counted.anchored().increase(), "increase(catalog_clicks_total[1h] anchored)"],
  [counted.offset("5m").smoothed().rate(), "rate(catalog_clicks_total[1h] smoothed offset 5m)"],
  [window.anchored().changes(), "changes(catalog_inventory_items[1h] anchored)"],
  [window.smoothed().delta(), "delta(catalog_inventory_items[1h] smoothed)"],
  [inventory.over("1h", "1m").maxOverTime(), "max_over_time(catalog_inventory_items[1h:1m])"],
  [
    stock.div(stock, on("sku"), fill({ right: 1 })),
    "sku:catalog_inventory_items:sum / on (sku) fill_right (1) sku:catalog_inventory_items:sum",
  ],
  [
    stock.mul(price, on("sku"), groupLeft("price")),
    "sku:catalog_inventory_items:sum * on (sku) group_left (price) catalog_price_info",
  ],
  [
    price.mul(stock, on("sku"), groupRight("price")),
    "catalog_price_info * on (sku) group_right (price) sku:catalog_inventory_items:sum",
  ],
])("can say the modifiers of %#", ({ ast }, text) => {
  expect(check(ast)).toEqual([]);
  expect(print(ast)).toBe(text);
});

it("knows every aggregation and operator", () => {
  expect(Object.keys(AGGREGATIONS).sort()).toEqual([...AGGREGATE_OPS].sort());
  expect(Object.keys(OPERATORS).sort()).toEqual([...ARITHMETIC_OPS, ...COMPARISON_OPS, ...TRIM_OPS, ...SET_OPS].sort());
});
