/** Quantiles of plain numbers. */

/** The `q`-quantile, interpolated between the two nearest values. NaN sorts first; the values are put in order. */
export function quantile(q: number, values: Float64Array): number {
  if (values.length === 0 || Number.isNaN(q)) return Number.NaN;
  if (q < 0) return Number.NEGATIVE_INFINITY;
  if (q > 1) return Number.POSITIVE_INFINITY;
  sortNanFirst(values);
  const rank = q * (values.length - 1);
  const lower = Math.max(0, Math.floor(rank));
  const upper = Math.min(values.length - 1, lower + 1);
  const weight = rank - Math.floor(rank);
  return (values[lower] as number) * (1 - weight) + (values[upper] as number) * weight;
}

function sortNanFirst(values: Float64Array): void {
  // Typed arrays sort NaN last.
  values.sort();
  let count = 0;
  while (count < values.length && Number.isNaN(values[values.length - 1 - count])) count++;
  if (count === 0 || count === values.length) return;
  values.copyWithin(count, 0, values.length - count);
  values.fill(Number.NaN, 0, count);
}
