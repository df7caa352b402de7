/** Numbers with a unit, as people write thresholds: `10`, `"5m"`, `"99.9%"`, `"2GiB"`. */
import { type DurationText, parseDuration } from "./duration.ts";

/** A share of one: `"99.9%"` is 0.999. */
export type Percentage = `${number}%`;

type SizeUnit = "B" | "kB" | "MB" | "GB" | "TB" | "KiB" | "MiB" | "GiB" | "TiB";

/** A number of bytes: `"2GiB"` is 2147483648. */
export type Size = `${number}${SizeUnit}`;

/** What an expression can be compared with. Durations count in seconds, shares as a part of one, sizes in bytes. */
export type Quantity = number | DurationText | Percentage | Size;

const SIZES: Readonly<Record<SizeUnit, number>> = {
  B: 1,
  kB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

const DECIMAL = /^-?\d+(?:\.\d+)?$/;

/** The number a quantity stands for in PromQL, or `undefined` where the text is none. */
export function toNumber(quantity: Quantity | string): number | undefined {
  if (typeof quantity === "number") return quantity;
  // Nothing checked types on the way here.
  if (typeof quantity !== "string") return undefined;
  if (quantity.endsWith("%")) return share(quantity.slice(0, -1));
  const ms = parseDuration(quantity);
  if (ms !== undefined) return ms / 1000;
  const [, amount, unit] = /^(.*?)([kKMGT]i?B|B)$/.exec(quantity) ?? [];
  const size = SIZES[unit as SizeUnit];
  return size !== undefined && amount !== undefined && DECIMAL.test(amount) ? Number(amount) * size : undefined;
}

// Divides in decimal: 99.9 / 100 is 0.9990000000000001 in binary, and that would show in the emitted rule.
function share(percent: string): number | undefined {
  return DECIMAL.test(percent) ? Number(`${percent}e-2`) : undefined;
}
