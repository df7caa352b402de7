/**
 * Inverse trigonometric functions to the last digit as Go computes them, from the same rational function.
 * https://github.com/golang/go/blob/master/src/math/atan.go
 */

export function atan(x: number): number {
  return x === 0 ? x : x < 0 ? -atanOfPositive(-x) : atanOfPositive(x);
}

export function asin(x: number): number {
  if (x === 0) return x;
  if (x < 0) return -asin(-x);
  const other = Math.sqrt(1 - x * x);
  return x > 0.7 ? Math.PI / 2 - atanOfPositive(other / x) : atanOfPositive(x / other);
}

export function acos(x: number): number {
  return Math.PI / 2 - asin(x);
}

export function atan2(y: number, x: number): number {
  // The standard says what zeros and infinities give, and says what Go does.
  if (x === 0 || y === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.atan2(y, x);
  const angle = atan(y / x);
  if (x >= 0) return angle;
  return angle <= 0 ? angle + Math.PI : angle - Math.PI;
}

// What is lost of π/2 when it is rounded.
const MORE_BITS = 6.123233995736766e-17;

function atanOfPositive(x: number): number {
  if (x <= 0.66) return atanOfSmall(x);
  if (x > 1 + Math.SQRT2) return Math.PI / 2 - atanOfSmall(1 / x) + MORE_BITS;
  return Math.PI / 4 + atanOfSmall((x - 1) / (x + 1)) + 0.5 * MORE_BITS;
}

function atanOfSmall(x: number): number {
  const z = x * x;
  const p =
    (((-0.8750608600031904 * z - 16.157537187333652) * z - 75.00855792314705) * z - 122.88666844901361) * z -
    64.85021904942025;
  const q =
    ((((z + 24.858464901423062) * z + 165.02700983169885) * z + 432.88106049129027) * z + 485.3903996359137) * z +
    194.5506571482614;
  return x * ((z * p) / q) + x;
}
