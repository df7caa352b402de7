/** Values for people, in the unit of their panel. */
import type { PanelData, SeriesLookData } from "../payload.ts";

type Format = (value: number, decimals?: number) => string;

const scaled =
  (step: number, prefixes: readonly string[], unit: string): Format =>
  (value, decimals) => {
    let rest = Math.abs(value);
    let i = 0;
    while (rest >= step && i < prefixes.length - 1) {
      rest /= step;
      i++;
    }
    return `${plain(Math.sign(value) * rest, decimals)}${prefixes[i] === "" && unit === "" ? "" : ` ${prefixes[i]}${unit}`}`;
  };

const DECIMAL = ["", "K", "M", "G", "T", "P"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];

const FORMATS: Readonly<Record<string, Format>> = {
  s: seconds,
  dtdurations: seconds,
  ms: (value, decimals) => seconds(value / 1000, decimals),
  bytes: scaled(1024, BINARY, "B"),
  decbytes: scaled(1000, DECIMAL, "B"),
  bits: scaled(1024, BINARY, "b"),
  Bps: scaled(1000, DECIMAL, "B/s"),
  binBps: scaled(1024, BINARY, "B/s"),
  bps: scaled(1000, DECIMAL, "b/s"),
  percentunit: (value, decimals) => `${plain(value * 100, decimals)} %`,
  percent: (value, decimals) => `${plain(value, decimals)} %`,
  cps: scaled(1000, DECIMAL, "c/s"),
  reqps: scaled(1000, DECIMAL, "req/s"),
  ops: scaled(1000, DECIMAL, "ops/s"),
  celsius: (value, decimals) => `${plain(value, decimals)} °C`,
  none: plain,
  dateTimeAsIso: (value) => new Date(value * 1000).toISOString().replace("T", " ").slice(0, 16),
};

const SHORT = scaled(1000, DECIMAL, "");

/** How values are shown: a panel's, or a series' where it differs. */
export type Shown = Pick<PanelData, "unit" | "mappings"> & { readonly decimals?: number | undefined };

/** How the values of one series are shown. */
export function shownOf(panel: PanelData, look: SeriesLookData | undefined): Shown {
  const { unit = panel.unit, mappings = panel.mappings, decimals = panel.decimals } = look ?? {};
  return { unit, mappings, decimals };
}

/** A value as its panel shows it. */
export function format(value: number | null | undefined, { unit, mappings, decimals }: Shown, none = "–"): string {
  if (value === null || value === undefined) return none;
  const word = Object.hasOwn(mappings, String(value)) ? mappings[String(value)] : undefined;
  return word?.text ?? (FORMATS[unit] ?? SHORT)(value, decimals);
}

function plain(value: number, decimals?: number): string {
  if (decimals !== undefined) return value.toFixed(decimals);
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1000) return value.toFixed(0);
  return String(Number(value.toPrecision(3)));
}

const SPANS: readonly (readonly [seconds: number, unit: string])[] = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
  [0.001, "ms"],
  [0.000_001, "µs"],
];

function seconds(value: number, decimals?: number): string {
  if (value === 0) return "0 s";
  const [length, unit] = SPANS.find(([one]) => Math.abs(value) >= one) ?? [1e-9, "ns"];
  return `${plain(value / length, decimals)} ${unit}`;
}
