/** Between which numbers a value lies, as far as that is known. */

/** The bounds belong to the range. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** Whether the value can also be no number. */
  readonly nan: boolean;
}

export const ANY_NUMBER: NumberRange = Object.freeze({
  min: Number.NEGATIVE_INFINITY,
  max: Number.POSITIVE_INFINITY,
  nan: true,
});

export function between(min: number, max: number, nan = false): NumberRange {
  return Object.freeze({ min, max, nan });
}

export function exactly(value: number): NumberRange {
  return Number.isNaN(value) ? ANY_NUMBER : between(value, value);
}

/** The one number that a range holds. */
export function constantOf({ min, max, nan }: NumberRange): number | undefined {
  return min === max && !nan ? min : undefined;
}

/** Where the result of an arithmetic operator lies. */
export function arithmetic(op: string, a: NumberRange, b: NumberRange): NumberRange {
  const compute = OPERATIONS[op];
  if (compute === undefined) return ANY_NUMBER;
  const [x, y] = [constantOf(a), constantOf(b)];
  if (x !== undefined && y !== undefined) return exactly(compute(x, y));
  // Division by what may be 0, and powers, go anywhere; so do remainders.
  if (op === "/" ? b.min <= 0 && b.max >= 0 : op === "%" || op === "^" || op === "atan2") return ANY_NUMBER;
  const corners = [compute(a.min, b.min), compute(a.min, b.max), compute(a.max, b.min), compute(a.max, b.max)];
  if (corners.some(Number.isNaN)) return ANY_NUMBER;
  return between(Math.min(...corners), Math.max(...corners), a.nan || b.nan || !corners.every(Number.isFinite));
}

const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": (a, b) => a ** b,
  atan2: Math.atan2,
};

/** Whether a comparison holds for all values, for none, or for some. */
export function comparison(op: string, a: NumberRange, b: NumberRange): "all" | "some" | "none" {
  const sure = !a.nan && !b.nan;
  switch (op) {
    case ">":
      return a.max <= b.min ? "none" : sure && a.min > b.max ? "all" : "some";
    case "<":
      return a.min >= b.max ? "none" : sure && a.max < b.min ? "all" : "some";
    case ">=":
      return a.max < b.min ? "none" : sure && a.min >= b.max ? "all" : "some";
    case "<=":
      return a.min > b.max ? "none" : sure && a.max <= b.min ? "all" : "some";
    case "==": {
      const same = constantOf(a) !== undefined && constantOf(a) === constantOf(b);
      return a.max < b.min || a.min > b.max ? "none" : same ? "all" : "some";
    }
    case "!=": {
      const same = constantOf(a) !== undefined && constantOf(a) === constantOf(b);
      return same ? "none" : a.max < b.min || a.min > b.max ? "all" : "some";
    }
    default:
      return "some";
  }
}

/** Where the values lie that a comparison lets through. */
export function filtered(op: string, a: NumberRange, b: NumberRange): NumberRange {
  switch (op) {
    case ">":
    case ">=":
      return between(Math.max(a.min, b.min), a.max);
    case "<":
    case "<=":
      return between(a.min, Math.min(a.max, b.max));
    case "==":
      return between(Math.max(a.min, b.min), Math.min(a.max, b.max));
    default:
      return a;
  }
}

/** Everything that is in one of two ranges. */
export function spanning(a: NumberRange, b: NumberRange): NumberRange {
  return between(Math.min(a.min, b.min), Math.max(a.max, b.max), a.nan || b.nan);
}
