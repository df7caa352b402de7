/** The value in the middle: what noise on a shared machine moves least. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** `1.0 / 1.2 / 3.0`: the least, the median and the most. */
export function spread(values: readonly number[], digits = 0): string {
  return [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(digits)).join(" / ");
}
