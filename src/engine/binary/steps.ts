/** Matching of two vectors step by step, where series may take turns, or stand in for missing ones. */
import { ABSENT, type Column, FLOAT, histogramAt, inOrder, newColumn } from "../evaluate/column.ts";
import { isInstant } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import type { Histogram } from "../histogram/histogram.ts";
import type { Labels } from "../labels/labels.ts";
import { type Join, putResult } from "./vectors.ts";

/** The columns that come out. */
export function matchStepByStep(join: Join): Column[] {
  const results = new Results(join);
  for (let i = 0; i < join.env.count; i++) new StepMatch(join, i, results).run();
  return inOrder(results.columns);
}

/** The columns made so far. */
class Results {
  readonly columns: Column[] = [];
  readonly #join: Join;
  readonly #byLabels = new Map<Labels, Column>();

  constructor(join: Join) {
    this.#join = join;
  }

  /** The column that takes a sample of the step. */
  column(labels: Labels, step: number): Column {
    const { env, expr } = this.#join;
    const known = this.#byLabels.get(labels);
    if (known?.present[step] === ABSENT) return known;
    // Where names go at the end, an instant is checked for duplicates only then.
    if (known !== undefined && !(isInstant(env) && env.settings.delayedNameRemoval)) {
      throw new EvaluationError("vector cannot contain metrics with the same labelset");
    }
    const column = newColumn(labels, env.count, expr.returnBool);
    this.#byLabels.set(labels, column);
    this.columns.push(column);
    return column;
  }
}

/** A sample of one step. */
interface Sample {
  readonly labels: Labels;
  readonly value: number;
  readonly histogram: Histogram | undefined;
}

class StepMatch {
  readonly #join: Join;
  readonly #step: number;
  readonly #results: Results;
  /** The result labels of each signature that has matched. */
  readonly #matched = new Map<Labels, Set<Labels>>();

  constructor(join: Join, step: number, results: Results) {
    this.#join = join;
    this.#step = step;
    this.#results = results;
  }

  run(): void {
    const { matching, labels } = this.#join;
    const { fill } = matching;
    const many = this.#samples(this.#join.many);
    const one = this.#samples(this.#join.one);
    const fills = fill.lhs !== undefined || fill.rhs !== undefined;
    if ((many.length === 0 && one.length === 0) || ((many.length === 0 || one.length === 0) && !fills)) return;
    const ones = this.#bySignature(one);
    for (const sample of many) {
      const signature = labels.signature(sample.labels);
      const match = ones.get(signature) ?? this.#filled(sample, fill.rhs);
      if (match !== undefined) this.#combine(sample, match, signature);
    }
    if (fill.lhs === undefined) return;
    for (const sample of one) {
      const signature = labels.signature(sample.labels);
      if (this.#matched.has(signature)) continue;
      this.#combine(this.#filled(sample, fill.lhs) as Sample, sample, signature);
    }
  }

  #samples(columns: readonly Column[]): Sample[] {
    const samples: Sample[] = [];
    for (const column of columns) {
      const kind = column.present[this.#step];
      if (kind === ABSENT) continue;
      const histogram = kind === FLOAT ? undefined : histogramAt(column, this.#step);
      samples.push({ labels: column.labels, value: histogram ? 0 : (column.values[this.#step] as number), histogram });
    }
    return samples;
  }

  #bySignature(one: readonly Sample[]): Map<Labels, Sample> {
    const { labels, swapped } = this.#join;
    const found = new Map<Labels, Sample>();
    for (const sample of one) {
      const signature = labels.signature(sample.labels);
      const other = found.get(signature);
      if (other !== undefined) {
        const names = [String(sample.labels), String(other.labels)].sort().join(", ");
        throw new EvaluationError(
          `found duplicate series for the match group ${signature} on the ${swapped ? "left" : "right"} hand-side of the operation: [${names}];many-to-many matching not allowed: matching labels must be unique on one side`,
        );
      }
      found.set(signature, sample);
    }
    return found;
  }

  #filled(sample: Sample, value: number | undefined): Sample | undefined {
    if (value === undefined) return undefined;
    return { labels: this.#join.labels.signature(sample.labels), value, histogram: undefined };
  }

  #combine(many: Sample, one: Sample, signature: Labels): void {
    const { operation, swapped, matching, labels, dropName, expr, remarks } = this.#join;
    const [left, right] = swapped ? [one, many] : [many, one];
    if (left.histogram === undefined && right.histogram === undefined) operation.onFloats(left.value, right.value);
    else operation.onHistograms(left.value, right.value, left.histogram, right.histogram);
    if (operation.trouble !== undefined) {
      remarks.set(this.#step, operation.trouble);
      return;
    }
    const result = labels.result(many.labels, one.labels, dropName);
    const matched = this.#matched.get(signature);
    if (matched === undefined) this.#matched.set(signature, new Set([result]));
    else if (matching.card === "one-to-one") {
      throw new EvaluationError(
        "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)",
      );
    } else if (matched.has(result)) {
      throw new EvaluationError("multiple matches for labels: grouping labels must ensure unique matches");
    } else matched.add(result);
    if (!operation.keep && !expr.returnBool) return;
    putResult(this.#join, this.#step, this.#results.column(result, this.#step));
  }
}
