/** Scalars: single numbers without labels, such as the time of evaluation or a threshold. */
import type { BinaryOp, Expr } from "../promql/ast.ts";
import type { Quantity } from "../quantity/quantity.ts";
import { binary, call, negated, number } from "./build.ts";

/** A number without labels that is known only when the expression is evaluated. */
export class Scalar {
  readonly ast: Expr;

  constructor(ast: Expr) {
    this.ast = ast;
  }

  /** `a + b` */
  add(right: ScalarLike): Scalar {
    return this.#operate("+", right);
  }

  /** `a - b` */
  sub(right: ScalarLike): Scalar {
    return this.#operate("-", right);
  }

  /** `a * b` */
  mul(right: ScalarLike): Scalar {
    return this.#operate("*", right);
  }

  /** `a / b` */
  div(right: ScalarLike): Scalar {
    return this.#operate("/", right);
  }

  /** `a % b` */
  mod(right: ScalarLike): Scalar {
    return this.#operate("%", right);
  }

  /** `a ^ b` */
  pow(right: ScalarLike): Scalar {
    return this.#operate("^", right);
  }

  /** `-a` */
  negate(): Scalar {
    return new Scalar(negated(this.ast));
  }

  #operate(op: BinaryOp, right: ScalarLike): Scalar {
    return new Scalar(binary(op, this.ast, scalarExpr(right), { vectors: false }));
  }
}

/** What stands for a number: `10`, `"20%"`, `"5m"` (in seconds), `"2GiB"`, a threshold, a scalar. */
export type ScalarLike = Quantity | Scalar;

/** The time of the evaluation, in seconds since 1970: `time()`. */
export const time = (): Scalar => new Scalar(call("time"));

/** When the query's range begins, in seconds since 1970: `start()`. Experimental, since Prometheus 3.12. */
export const start = (): Scalar => new Scalar(call("start"));

/** When the query's range ends, in seconds since 1970: `end()`. Experimental, since Prometheus 3.12. */
export const end = (): Scalar => new Scalar(call("end"));

/** The length of the query's range, in seconds: `range()`. Experimental, since Prometheus 3.12. */
export const range = (): Scalar => new Scalar(call("range"));

/** The query's resolution, in seconds: `step()`. Experimental, since Prometheus 3.12. */
export const step = (): Scalar => new Scalar(call("step"));

/** The larger of two numbers: `max_of(a, b)`. Experimental, since Prometheus 3.13. */
export const maxOf = (a: ScalarLike, b: ScalarLike): Scalar => new Scalar(call("max_of", scalarExpr(a), scalarExpr(b)));

/** The smaller of two numbers: `min_of(a, b)`. Experimental, since Prometheus 3.13. */
export const minOf = (a: ScalarLike, b: ScalarLike): Scalar => new Scalar(call("min_of", scalarExpr(a), scalarExpr(b)));

/** The number π: `pi()`. */
export const pi = (): Scalar => new Scalar(call("pi"));

export function scalarExpr(value: ScalarLike): Expr {
  return value instanceof Scalar ? value.ast : number(value);
}
