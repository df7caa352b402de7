/** Thresholds with a name, so that an environment can give them another value. */
import { z } from "zod";
import { NOWHERE, type NumberLiteral } from "../promql/ast.ts";
import type { Quantity } from "../quantity/quantity.ts";
import { captureOrigin, type Origin } from "../source/origin.ts";
import { number } from "../vector/build.ts";
import { Scalar } from "../vector/scalar.ts";
import type { Definition } from "./definition.ts";
import { quantity, safeName } from "./schema.ts";

/** A number in an expression that still knows which threshold it stands for. */
export interface ThresholdLiteral extends NumberLiteral {
  readonly threshold: Threshold;
}

/** A value that expressions compare with, which environments may override. */
export class Threshold extends Scalar implements Definition<"Threshold", Quantity> {
  readonly kind = "Threshold";
  readonly name: string;
  readonly spec: Quantity;
  readonly origin: Origin;
  override readonly ast: ThresholdLiteral;

  constructor(name: string, spec: Quantity, origin: Origin) {
    super({ kind: "NumberLiteral", span: NOWHERE, value: 0, raw: "0" });
    this.name = name;
    this.spec = spec;
    this.origin = origin;
    this.ast = Object.freeze({ ...number(spec), threshold: this });
  }
}

/**
 * Names a value that expressions compare with.
 *
 * ```ts
 * const lowStock = threshold("low-stock", 10);
 * const low = stock.below(lowStock);
 * const staging = environment("staging", { overrides: [override(lowStock, 2)] });
 * ```
 */
export function threshold(name: string, value: Quantity): Threshold {
  return new Threshold(name, value, captureOrigin(threshold));
}

export function isThresholdLiteral(node: { readonly kind: string }): node is ThresholdLiteral {
  return "threshold" in node;
}

export const thresholdSchema = z.object({ name: safeName, spec: quantity });
