/** Values for people, in the unit of their panel. */
import type { PanelData } from "../payload.ts";

type Format = (value: number) => string;

const scaled =
  (step: number, prefixes: readonly string[], unit: string): Format =>
  (value) => {
    let rest = Math.abs(value);
    let i = 0;
    while (rest >= step && i < prefixes.length - 1) {
      rest /= step;
      i++;
    }
    return `${plain(Math.sign(value) * rest)}${prefixes[i] === "" && unit === "" ? "" : ` ${prefixes[i]}${unit}`}`;
  };

const DECIMAL = ["", "K", "M", "G", "T", "P"];
const BINARY = ["", "Ki", "Mi", "Gi", "Ti", "Pi"];

const FORMATS: Readonly<Record<string, Format>> = {
  s: seconds,
  dtdurations: seconds,
  ms: (value) => seconds(value / 1000),
  bytes: scaled(1024, BINARY, "B"),
  decbytes: scaled(1000, DECIMAL, "B"),
  bits: scaled(1024, BINARY, "b"),
  Bps: scaled(1000, DECIMAL, "B/s"),
  binBps: scaled(1024, BINARY, "B/s"),
  bps: scaled(1000, DECIMAL, "b/s"),
  percentunit: (value) => `${plain(value * 100)} %`,
  percent: (value) => `${plain(value)} %`,
  cps: scaled(1000, DECIMAL, "c/s"),
  reqps: scaled(1000, DECIMAL, "req/s"),
  ops: scaled(1000, DECIMAL, "ops/s"),
  celsius: (value) => `${plain(value)} °C`,
  none: plain,
  dateTimeAsIso: (value) => new Date(value * 1000).toISOString().replace("T", " ").slice(0, 16),
};

const SHORT = scaled(1000, DECIMAL, "");

/** A value as its panel shows it. */
export function format(value: number | null | undefined, { unit, words }: Pick<PanelData, "unit" | "words">): string {
  if (value === null || value === undefined) return "–";
  return words[String(value)] ?? (FORMATS[unit] ?? SHORT)(value);
}

function plain(value: number): string {
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

function seconds(value: number): string {
  if (value === 0) return "0 s";
  const [length, unit] = SPANS.find(([one]) => Math.abs(value) >= one) ?? [1e-9, "ns"];
  return `${plain(value / length)} ${unit}`;
}
