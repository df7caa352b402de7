/** Arithmetic where Go and JavaScript differ: what Go answers for NaN and infinities. https://pkg.go.dev/math */

/** The larger number; an infinity wins even over NaN. */
export function max(a: number, b: number): number {
  if (a === Number.POSITIVE_INFINITY || b === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
  return Math.max(a, b);
}

/** The smaller number; an infinity wins even over NaN. */
export function min(a: number, b: number): number {
  if (a === Number.NEGATIVE_INFINITY || b === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  return Math.min(a, b);
}

/** `base` to the power of `exponent`; one to any power is one, even to that of NaN. */
export function pow(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && (exponent === Infinity || exponent === -Infinity))) return 1;
  return base ** exponent;
}

/** The least index in `[0, length)` for which `test` holds, or `length`; `test` must hold from some index on. */
export function searchFirst(length: number, test: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
