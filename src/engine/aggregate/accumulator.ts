/** One group of an aggregation, over all steps. */
import type { AggregateOp, Span } from "../../promql/ast.ts";
import type { Annotation } from "../annotation/annotation.ts";
import { histogramIgnored } from "../annotation/remarks.ts";
import { ABSENT, type Column, FLOAT, newColumn } from "../evaluate/column.ts";
import type { Labels } from "../labels/labels.ts";

/** What an accumulator is made for. */
export interface Place {
  readonly op: AggregateOp;
  readonly labels: Labels;
  readonly count: number;
  /** The aggregated expression, for remarks. */
  readonly span: Span;
  readonly remark: (annotation: Annotation) => void;
}

/** Takes columns one by one, in the order in which Prometheus would. */
export abstract class Accumulator {
  protected readonly place: Place;
  #lastStep = -1;
  #dropName = false;

  constructor(place: Place) {
    this.place = place;
  }

  add(column: Column): void {
    this.#noteName(column);
    this.take(column);
  }

  /** The group's column. */
  result(): Column {
    const column = this.finish();
    column.dropName = this.#dropName;
    return column;
  }

  protected abstract take(column: Column): void;
  protected abstract finish(): Column;

  protected newColumn(): Column {
    return newColumn(this.place.labels, this.place.count);
  }

  /** The name goes where it goes with any series of the last step. */
  #noteName({ present, dropName }: Column): void {
    let last = present.length - 1;
    while (last >= 0 && present[last] === ABSENT) last--;
    if (last > this.#lastStep) {
      this.#lastStep = last;
      this.#dropName = dropName;
    } else if (last === this.#lastStep) this.#dropName ||= dropName;
  }
}

/** Aggregations that know nothing of histograms, ignore them and say so. */
export abstract class FloatAccumulator extends Accumulator {
  protected override take({ present, values }: Column): void {
    for (let i = 0; i < present.length; i++) {
      const kind = present[i];
      if (kind === ABSENT) continue;
      if (kind === FLOAT) this.takeFloat(i, values[i] as number);
      else this.place.remark(histogramIgnored(this.place.op, this.place.span));
    }
  }

  protected abstract takeFloat(step: number, value: number): void;
}
