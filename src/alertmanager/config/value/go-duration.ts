/** Durations as Go writes them: `1h15m30.918s`, `-1.5h`. Timeouts of receivers are such. https://pkg.go.dev/time#ParseDuration */

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  "\u00b5s": 1e-3,
  "\u03bcs": 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** The longest duration that Go can hold, in milliseconds. */
const LONGEST = 2 ** 63 / 1e6;

/** Reads a Go duration in milliseconds, or `undefined` where the text is none. */
export function parseGoDuration(text: string): number | undefined {
  const sign = text.startsWith("-") ? -1 : 1;
  const bare = text.replace(/^[-+]/, "");
  if (bare === "0") return 0;
  if (!/^(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/.test(bare)) return undefined;
  let total = 0;
  for (const [, amount, unit] of bare.matchAll(/(\d+\.?\d*|\.\d+)([^\d.]+)/g))
    total += Number(amount) * (UNITS[unit ?? ""] ?? 0);
  return total <= LONGEST ? sign * total : undefined;
}
