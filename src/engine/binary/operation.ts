/** Binary operators on single samples. */
import type { ARITHMETIC_OPS, BinaryOp, COMPARISON_OPS, SET_OPS, Span } from "../../promql/ast.ts";
import type { Annotation } from "../annotation/annotation.ts";
import {
  counterResetCollision,
  incompatibleBucketLayout,
  incompatibleTypes,
  mismatchedCustomBuckets,
} from "../annotation/remarks.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { add, type Sum, subtract } from "../histogram/add.ts";
import { compact, divide, equalHistograms, type Histogram, scale } from "../histogram/histogram.ts";
import { trim } from "../histogram/trim.ts";
import { atan2 } from "../number/arctangent.ts";
import { pow } from "../number/go-math.ts";

/** The operators that make one sample of two. */
export type SampleOp = Exclude<BinaryOp, (typeof SET_OPS)[number]>;

const ARITHMETIC: Readonly<Record<(typeof ARITHMETIC_OPS)[number], (a: number, b: number) => number>> = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "%": (a, b) => a % b,
  "^": pow,
  atan2,
};

const COMPARISON: Readonly<Record<(typeof COMPARISON_OPS)[number], (a: number, b: number) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  ">": (a, b) => a > b,
  "<=": (a, b) => a <= b,
  ">=": (a, b) => a >= b,
};

export function isComparison(op: SampleOp): op is keyof typeof COMPARISON {
  return op in COMPARISON;
}

/** Whether the result is another metric than the operands are. */
export function isArithmetic(op: SampleOp): op is keyof typeof ARITHMETIC {
  return op in ARITHMETIC;
}

/** The operator on two numbers; a comparison is 1 or 0. */
export function scalarOperation(op: SampleOp): (a: number, b: number) => number {
  if (isArithmetic(op)) return ARITHMETIC[op];
  if (!isComparison(op)) {
    return () => {
      throw new EvaluationError(`operator ${JSON.stringify(op)} not allowed for Scalar operations`);
    };
  }
  const compare = COMPARISON[op];
  return (a, b) => (compare(a, b) ? 1 : 0);
}

/** What an operator makes of two samples; reused from one to the next. */
export class Operation {
  readonly op: SampleOp;
  readonly #span: Span;
  readonly #arithmetic: ((a: number, b: number) => number) | undefined;
  readonly #comparison: ((a: number, b: number) => boolean) | undefined;
  /** Whether the samples make a result, or, for a comparison, pass. */
  keep = false;
  value = 0;
  histogram: Histogram | undefined;
  /** Why there is no result at all. */
  trouble: Annotation | undefined;
  /** What there is to say about a result. */
  remark: Annotation | undefined;

  constructor(op: SampleOp, span: Span) {
    this.op = op;
    this.#span = span;
    this.#arithmetic = isArithmetic(op) ? ARITHMETIC[op] : undefined;
    this.#comparison = isComparison(op) ? COMPARISON[op] : undefined;
  }

  /** Computes on two floats, of which there is always a result but of trimming. */
  onFloats(left: number, right: number): void {
    this.histogram = undefined;
    this.trouble = undefined;
    this.remark = undefined;
    if (this.#arithmetic !== undefined) {
      this.value = this.#arithmetic(left, right);
      this.keep = true;
    } else if (this.#comparison !== undefined) {
      this.value = left;
      this.keep = this.#comparison(left, right);
    } else this.#incompatible("float", "float");
  }

  /** Computes on samples of which one at least is a histogram. */
  onHistograms(left: number, right: number, leftHistogram?: Histogram, rightHistogram?: Histogram): void {
    this.value = 0;
    this.keep = true;
    this.histogram = undefined;
    this.trouble = undefined;
    this.remark = undefined;
    if (leftHistogram === undefined) {
      if (this.op === "*" && rightHistogram !== undefined) this.histogram = compact(scale(rightHistogram, left));
      else this.#incompatible("float", "histogram");
    } else if (rightHistogram === undefined) this.#withFloat(leftHistogram, right);
    else this.#withHistogram(leftHistogram, rightHistogram);
  }

  #withFloat(h: Histogram, value: number): void {
    if (this.op === "*") this.histogram = compact(scale(h, value));
    else if (this.op === "/") this.histogram = compact(divide(h, value));
    else if (this.op === "</") this.histogram = trim(h, value, "below");
    else if (this.op === ">/") this.histogram = trim(h, value, "above");
    else this.#incompatible("histogram", "float");
  }

  #withHistogram(left: Histogram, right: Histogram): void {
    if (this.op === "+") this.#sum(add(left, right), "addition");
    else if (this.op === "-") this.#sum(subtract(left, right), "subtraction");
    else if (this.op === "==" || this.op === "!=") {
      this.histogram = left;
      this.keep = equalHistograms(left, right) === (this.op === "==");
    } else this.#incompatible("histogram", "histogram");
  }

  #sum(sum: Sum | undefined, operation: "addition" | "subtraction"): void {
    if (sum === undefined) this.trouble = incompatibleBucketLayout(this.op, this.#span);
    else if (sum.collision) this.trouble = counterResetCollision(operation, this.#span);
    else {
      const result = compact(sum.histogram);
      this.histogram = operation === "addition" ? result : { ...result, hint: "gauge" };
      if (sum.reconciled) this.remark = mismatchedCustomBuckets(operation, this.#span);
    }
    this.keep = this.trouble === undefined;
  }

  #incompatible(left: string, right: string): void {
    this.keep = false;
    this.trouble = incompatibleTypes(left, this.op, right, this.#span);
  }
}

/** Of all that is said about one step, Prometheus keeps what was said last. */
export class StepRemarks {
  readonly #last: (Annotation | undefined)[] = [];

  set(step: number, annotation: Annotation): void {
    this.#last[step] = annotation;
  }

  flush(remark: (annotation: Annotation) => void): void {
    for (const annotation of this.#last) if (annotation !== undefined) remark(annotation);
  }
}
