/** How a panel looks beside its values. */
import type { Calculation } from "../../model/dashboard/look.ts";
import type { PlannedLook } from "../../plan/dashboard/planned.ts";
import { colorOf } from "./field.ts";
import { at, type Json, number, objects, text } from "./json.ts";

const CALCULATIONS: Readonly<Record<string, Calculation>> = {
  lastNotNull: "last",
  last: "last",
  current: "last",
  mean: "mean",
  avg: "mean",
  max: "max",
  min: "min",
  sum: "sum",
  total: "sum",
};

const DRAWN: Readonly<Record<string, NonNullable<PlannedLook["draw"]>>> = {
  line: "lines",
  bars: "bars",
  points: "points",
};

const COLORED: Readonly<Record<string, NonNullable<PlannedLook["colored"]>>> = {
  value: "text",
  background: "background",
  none: "nothing",
};

/** What a panel says of its look; what is as Grafana has it is left out. */
export function lookOf(panel: Json): PlannedLook {
  const defaults = at(at(panel, "fieldConfig"), "defaults");
  const custom = at(defaults, "custom");
  const options = at(panel, "options");
  const color = at(defaults, "color");
  const fixed = at(color, "mode") === "fixed" ? colorOf(at(color, "fixedColor")) : undefined;
  const [sort] = objects(at(options, "sortBy"));
  return defined({
    color: fixed === "text" ? undefined : fixed,
    fill: number(at(custom, "fillOpacity")) ?? oldFill(panel),
    draw: DRAWN[text(at(custom, "drawStyle")) ?? ""] ?? (at(panel, "bars") === true ? "bars" : undefined),
    axis: axisOf(panel, custom),
    ...legendOf(panel, at(options, "legend")),
    shows: shownOf(panel, options),
    sparkline: at(options, "graphMode") === "area" || at(at(panel, "sparkline"), "show") === true ? true : undefined,
    colored:
      COLORED[text(at(options, "colorMode")) ?? ""] ??
      (at(panel, "colorBackground") === true ? "background" : undefined),
    noValue: text(at(defaults, "noValue")),
    transparent: at(panel, "transparent") === true ? true : undefined,
    over: text(at(panel, "timeFrom")),
    minInterval: text(at(panel, "interval")),
    sortBy: sortOf(sort),
  });
}

function oldFill(panel: Json): number | undefined {
  const fill = number(at(panel, "fill"));
  return fill === undefined ? undefined : Math.min(100, fill * 10);
}

function axisOf(panel: Json, custom: unknown): PlannedLook["axis"] {
  const [old] = objects(at(panel, "yaxes"));
  const label = text(at(custom, "axisLabel")) ?? text(at(old, "label"));
  const base = number(at(at(custom, "scaleDistribution"), "log")) ?? number(at(old, "logBase"));
  const scale: "log2" | "log10" | undefined =
    base === 2 ? "log2" : base !== undefined && base > 2 ? "log10" : undefined;
  return label === undefined && scale === undefined ? undefined : defined({ label, scale });
}

function legendOf(panel: Json, legend: unknown): Pick<PlannedLook, "legendAt" | "legendShows"> {
  const old = at(panel, "legend");
  const isHidden =
    at(legend, "showLegend") === false || at(legend, "displayMode") === "hidden" || at(old, "show") === false;
  const isRight = at(legend, "placement") === "right" || at(old, "rightSide") === true;
  const written = at(legend, "calcs");
  const named = Array.isArray(written)
    ? written
    : Object.keys(CALCULATIONS).filter((key) => at(old, "values") === true && at(old, key) === true);
  const shows = named.flatMap((one) => CALCULATIONS[String(one)] ?? []);
  return defined({
    legendAt: isHidden ? "nowhere" : isRight ? "right" : undefined,
    legendShows: shows.length === 0 ? undefined : shows,
  });
}

function shownOf(panel: Json, options: unknown): Calculation | undefined {
  const calcs = at(at(options, "reduceOptions"), "calcs");
  const [first] = Array.isArray(calcs) ? calcs : [at(panel, "valueName")];
  return CALCULATIONS[text(first) ?? ""];
}

function sortOf(sort: Json | undefined): PlannedLook["sortBy"] {
  const column = text(at(sort, "displayName"));
  return column === undefined ? undefined : { column, descending: at(sort, "desc") === true };
}

/** Without what is not known. */
function defined<T extends object>(all: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as T;
}
