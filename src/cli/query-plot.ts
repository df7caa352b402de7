/** Query results drawn in the terminal, in dots of braille characters. */
import pc from "picocolors";
import type { InstantResult, MatrixResult, MatrixSeries } from "../engine/result.ts";
import { queryTable } from "./query-table.ts";
import { numberText, seriesText, timeText } from "./query-text.ts";

/** The drawing's size in characters; each is two dots wide and four high. */
const WIDTH = 72;
const HEIGHT = 14;

const COLORS = [pc.cyan, pc.yellow, pc.magenta, pc.green, pc.red, pc.blue];

/** The floats of a range over time, with a legend below. What is no range comes as a table. */
export function queryPlot(result: InstantResult): string {
  if (result.type !== "matrix") return queryTable(result);
  const bounds = boundsOf(result);
  if (bounds === undefined) return "nothing to draw\n";
  const canvas = new Canvas(bounds);
  result.series.forEach((series, i) => {
    canvas.draw(series, i);
  });
  const legend = result.series.map((series, i) => `${colorOf(i)("━━")} ${seriesText(series.labels)}\n`).join("");
  return `${canvas.text()}${legend}`;
}

interface Bounds {
  readonly fromMs: number;
  readonly toMs: number;
  readonly least: number;
  readonly greatest: number;
}

function boundsOf({ series }: MatrixResult): Bounds | undefined {
  let [fromMs, toMs, least, greatest] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const { timesMs, values } of series) {
    for (const [i, value] of values.entries()) {
      if (!Number.isFinite(value)) continue;
      fromMs = Math.min(fromMs, timesMs[i] as number);
      toMs = Math.max(toMs, timesMs[i] as number);
      least = Math.min(least, value);
      greatest = Math.max(greatest, value);
    }
  }
  return fromMs > toMs ? undefined : { fromMs, toMs, least, greatest };
}

class Canvas {
  readonly #bounds: Bounds;
  readonly #dots = new Uint8Array(WIDTH * HEIGHT);
  readonly #series = new Int16Array(WIDTH * HEIGHT);

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  draw({ timesMs, values }: MatrixSeries, series: number): void {
    let before: readonly [x: number, y: number] | undefined;
    for (const [i, value] of values.entries()) {
      if (!Number.isFinite(value)) {
        before = undefined;
        continue;
      }
      const point = this.#place(timesMs[i] as number, value);
      this.#line(before ?? point, point, series);
      before = point;
    }
  }

  text(): string {
    const { fromMs, toMs, least, greatest } = this.#bounds;
    const labels = [greatest, least].map((value) => numberText(Number(value.toPrecision(4))));
    const margin = Math.max(...labels.map(({ length }) => length));
    const rows = Array.from({ length: HEIGHT }, (_, row) => {
      const label = row === 0 ? labels[0] : row === HEIGHT - 1 ? labels[1] : "";
      return `${(label ?? "").padStart(margin)} ┤${this.#row(row)}\n`;
    });
    const [from, to] = [timeText(fromMs), timeText(toMs)];
    const axis = `${" ".repeat(margin + 2)}${from}${to.padStart(WIDTH - from.length)}\n`;
    return rows.join("") + axis;
  }

  #place(time: number, value: number): readonly [x: number, y: number] {
    const { fromMs, toMs, least, greatest } = this.#bounds;
    const share = (from: number, to: number, at: number) => (to === from ? 0.5 : (at - from) / (to - from));
    return [
      Math.round(share(fromMs, toMs, time) * (2 * WIDTH - 1)),
      Math.round((1 - share(least, greatest, value)) * (4 * HEIGHT - 1)),
    ];
  }

  #line([x0, y0]: readonly [number, number], [x1, y1]: readonly [number, number], series: number): void {
    const steps = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0), 1);
    for (let i = 0; i <= steps; i++) {
      this.#dot(Math.round(x0 + ((x1 - x0) * i) / steps), Math.round(y0 + ((y1 - y0) * i) / steps), series);
    }
  }

  #dot(x: number, y: number, series: number): void {
    const at = Math.floor(y / 4) * WIDTH + Math.floor(x / 2);
    const row = y % 4;
    const bit = row === 3 ? 6 + (x % 2) : row + 3 * (x % 2);
    this.#dots[at] = (this.#dots[at] as number) | (1 << bit);
    this.#series[at] = series;
  }

  #row(row: number): string {
    let text = "";
    for (let column = 0; column < WIDTH; column++) {
      const at = row * WIDTH + column;
      const dots = this.#dots[at] as number;
      text += dots === 0 ? " " : colorOf(this.#series[at] as number)(String.fromCodePoint(0x2800 + dots));
    }
    return text.trimEnd();
  }
}

function colorOf(series: number): (text: string) => string {
  return COLORS[series % COLORS.length] as (text: string) => string;
}
