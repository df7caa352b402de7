/** How a defined panel looks, with everything resolved: words, thresholds, the columns of tables. */
import type { PanelThreshold, SeriesLook, Words } from "../../model/dashboard/look.ts";
import type { Panel, PanelSpec } from "../../model/dashboard/panel.ts";
import { toNumber } from "../../quantity/quantity.ts";
import type {
  PlannedLook,
  PlannedPanel,
  PlannedSeriesLook,
  PlannedThreshold,
  PlannedTransformation,
} from "./planned.ts";

const NO_WORDS: PlannedPanel["mappings"] = Object.freeze({});

export function mappingsOf(words: Words | undefined): PlannedPanel["mappings"] {
  if (words === undefined) return NO_WORDS;
  return Object.fromEntries(
    Object.entries(words).map(([value, word]) => [
      value,
      typeof word === "string" ? { text: word, color: undefined } : { text: word.text, color: word.color },
    ]),
  );
}

export function thresholdsOf(thresholds: readonly PanelThreshold[]): readonly PlannedThreshold[] {
  return thresholds.map(({ from, color }) => ({ from: from === undefined ? undefined : toNumber(from), color }));
}

const LOOKS = [
  "color",
  "fill",
  "draw",
  "axis",
  "legendAt",
  "legendShows",
  "shows",
  "sparkline",
  "colored",
  "noValue",
  "transparent",
  "over",
  "minInterval",
  "size",
] as const satisfies readonly (keyof PlannedLook & keyof PanelSpec)[];

const PLAIN: PlannedLook = Object.freeze({});

export function lookOf(spec: PanelSpec): PlannedLook {
  const said = LOOKS.filter((key) => spec[key] !== undefined);
  const { sortBy, descending = true } = spec.columns ?? {};
  if (said.length === 0 && sortBy === undefined) return PLAIN;
  return {
    ...Object.fromEntries(said.map((key) => [key, spec[key]])),
    ...(sortBy === undefined ? {} : { sortBy: { column: sortBy, descending } }),
  };
}

const NO_SERIES: readonly PlannedSeriesLook[] = Object.freeze([]);

export function seriesLooksOf({ series }: PanelSpec): readonly PlannedSeriesLook[] {
  return series === undefined ? NO_SERIES : Object.entries(series).map(([of, look]) => ({ of, ...resolved(look) }));
}

function resolved({ words, thresholds, links, ...look }: SeriesLook): Omit<PlannedSeriesLook, "of"> {
  return {
    ...look,
    ...(words === undefined ? {} : { mappings: mappingsOf(words) }),
    ...(thresholds === undefined ? {} : { thresholds: thresholdsOf(thresholds) }),
    ...(links === undefined ? {} : { links: links.map(({ title, url, newTab = false }) => ({ title, url, newTab })) }),
  };
}

const NO_TRANSFORMATIONS: readonly PlannedTransformation[] = Object.freeze([]);

/** What becomes of the answers before they are drawn: a table shows labels and values, one column each. */
export function transformationsOf({ spec, names, queries, alerts, content }: Panel): readonly PlannedTransformation[] {
  // Of firing alerts, only what tells them apart.
  if (alerts !== undefined) return [organize(["Time", "Value", "__name__", "alertstate"])];
  if (content !== undefined || spec.as !== "table") return NO_TRANSFORMATIONS;
  const { hide = [], rename = {}, order = [] } = spec.columns ?? {};
  const several = queries.length > 1;
  const titles = Object.fromEntries(
    names.flatMap((name, i) => (name === undefined ? [] : [[several ? `Value #${refIdOf(i)}` : "Value", name]])),
  );
  // Columns are named by their titles, and Grafana knows them by what they were called before.
  const before = new Map(Object.entries(titles).map(([column, title]) => [title, column]));
  const named = (title: string) => before.get(title) ?? title;
  const renamed = Object.fromEntries(Object.entries(rename).map(([title, to]) => [named(title), to]));
  const excluded = ["Time", "__name__", ...hide.map(named)];
  const organized = organize(excluded, { ...titles, ...renamed }, order.map(named));
  return several ? [{ id: "merge", options: {} }, organized] : [organized];
}

function organize(
  hide: readonly string[],
  rename: Readonly<Record<string, string>> = {},
  order: readonly string[] = [],
): PlannedTransformation {
  return {
    id: "organize",
    options: {
      excludeByName: Object.fromEntries(hide.map((name) => [name, true])),
      ...(order.length === 0 ? {} : { indexByName: Object.fromEntries(order.map((name, i) => [name, i])) }),
      ...(Object.keys(rename).length === 0 ? {} : { renameByName: rename }),
    },
  };
}

/** A, B, … Z, AA. */
export function refIdOf(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : refIdOf(Math.floor(index / 26) - 1) + letter;
}
