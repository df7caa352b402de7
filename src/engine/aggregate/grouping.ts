/** Which group of an aggregation a series belongs to. */

import { METRIC_NAME } from "../../label/label-set.ts";
import type { AggregateExpr } from "../../promql/ast.ts";
import type { Labels, LabelTable } from "../labels/labels.ts";

/** The groups by `by` or `without`; what was worked out for label sets is kept. */
export class Grouping {
  readonly #table: LabelTable;
  readonly #keeps: (name: string) => boolean;
  readonly #known = new Map<Labels, Labels>();

  constructor(table: LabelTable, { without, grouping }: Pick<AggregateExpr, "without" | "grouping">) {
    const names = new Set(grouping);
    this.#table = table;
    this.#keeps = without ? (name) => name !== METRIC_NAME && !names.has(name) : (name) => names.has(name);
  }

  /** The labels that the group of a series has: one object for each group. */
  of(labels: Labels): Labels {
    let group = this.#known.get(labels);
    if (group === undefined) {
      group = this.#table.filter(labels, this.#keeps);
      this.#known.set(labels, group);
    }
    return group;
  }
}
