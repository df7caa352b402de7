/// <reference lib="dom" />
/** One panel: what it draws, what it is called, and the same in words for whoever does not see it. */
import type uPlot from "uplot";
import type { PanelData, SeriesData } from "../payload.ts";
import { h, trusted } from "./dom.ts";
import { format } from "./format.ts";
import { colorOf, heatmap, type Lane, lanes, lines, type Times, themed } from "./plot.ts";

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
    { class: `panel ${panel.as.replace(" ", "-")}`, "aria-labelledby": id, tabindex: 0, style: sizeOf(panel) },
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
    if (panel.series.length === 0) return { body: h("p", { class: "empty" }, "No data") };
    const figure = h("div", { class: "plot", role: "img", "aria-label": inWords(panel) });
    return { body: figure, figure, draw: (into) => draw(panel, times, into) };
  };

const BODIES: { readonly [K in PanelData["as"]]: Make } = {
  timeseries: plotted(lines),
  heatmap: plotted(heatmap),
  "state timeline": plotted((panel, times, into) =>
    lanes(
      panel.series.map((one) => laneOf(one, panel, times)),
      times,
      into,
    ),
  ),
  stat: (panel) => ({ body: h("div", { class: "stats" }, ...listed(panel, statOf)) }),
  gauge: (panel) => ({ body: h("div", { class: "meters" }, ...listed(panel, meterOf)) }),
  "bar gauge": (panel) => ({ body: h("div", { class: "meters" }, ...listed(panel, meterOf)) }),
  table: (panel) => ({ body: tableOf(panel) }),
  alerts: (panel) => ({
    body: panel.series.length === 0 ? h("p", { class: "calm" }, "Nothing fires.") : tableOf(panel),
  }),
  text: (panel) => ({ body: trusted(panel.html ?? "") }),
  logs: (panel) => ({ body: trusted(panel.html ?? "") }),
};

function sizeOf({ width, height, as }: PanelData): string {
  const least = as === "stat" || as === "gauge" ? 96 : 120;
  return `--w:${width};--h:${Math.max(least, height * 34)}px`;
}

function listed(panel: PanelData, make: (series: SeriesData, panel: PanelData) => HTMLElement): readonly HTMLElement[] {
  return panel.series.length === 0
    ? [h("p", { class: "empty" }, "No data")]
    : panel.series.slice(0, 12).map((one) => make(one, panel));
}

const lastOf = ({ values }: SeriesData): number | null => values.findLast((value) => value !== null) ?? null;

function statOf(series: SeriesData, panel: PanelData): HTMLElement {
  const value = lastOf(series);
  const color = colorOf(value, panel);
  const alone = panel.series.length === 1;
  return h(
    "p",
    { class: "stat" },
    h("strong", { class: color === undefined ? undefined : `is-${color}` }, format(value, panel)),
    alone ? undefined : h("span", {}, series.name),
  );
}

function meterOf(series: SeriesData, panel: PanelData): HTMLElement {
  const value = lastOf(series) ?? 0;
  const most = panel.max ?? Math.max(1e-9, ...panel.series.map((one) => lastOf(one) ?? 0));
  return h(
    "label",
    { class: "meter" },
    h("span", {}, series.name),
    h("meter", { min: panel.min ?? 0, max: most, value }),
    h("b", {}, format(value, panel)),
  );
}

function tableOf(panel: PanelData): HTMLElement {
  const labels = [...new Set(panel.series.flatMap((one) => Object.keys(one.labels)))].filter(
    (name) => panel.as !== "alerts" || name !== "alertstate",
  );
  const withValue = panel.as !== "alerts" && panel.unit !== "none";
  if (panel.series.length === 0) return h("p", { class: "empty" }, "No data");
  return h(
    "div",
    { class: "scroll", tabindex: 0 },
    h(
      "table",
      {},
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ...labels.map((name) => h("th", { scope: "col" }, name)),
          withValue && h("th", { scope: "col" }, "value"),
        ),
      ),
      h(
        "tbody",
        {},
        ...panel.series.map((one) =>
          h(
            "tr",
            {},
            ...labels.map((name) => h("td", {}, one.labels[name] ?? "")),
            withValue && h("td", { class: "number" }, format(lastOf(one), panel)),
          ),
        ),
      ),
    ),
  );
}

/** Stretches of the same value. */
function laneOf({ name, values }: SeriesData, panel: PanelData, { startMs, stepMs }: Times): Lane {
  const spans: Lane["spans"][number][] = [];
  for (let i = 0; i < values.length; ) {
    let end = i + 1;
    while (end < values.length && values[end] === values[i]) end++;
    const color = colorOf(values[i], panel);
    if (values[i] !== null)
      spans.push({ fromMs: startMs + i * stepMs, toMs: startMs + end * stepMs, color: themed(color ?? "blue") });
    i = end;
  }
  return { name, spans };
}

/** What a plot shows, in a sentence. */
function inWords(panel: PanelData): string {
  const several = panel.series.length === 1 ? "one series" : `${panel.series.length} series`;
  const each = panel.series.slice(0, 5).map((one) => `${one.name}: last ${format(lastOf(one), panel)}`);
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
      ...cells.map((value) => h("td", { class: "number" }, format(known.length === 0 ? null : value, panel))),
    );
  };
  const heads = ["series", "least", "most", "last"].map((name) => h("th", { scope: "col" }, name));
  return h("table", {}, h("thead", {}, h("tr", {}, ...heads)), h("tbody", {}, ...panel.series.slice(0, 12).map(row)));
}
