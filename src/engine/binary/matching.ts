/** Which series of two vectors belong together, and what labels come out. */

import { METRIC_NAME } from "../../label/label-set.ts";
import type { VectorMatching } from "../../promql/ast.ts";
import type { Labels, LabelTable } from "../labels/labels.ts";

/** The labels of a matching; what was worked out for label sets is kept. */
export class Matching {
  readonly #table: LabelTable;
  readonly #matching: VectorMatching;
  readonly #names: ReadonlySet<string>;
  readonly #signatures = new Map<Labels, Labels>();
  readonly #results = new Map<Labels, Map<Labels, Labels>>();

  constructor(table: LabelTable, matching: VectorMatching) {
    this.#table = table;
    this.#matching = matching;
    this.#names = new Set(matching.labels);
  }

  /** The labels that two series must share to match: one object for equal ones. */
  signature(labels: Labels): Labels {
    let signature = this.#signatures.get(labels);
    if (signature === undefined) {
      const { on } = this.#matching;
      const names = this.#names;
      signature = this.#table.filter(labels, (name) =>
        on ? names.has(name) : name !== METRIC_NAME && !names.has(name),
      );
      this.#signatures.set(labels, signature);
    }
    return signature;
  }

  /** The labels of the result, from those of the many side, or the left one, and of the one side. */
  result(many: Labels, one: Labels, dropName: boolean): Labels {
    let byOne = this.#results.get(many);
    if (byOne === undefined) {
      byOne = new Map();
      this.#results.set(many, byOne);
    }
    let labels = byOne.get(one);
    if (labels === undefined) {
      labels = this.#result(many, one, dropName);
      byOne.set(one, labels);
    }
    return labels;
  }

  #result(many: Labels, one: Labels, dropName: boolean): Labels {
    const { card, on, include } = this.#matching;
    const names = this.#names;
    let labels = dropName ? this.#table.withoutName(many) : many;
    if (card === "one-to-one") labels = this.#table.filter(labels, (name) => names.has(name) === on);
    if (include.length === 0) return labels;
    return this.#table.with(
      labels,
      include.map((name) => [name, one.get(name)] as const),
    );
  }
}
