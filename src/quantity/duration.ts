/**
 * Durations as Prometheus writes them: `90s`, `5m`, `1h30m`.
 * https://prometheus.io/docs/prometheus/latest/querying/basics/#float-literals-and-time-durations
 */

type Unit = "ms" | "s" | "m" | "h" | "d" | "w" | "y";

/** A duration: `"90s"`, `"5m"`, `"1h30m"`. Units from large to small, each at most once; whole numbers only. */
export type DurationText = `${number}${Unit}` | `${number}${Unit}${number}${Unit}`;

const UNITS: readonly (readonly [Unit, number])[] = [
  ["y", 31_536_000_000],
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1000],
  ["ms", 1],
];

const SHAPE = /^(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/** The longest duration that Prometheus can hold, in milliseconds: its durations count nanoseconds in 64 bits. */
const LONGEST = 2 ** 63 / 1e6;

/** Reads a duration in milliseconds, or `undefined` where the text is none. `"0"` is a duration, as it is for Prometheus. */
export function parseDuration(text: string): number | undefined {
  if (text === "0") return 0;
  const found = text === "" || typeof text !== "string" ? null : SHAPE.exec(text);
  if (found === null) return undefined;
  const total = UNITS.reduce((sum, [, size], i) => sum + Number(found[i + 1] ?? 0) * size, 0);
  return total < LONGEST ? total : undefined;
}

/** Writes milliseconds as Prometheus does: `5400000` is `1h30m`, and weeks and years only where they divide evenly. */
export function formatDuration(ms: number): string {
  // What is less than a millisecond goes, but not what is one but for a rounding.
  let left = Math.floor(Math.abs(ms) + 1e-6);
  let text = ms < 0 ? "-" : "";
  if (left === 0) return `${text}0s`;
  for (const [unit, size] of UNITS) {
    const whole = Math.floor(left / size);
    if (whole === 0 || ((unit === "y" || unit === "w") && left % size !== 0)) continue;
    text += `${whole}${unit}`;
    left -= whole * size;
  }
  return text;
}
