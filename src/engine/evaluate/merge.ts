/** Columns whose labels have become the same. */
import type { Labels } from "../labels/labels.ts";
import { ABSENT, type Column, type Emit, FLOAT, type HISTOGRAM, histogramAt, setHistogram } from "./column.ts";
import { type Env, isInstant } from "./env.ts";
import { EvaluationError } from "./error.ts";

const SAME_LABELSET = "vector cannot contain metrics with the same labelset";

/**
 * What to keep of a float and a histogram at one step. Where Prometheus merges whole series rather than samples, it lets
 * both stand, and takes now the one, now the other.
 */
export type Prefer = typeof FLOAT | typeof HISTOGRAM;

/** Puts columns of the same labels together; two samples at one step are an error, unless one of them is preferred. */
export class ColumnMerger {
  readonly #emit: Emit;
  readonly #prefer: Prefer | undefined;
  readonly #byLabels = new Map<Labels, Column>();

  constructor(emit: Emit, prefer?: Prefer) {
    this.#emit = emit;
    this.#prefer = prefer;
  }

  add(column: Column): void {
    const other = this.#byLabels.get(column.labels);
    this.#byLabels.set(column.labels, other === undefined ? column : merged(other, column, this.#prefer));
  }

  /** Emits what there is. */
  flush(): void {
    for (const column of this.#byLabels.values()) this.#emit(column);
  }
}

/**
 * Passes on the columns that an operation made at each step on its own. Over a range, series of the same labels become
 * one; at an instant that is an error, or, where names go at the end, nothing that matters yet.
 */
export function emitSteps(env: Env, columns: Iterable<Column>, emit: Emit): void {
  if (isInstant(env) && env.settings.delayedNameRemoval) {
    for (const column of columns) emit(column);
    return;
  }
  const merger = new ColumnMerger(emit);
  for (const column of columns) merger.add(column);
  merger.flush();
}

/** Fails where two columns have the same labels. */
export class UniqueLabels {
  readonly #seen = new Set<Labels>();

  check(labels: Labels): void {
    if (this.#seen.has(labels)) throw new EvaluationError(SAME_LABELSET);
    this.#seen.add(labels);
  }
}

/** The samples of both. Whether the name goes is as the one says that comes first. */
function merged(a: Column, b: Column, prefer: Prefer | undefined): Column {
  const firstOf = ({ present }: Column) => present.findIndex((kind) => kind !== ABSENT);
  const [startA, startB] = [firstOf(a), firstOf(b)];
  if (startB !== -1 && (startA === -1 || startB < startA)) a.dropName = b.dropName;
  for (let i = 0; i < b.present.length; i++) {
    const kind = b.present[i];
    if (kind === ABSENT) continue;
    if (a.present[i] !== ABSENT) {
      if (prefer === undefined || a.present[i] === kind) throw new EvaluationError(SAME_LABELSET);
      if (kind !== prefer) continue;
    }
    if (kind === FLOAT) {
      a.present[i] = FLOAT;
      a.values[i] = b.values[i] as number;
    } else setHistogram(a, i, histogramAt(b, i));
  }
  return a;
}
