/// <reference lib="dom" />
/** One panel: what it draws, what it is called, and the same in words for whoever does not see it. */
import type uPlot from "uplot";
import type { Calculation } from "../../../model/dashboard/look.ts";
import type { ColumnData, PanelData, SeriesData } from "../payload.ts";
import { h, trusted } from "./dom.ts";
import { format, shownOf } from "./format.ts";
import { colorAt, colorOf, drawnColor, heatmap, type Lane, lanes, lines, type Times } from "./plot.ts";

/** Where a panel's plot goes, and how it is drawn once it is seen. */
export interface Drawable {
  readonly element: HTMLElement;
  readonly draw?: ((into: HTMLElement) => uPlot) | undefined;
  readonly figure?: HTMLElement | undefined;
}

/** Makes a panel. */
export function panelElement(panel: PanelData, times: Times): Drawable {
  const id = `panel-${panel.id}`;
  const { body, draw, figure } = BODIES[panel.as](panel, times);
  const element = h(
    "section",
    {
      class: `panel ${panel.as.replace(" ", "-")}`,
      role: "group",
      "aria-labelledby": id,
      tabindex: 0,
      style: sizeOf(panel),
    },
    h("h4", { id }, panel.title),
    panel.trouble === undefined ? undefined : h("p", { class: "trouble", role: "alert" }, panel.trouble),
    body,
    details(panel),
  );
  return { element, draw, figure };
}

interface Body {
  readonly body: HTMLElement;
  readonly draw?: (into: HTMLElement) => uPlot;
  readonly figure?: HTMLElement;
}

type Make = (panel: PanelData, times: Times) => Body;

const plotted =
  (draw: (panel: PanelData, times: Times, into: HTMLElement) => uPlot): Make =>
  (panel, times) => {
    if (panel.series.length === 0) return { body: empty(panel) };
    const figure = h("div", { class: "plot", role: "img", "aria-label": inWords(panel) });
    return { body: figure, figure, draw: (into) => draw(panel, times, into) };
  };

const BODIES: { readonly [K in PanelData["as"]]: Make } = {
  timeseries: plotted(lines),
  heatmap: plotted(heatmap),
  "state timeline": plotted(states),
  "status history": plotted(states),
  stat: (panel) => ({ body: h("div", { class: "stats" }, ...listed(panel, statOf)) }),
  gauge: (panel) => ({ body: h("div", { class: "meters" }, ...listed(panel, meterOf)) }),
  "bar gauge": (panel) => ({ body: h("div", { class: "meters" }, ...listed(panel, meterOf)) }),
  "pie chart": (panel) => ({ body: h("div", { class: "meters" }, ...shares(panel)) }),
  table: (panel) => ({ body: tableElement(panel) }),
  alerts: (panel) => ({
    body: panel.series.length === 0 ? h("p", { class: "calm" }, "Nothing fires.") : tableElement(panel),
  }),
  text: (panel) => ({ body: trusted(panel.html ?? "") }),
  logs: (panel) => ({ body: trusted(panel.html ?? "") }),
};

function sizeOf({ width, height, as }: PanelData): string {
  const least = as === "stat" || as === "gauge" ? 96 : 120;
  return `--w:${width};--h:${Math.max(least, height * 34)}px`;
}

function listed(panel: PanelData, make: (series: SeriesData, panel: PanelData) => HTMLElement): readonly HTMLElement[] {
  return panel.series.length === 0 ? [empty(panel)] : panel.series.slice(0, 12).map((one) => make(one, panel));
}

const lastOf = ({ values }: SeriesData): number | null => values.findLast((value) => value !== null) ?? null;

/** The number that stands for a series: its last value, or what the panel says. */
function oneOf(series: SeriesData, { look: { shows = "last" } }: PanelData): number | null {
  const known = series.values.filter((value) => value !== null);
  return known.length === 0 ? null : CALCULATED[shows](known);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

const CALCULATED: Readonly<Record<Calculation, (values: readonly number[]) => number>> = {
  last: (values) => values.at(-1) ?? 0,
  mean: (values) => sum(values) / values.length,
  max: (values) => values.reduce((most, value) => Math.max(most, value)),
  min: (values) => values.reduce((least, value) => Math.min(least, value)),
  sum,
};

function statOf(series: SeriesData, panel: PanelData): HTMLElement {
  const value = oneOf(series, panel);
  const { colored = "text", noValue } = panel.look;
  const color = series.look?.color ?? panel.look.color ?? colorOf(value, { ...panel, ...series.look });
  const style = color === undefined || colored === "nothing" ? undefined : `--tone:${toned(color)}`;
  const alone = panel.series.length === 1;
  return h(
    "p",
    { class: colored === "background" ? "stat filled" : "stat", style },
    h("strong", {}, format(value, shownOf(panel, series.look), noValue)),
    alone ? undefined : h("span", {}, series.name),
  );
}

/** A colour as a style has it, so that it follows the theme. */
function toned(color: string): string {
  return color.startsWith("#") ? color : `var(--${color})`;
}

function meterOf(series: SeriesData, panel: PanelData): HTMLElement {
  const value = oneOf(series, panel) ?? 0;
  const most = panel.max ?? Math.max(1e-9, ...panel.series.map((one) => oneOf(one, panel) ?? 0));
  const color = series.look?.color ?? panel.look.color ?? colorOf(value, { ...panel, ...series.look });
  const least = panel.min ?? 0;
  return bar(series.name, (value - least) / (most - least || 1), format(value, shownOf(panel, series.look)), color);
}

function shares(panel: PanelData): readonly HTMLElement[] {
  const values = panel.series.map((one) => oneOf(one, panel) ?? 0);
  const total = sum(values) || 1;
  if (values.length === 0) return [empty(panel)];
  return panel.series.slice(0, 12).map((one, i) => {
    const share = (values[i] ?? 0) / total;
    const written = `${format(values[i], shownOf(panel, one.look))} (${Math.round(share * 100)} %)`;
    return bar(one.name, share, written, one.look?.color ?? colorAt(i));
  });
}

/** A bar, and in words what it shows. */
function bar(name: string, share: number, value: string, color = "blue"): HTMLElement {
  const width = Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10;
  return h(
    "div",
    { class: "meter" },
    h("span", { title: name }, name),
    h("i", { style: `--share:${width}%;--tone:${toned(color)}` }),
    h("b", {}, value),
  );
}

function empty({ look: { noValue } }: PanelData): HTMLElement {
  return h("p", { class: "empty" }, noValue ?? "No data");
}

function tableElement(panel: PanelData): HTMLElement {
  const { columns, rows } = panel.table ?? { columns: [], rows: [] };
  if (rows.length === 0) return empty(panel);
  const heads = columns.map(({ title, isValue }) => h("th", { scope: "col", class: isValue && "number" }, title));
  const body = rows.map((row) => h("tr", {}, ...row.map((cell, i) => cellOf(cell, columns[i], panel))));
  return h(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": panel.title },
    h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...body)),
  );
}

function cellOf(cell: string | number | null, column: ColumnData | undefined, panel: PanelData): HTMLElement {
  if (column?.isValue !== true) {
    const mappings = column?.look?.mappings ?? {};
    const word = Object.hasOwn(mappings, String(cell)) ? mappings[String(cell)]?.text : undefined;
    return h("td", {}, word ?? String(cell ?? ""));
  }
  const value = typeof cell === "number" ? cell : null;
  const style = column.look?.cell;
  const color = style === undefined ? undefined : (column.look?.color ?? colorOf(value, { ...panel, ...column.look }));
  return h(
    "td",
    {
      class: style === "background color" ? "number filled" : "number",
      style: color === undefined ? undefined : `--tone:${toned(color)}`,
    },
    format(value, shownOf(panel, column.look), panel.look.noValue),
  );
}

function states(panel: PanelData, times: Times, into: HTMLElement) {
  return lanes(
    panel.series.filter(({ look }) => look?.hidden !== true).map((one) => laneOf(one, panel, times)),
    times,
    into,
  );
}

/** Stretches of the same value. */
function laneOf({ name, values, look }: SeriesData, panel: PanelData, { startMs, stepMs }: Times): Lane {
  const spans: Lane["spans"][number][] = [];
  for (let i = 0; i < values.length; ) {
    let end = i + 1;
    while (end < values.length && values[end] === values[i]) end++;
    const color = colorOf(values[i], { ...panel, ...look });
    if (values[i] !== null)
      spans.push({ fromMs: startMs + i * stepMs, toMs: startMs + end * stepMs, color: drawnColor(color ?? "blue") });
    i = end;
  }
  return { name, spans };
}

/** What a plot shows, in a sentence. */
function inWords(panel: PanelData): string {
  const several = panel.series.length === 1 ? "one series" : `${panel.series.length} series`;
  const each = panel.series
    .slice(0, 5)
    .map((one) => `${one.name}: last ${format(lastOf(one), shownOf(panel, one.look))}`);
  return `${panel.title}, ${several}. ${each.join("; ")}`;
}

/** What it is, where it leads, what it asks, and its values as a table. */
function details(panel: PanelData): HTMLElement {
  const links = panel.links.map(({ title, url }) =>
    h("li", {}, h("a", { href: /^https?:/.test(url) ? url : undefined }, title)),
  );
  const values = panel.as === "timeseries" ? [valuesTable(panel)] : [];
  return h(
    "details",
    {},
    h("summary", {}, "About"),
    panel.description === undefined ? undefined : h("p", {}, panel.description),
    links.length > 0 && h("ul", {}, ...links),
    ...panel.queries.map((query) => h("pre", {}, h("code", {}, query))),
    ...values,
  );
}

function valuesTable(panel: PanelData): HTMLElement {
  const row = (one: SeriesData) => {
    const known = one.values.filter((value) => value !== null);
    const cells = [Math.min(...known), Math.max(...known), known.at(-1)];
    return h(
      "tr",
      {},
      h("th", { scope: "row" }, one.name),
      ...cells.map((value) =>
        h("td", { class: "number" }, format(known.length === 0 ? null : value, shownOf(panel, one.look))),
      ),
    );
  };
  const heads = ["series", "least", "most", "last"].map((name) => h("th", { scope: "col" }, name));
  return h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...panel.series.slice(0, 12).map(row)));
}
