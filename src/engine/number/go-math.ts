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

/**
 * `base` to the power of `exponent`, by Go's own method, which rounds otherwise than JavaScript's where numbers get large.
 * One to any power is one, even to that of NaN.
 */
export function pow(base: number, exponent: number): number {
  if (base === 1 || exponent === 0) return 1;
  if (Math.abs(exponent) === Number.POSITIVE_INFINITY && base === -1) return 1;
  let whole = Math.trunc(Math.abs(exponent));
  let fraction = Math.abs(exponent) - whole;
  if (Math.abs(exponent) === 0.5) return exponent > 0 ? Math.sqrt(base) : 1 / Math.sqrt(base);
  const plain = whole < 2 ** 53 && Number.isFinite(base) && base !== 0 && (base > 0 || fraction === 0);
  if (!plain || exponent === 1) return base ** exponent;
  let result = 1;
  let power = 0;
  if (fraction !== 0) {
    if (fraction > 0.5) {
      fraction--;
      whole++;
    }
    result = Math.exp(fraction * ln(base));
  }
  let [factor, factorPower] = split(base);
  for (let left = whole; left !== 0; left = Math.floor(left / 2)) {
    if (Math.abs(factorPower) > 4096) {
      power += factorPower;
      break;
    }
    if (left % 2 === 1) {
      result *= factor;
      power += factorPower;
    }
    factor *= factor;
    factorPower *= 2;
    if (factor < 0.5) {
      factor += factor;
      factorPower--;
    }
  }
  return exponent < 0 ? scaled(1 / result, -power) : scaled(result, power);
}

/** The binary logarithm, exact for powers of two. */
export function log2(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return Math.log2(value);
  const [fraction, power] = split(value);
  return fraction === 0.5 ? power - 1 : ln(fraction) * Math.LOG2E + power;
}

export function log10(value: number): number {
  return ln(value) * Math.LOG10E;
}

/** The natural logarithm, by Go's own method. */
export function ln(value: number): number {
  if (!(value > 0) || value === Number.POSITIVE_INFINITY) return Math.log(value);
  let [fraction, power] = split(value);
  if (fraction < Math.SQRT1_2) {
    fraction *= 2;
    power--;
  }
  const f = fraction - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const odd =
    s2 * (0.6666666666666735 + s4 * (0.2857142874366239 + s4 * (0.1818357216161805 + s4 * 0.14798198605116586)));
  const even = s4 * (0.3999999999940942 + s4 * (0.22222198432149784 + s4 * 0.15313837699209373));
  const half = 0.5 * f * f;
  const low = power * 1.9082149292705877e-10;
  return power * 0.6931471803691238 - (half - (s * (half + (odd + even)) + low) - f);
}

/** Two to the power of `exponent`, by Go's own method. */
export function exp2(exponent: number): number {
  if (!(Math.abs(exponent) < 1022)) return 2 ** exponent;
  const power = Math.trunc(exponent > 0 ? exponent + 0.5 : exponent - 0.5);
  const rest = exponent - power;
  const high = rest * 0.6931471803691238;
  const low = -rest * 1.9082149292705877e-10;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (0.16666666666666666 +
        t *
          (-0.0027777777777015593 +
            t * (6.613756321437934e-5 + t * (-1.6533902205465252e-6 + t * 4.1381367970572385e-8))));
  return scaled(1 - (low - (r * c) / (2 - c) - high), power);
}

/** A number as one from a half to one, and the power of two that it is to be taken times. */
function split(value: number): [fraction: number, power: number] {
  let power = Math.max(-1022, Math.floor(Math.log2(Math.abs(value))) + 1);
  let fraction = scaled(value, -power);
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    power++;
  }
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    power--;
  }
  return [fraction, power];
}

/** A number times a power of two, in two steps because that may lie beyond what a number can hold. */
function scaled(value: number, power: number): number {
  const half = Math.max(-1000, Math.min(1000, Math.trunc(power / 2)));
  return value * 2 ** half * 2 ** Math.max(-1074, Math.min(1023, power - half));
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
