/** The set operators `and`, `or` and `unless`. */
import type { BinaryExpr, VectorMatching } from "../../promql/ast.ts";
import { ABSENT, type Column, type Emit } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { emitSteps } from "../evaluate/merge.ts";
import { columnsOf, type VectorNode, vectorNode } from "../evaluate/node.ts";
import type { Labels } from "../labels/labels.ts";
import type { MemoryStorage } from "../storage/memory-storage.ts";
import { Matching } from "./matching.ts";

/** A set operator between two vectors. */
export function setOperation(
  expr: BinaryExpr,
  left: VectorNode,
  right: VectorNode,
  storage: MemoryStorage,
): VectorNode {
  const matching = new Matching(storage.labels, expr.matching as VectorMatching);
  const run = (env: Env, emit: Emit) => {
    const lhs = columnsOf(left, env);
    const rhs = columnsOf(right, env);
    if (expr.op === "or") {
      const there = new Presence(env, matching, lhs);
      for (const column of rhs) there.filter(column, false);
      emitSteps(env, [...lhs, ...rhs.filter(hasAny)], emit);
    } else {
      const there = new Presence(env, matching, rhs);
      for (const column of lhs) there.filter(column, expr.op === "and");
      emitSteps(env, lhs.filter(hasAny), emit);
    }
  };
  return vectorNode({
    invariant: left.invariant && right.invariant,
    span: expr.span,
    run,
    distinctWithoutName: expr.op === "or" ? () => false : left.distinctWithoutName,
  });
}

/** At which steps a vector has series of a signature. */
class Presence {
  readonly #matching: Matching;
  readonly #bySignature = new Map<Labels, Uint8Array>();
  readonly #nowhere: Uint8Array;

  constructor(env: Env, matching: Matching, columns: readonly Column[]) {
    this.#matching = matching;
    this.#nowhere = new Uint8Array(env.count);
    for (const { labels, present } of columns) {
      const signature = matching.signature(labels);
      const known = this.#bySignature.get(signature);
      if (known === undefined) this.#bySignature.set(signature, present.slice());
      else for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) known[i] = 1;
    }
  }

  /** Keeps the samples of a column that have, or have not, a match. */
  filter({ labels, present }: Column, matched: boolean): void {
    const there = this.#bySignature.get(this.#matching.signature(labels)) ?? this.#nowhere;
    for (let i = 0; i < present.length; i++) if ((there[i] !== ABSENT) !== matched) present[i] = ABSENT;
  }
}

function hasAny({ present }: Column): boolean {
  for (let i = 0; i < present.length; i++) if (present[i] !== ABSENT) return true;
  return false;
}
