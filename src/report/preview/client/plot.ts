/// <reference lib="dom" />
/** Plots: axes, lines, cursors and legends are uPlot's; thresholds, heatmaps and spans are drawn into it. */
import uPlot from "uplot";
import type { PanelData, SeriesData } from "../payload.ts";
import { format, shownOf } from "./format.ts";

/** Told apart by people who see colours otherwise too. https://jfly.uni-koeln.de/color/ */
const PALETTE = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7f7f7f", "#a6761d", "#5e3c99"];

export function colorAt(index: number): string {
  return PALETTE[index % PALETTE.length] ?? "#0072b2";
}

/** The colours of thresholds and states, as the page's theme has them. */
export function themed(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#888";
}

export interface Times {
  readonly startMs: number;
  readonly endMs: number;
  readonly stepMs: number;
}

/** A colour of the page's theme by its name, or one that was given. */
export function drawnColor(color: string): string {
  return color.startsWith("#") ? color : themed(color);
}

/** The colour of a value: of its word, else by the thresholds of its panel. */
export function colorOf(
  value: number | null | undefined,
  { thresholds, mappings }: Pick<PanelData, "thresholds" | "mappings">,
): string | undefined {
  if (value === null || value === undefined) return undefined;
  const word = Object.hasOwn(mappings, String(value)) ? mappings[String(value)] : undefined;
  return word?.color ?? thresholds.findLast(({ from }) => from === undefined || value >= from)?.color;
}

/** Lines over time, or bars, or points. */
export function lines(panel: PanelData, times: Times, into: HTMLElement): uPlot {
  const shown = panel.series.filter(({ look }) => look?.hidden !== true);
  const { draw = "lines", axis, legendAt } = panel.look;
  const drawn = stacked(shown, panel);
  const isLog = axis?.scale === "log2" || axis?.scale === "log10";
  const right = shown.find(({ look }) => look?.axis === "right");
  const percent = { ...panel, unit: "percent", decimals: undefined };
  const left = panel.stack === "percent" ? percent : panel;
  const range: uPlot.Scale.Range = (_, least, most) => rangeOf(left, least, most);
  const scale: uPlot.Scale = isLog ? { distr: 3, log: axis?.scale === "log2" ? 2 : 10 } : { range };
  const scales: uPlot.Scales = { x: { time: true }, y: scale };
  const axes: uPlot.Axis[] = [
    timeAxis(),
    labelled(
      valueAxis((value) => format(value, left)),
      axis?.label,
    ),
  ];
  if (right !== undefined) {
    scales.right = {};
    axes.push({
      ...valueAxis((value) => format(value, shownOf(panel, right.look))),
      scale: "right",
      side: 1,
      grid: { show: false },
    });
  }
  return new uPlot(
    {
      ...common(into),
      scales,
      axes,
      legend: { show: panel.series.length <= 12 && legendAt !== "nowhere", live: true },
      bands: bandsOf(shown, panel),
      series: [
        { label: "Time" },
        ...shown.map((one, i): uPlot.Series => {
          const color = drawnColor(one.look?.color ?? panel.look.color ?? colorAt(i));
          const fill = one.look?.fill ?? panel.look.fill ?? (draw === "bars" ? 80 : isStacked(one, panel) ? 30 : 0);
          return {
            label: one.name,
            scale: one.look?.axis === "right" ? "right" : "y",
            stroke: color,
            width: 1.5,
            points: { show: draw === "points" },
            spanGaps: false,
            ...(fill > 0 ? { fill: translucent(color, fill) } : {}),
            ...(one.look?.dashed === true ? { dash: [6, 4] } : {}),
            ...(draw === "bars" && uPlot.paths.bars !== undefined
              ? { paths: uPlot.paths.bars({ size: [0.7, 60] }) }
              : {}),
            ...(draw === "points" ? { paths: () => null } : {}),
            // What is stacked is drawn higher than it is.
            value: (_: uPlot, __: number | null, ___: number, at: number | null) =>
              format(one.values[at ?? one.values.length - 1], shownOf(panel, one.look)),
          };
        }),
      ],
      hooks: {
        draw: [(plot) => drawThresholds(plot, panel)],
        // Until someone points at a moment, the legend tells the last one.
        ready: [(plot) => plot.setLegend({ idx: plot.data[0].length - 1 })],
      },
    },
    [xs(times), ...drawn.map((values) => (isLog ? values.map(positive) : values))] as uPlot.AlignedData,
    into,
  );
}

function labelled(axis: uPlot.Axis, label: string | undefined): uPlot.Axis {
  return label === undefined ? axis : { ...axis, label, labelSize: 20, labelFont: FONT };
}

const positive = (value: number | null) => (value !== null && value > 0 ? value : null);

const isStacked = ({ look }: SeriesData, { stack }: PanelData) => stack !== false && look?.apart !== true;

/** Each series on top of those before it, or as it is. */
function stacked(series: readonly SeriesData[], panel: PanelData): (number | null)[][] {
  const length = Math.max(0, ...series.map(({ values }) => values.length));
  const totals = new Array<number>(length).fill(0);
  for (const one of series) {
    if (isStacked(one, panel))
      for (const [t, value] of one.values.entries()) totals[t] = (totals[t] ?? 0) + (value ?? 0);
  }
  const below = new Array<number>(length).fill(0);
  return series.map((one) => {
    const signed =
      one.look?.negative === true ? one.values.map((value) => (value === null ? null : -value)) : one.values;
    if (!isStacked(one, panel)) return [...signed];
    return signed.map((value, t) => {
      if (value === null) return null;
      below[t] = (below[t] ?? 0) + value;
      return panel.stack === "percent" ? (100 * (below[t] ?? 0)) / (totals[t] || 1) : (below[t] ?? 0);
    });
  });
}

/** What is filled of a stack: from each series down to the one before it. */
function bandsOf(series: readonly SeriesData[], panel: PanelData): uPlot.Band[] {
  const indices = series.flatMap((one, i) => (isStacked(one, panel) ? [i + 1] : []));
  return indices.slice(1).map((upper, i): uPlot.Band => ({ series: [upper, indices[i] ?? 0] }));
}

/** A colour through which what lies behind it is seen; `of` is a share of 100. */
function translucent(color: string, of: number): string {
  return `color-mix(in srgb, ${color} ${Math.round(of)}%, transparent)`;
}

/** How many observations each bucket had: the darker, the more. */
export function heatmap(panel: PanelData, times: Times, into: HTMLElement): uPlot {
  const rows = panel.series;
  const most = Math.max(1e-12, ...rows.flatMap(({ values }) => values.map((value) => value ?? 0)));
  const axis = valueAxis((row) => {
    const { bound, name } = rows[Math.round(row - 0.5)] ?? { name: "" };
    return bound === undefined ? name : format(bound, panel);
  });
  return new uPlot(
    {
      ...common(into),
      scales: { x: { time: true }, y: { range: () => [0, Math.max(1, rows.length)] } },
      axes: [timeAxis(), { ...axis, splits: () => everyFew(rows.length) }],
      legend: { show: false },
      series: [{}, { points: { show: false } }],
      hooks: {
        draw: [
          ({ ctx, ...plot }) => {
            for (const [y, { values }] of rows.entries()) {
              for (const [x, value] of values.entries()) {
                if (!value) continue;
                ctx.globalAlpha = 0.08 + 0.92 * Math.sqrt(value / most);
                ctx.fillStyle = themed("heat");
                cell({ ctx, ...plot } as uPlot, times, x, y);
              }
            }
            ctx.globalAlpha = 1;
          },
        ],
      },
    },
    [xs(times), xs(times).map(() => null)] as uPlot.AlignedData,
    into,
  );
}

export interface Lane {
  readonly name: string;
  readonly spans: readonly { readonly fromMs: number; readonly toMs: number; readonly color: string }[];
}

/** What state each of several things was in. */
export function lanes(all: readonly Lane[], times: Times, into: HTMLElement): uPlot {
  const axis = valueAxis((row) => shortened(all[all.length - 1 - Math.round(row - 0.5)]?.name ?? ""));
  const width = Math.min(190, 24 + 6.5 * Math.max(4, ...all.map(({ name }) => Math.min(26, name.length))));
  return new uPlot(
    {
      ...common(into),
      scales: {
        x: { time: true, range: () => [times.startMs / 1000, times.endMs / 1000] },
        y: { range: () => [0, Math.max(1, all.length)] },
      },
      axes: [timeAxis(), { ...axis, size: width, splits: () => all.map((_, i) => i + 0.5), grid: { show: false } }],
      legend: { show: false },
      cursor: { y: false },
      series: [{}, { points: { show: false } }],
      hooks: {
        draw: [
          (plot) => {
            for (const [i, { spans }] of all.entries()) {
              const top = plot.valToPos(all.length - i - 0.12, "y", true);
              const bottom = plot.valToPos(all.length - 1 - i + 0.12, "y", true);
              for (const { fromMs, toMs, color } of spans) {
                const left = plot.valToPos(fromMs / 1000, "x", true);
                const right = plot.valToPos(toMs / 1000, "x", true);
                plot.ctx.fillStyle = color;
                plot.ctx.fillRect(left, top, Math.max(1, right - left), bottom - top);
              }
            }
          },
        ],
      },
    },
    [xs(times), xs(times).map(() => null)] as uPlot.AlignedData,
    into,
  );
}

function cell(plot: uPlot, { startMs, stepMs }: Times, x: number, y: number): void {
  const at = (ms: number) => plot.valToPos(ms / 1000, "x", true);
  const [left, right] = [at(startMs + (x - 0.5) * stepMs), at(startMs + (x + 0.5) * stepMs)];
  const [top, bottom] = [plot.valToPos(y + 1, "y", true), plot.valToPos(y, "y", true)];
  const [x0, x1] = [Math.round(left), Math.round(right)];
  plot.ctx.fillRect(x0, Math.round(top), x1 - x0, Math.round(bottom) - Math.round(top));
}

function drawThresholds(plot: uPlot, { thresholds }: PanelData): void {
  const { ctx, bbox, scales } = plot;
  ctx.save();
  ctx.setLineDash([6 * devicePixelRatio, 4 * devicePixelRatio]);
  ctx.lineWidth = 1.5 * devicePixelRatio;
  for (const [i, { from, color }] of thresholds.entries()) {
    const { min = 0, max = 0 } = scales.y ?? {};
    if (from === undefined || from < min || from > max) continue;
    // A limit has the colour of the worse of its two sides.
    ctx.strokeStyle = drawnColor(color === "green" ? (thresholds[i - 1]?.color ?? color) : color);
    const y = plot.valToPos(from, "y", true);
    ctx.beginPath();
    ctx.moveTo(bbox.left, y);
    ctx.lineTo(bbox.left + bbox.width, y);
    ctx.stroke();
  }
  ctx.restore();
}

/** All values, all thresholds that are near, and zero where that is not far. */
function rangeOf({ min, max, thresholds }: PanelData, least: number | null, most: number | null): [number, number] {
  const [low, high] = [least ?? 0, most ?? 1];
  const span = Math.max(high - low, Math.abs(high) * 0.1, 1e-9);
  const near = thresholds.flatMap(({ from }) =>
    from !== undefined && from > low - span && from < high + span ? [from] : [],
  );
  const bottom = Math.min(low, ...near, low > 0 && low < span * 2 ? 0 : low);
  const top = Math.max(high, ...near);
  const room = (top - bottom || span) * 0.06;
  return [min ?? (bottom === 0 ? 0 : bottom - room), max ?? top + room];
}

function xs({ startMs, endMs, stepMs }: Times): number[] {
  return Array.from({ length: Math.floor((endMs - startMs) / stepMs) + 1 }, (_, i) => (startMs + i * stepMs) / 1000);
}

function common(into: HTMLElement): Pick<uPlot.Options, "width" | "height" | "padding"> {
  return {
    width: Math.max(120, into.clientWidth),
    height: Math.max(60, into.clientHeight - 4),
    padding: [8, 18, 0, 0],
  };
}

const FONT = "12px system-ui, sans-serif";

function timeAxis(): uPlot.Axis {
  const grid = { stroke: themed("grid"), width: 1 };
  const values: uPlot.Axis["values"] = (_, splits) => splits.map(clock);
  return { stroke: themed("muted"), font: FONT, grid, ticks: grid, size: 26, space: 60, values };
}

function valueAxis(write: (value: number) => string): uPlot.Axis {
  const size: uPlot.Axis["size"] = (_, values) =>
    Math.min(150, 20 + 6.6 * Math.max(3, ...(values ?? []).map((text) => text.length)));
  return { ...timeAxis(), size, space: 28, values: (_, splits) => splits.map(write) };
}

/** Hours and minutes, where the reader is. */
function clock(seconds: number): string {
  return new Date(seconds * 1000).toTimeString().slice(0, 5);
}

function everyFew(count: number): number[] {
  const step = Math.max(1, Math.ceil(count / 8));
  return Array.from({ length: Math.ceil(count / step) }, (_, i) => i * step + 0.5);
}

function shortened(name: string): string {
  return name.length > 26 ? `${name.slice(0, 25)}…` : name;
}
