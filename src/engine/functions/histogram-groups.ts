/** Sorts the series of a vector into native histograms and groups of classic buckets. */
import { ABSENT, type Column, FLOAT, HISTOGRAM } from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import type { Labels, LabelTable } from "../labels/labels.ts";

/** The label that holds a classic bucket's upper bound. */
const BUCKET_LABEL = "le";

export interface HistogramGroups {
  readonly native: readonly NativeSeries[];
  readonly classic: readonly ClassicGroup[];
}

export interface NativeSeries {
  readonly column: Column;
  /** 1 at the steps at which there are classic buckets of the same labels too. */
  readonly dropped: Uint8Array | undefined;
}

/** The buckets of one classic histogram, in ascending order of their bounds. */
export interface ClassicGroup {
  readonly labels: Labels;
  readonly columns: Column[];
  readonly bounds: number[];
  /** 1 at the steps at which there is a native histogram of the same labels too. */
  readonly dropped: Uint8Array | undefined;
}

export interface GroupingRemarks {
  readonly badBucketLabel: (metric: string, le: string) => void;
  readonly mixed: (metric: string) => void;
}

/** Groups the columns of a vector. A native and a classic histogram of the same labels at one step are dropped both. */
export function groupHistograms(
  env: Env,
  columns: readonly Column[],
  table: LabelTable,
  memory: Map<Labels, Labels>,
  remarks: GroupingRemarks,
): HistogramGroups {
  const groups = new Map<Labels, { columns: Column[]; bounds: number[] }>();
  const native: Column[] = [];
  for (const column of columns) {
    if (column.present.includes(HISTOGRAM)) native.push(column);
    if (!column.present.includes(FLOAT)) continue;
    const le = column.labels.get(BUCKET_LABEL);
    const bound = parseBound(le);
    if (bound === undefined) {
      remarks.badBucketLabel(column.labels.metricName, le);
      continue;
    }
    let labels = memory.get(column.labels);
    if (labels === undefined) {
      labels = table.filter(column.labels, (name) => name !== BUCKET_LABEL);
      memory.set(column.labels, labels);
    }
    const group = groups.get(labels);
    if (group === undefined) groups.set(labels, { columns: [column], bounds: [bound] });
    else {
      group.columns.push(column);
      group.bounds.push(bound);
    }
  }
  const dropped = new Map<Labels, Uint8Array>();
  for (const column of native) {
    const group = groups.get(column.labels);
    const steps = group && bothAt(env, column, group.columns);
    if (steps === undefined) continue;
    dropped.set(column.labels, steps);
    remarks.mixed(column.labels.metricName);
  }
  return {
    native: native.map((column) => ({ column, dropped: dropped.get(column.labels) })),
    classic: [...groups].map(([labels, group]) => ({ labels, ...byBound(group), dropped: dropped.get(labels) })),
  };
}

function bothAt(env: Env, native: Column, classic: readonly Column[]): Uint8Array | undefined {
  let steps: Uint8Array | undefined;
  for (let i = 0; i < env.count; i++) {
    if (native.present[i] !== HISTOGRAM || classic.every(({ present }) => present[i] === ABSENT)) continue;
    steps ??= new Uint8Array(env.count);
    steps[i] = 1;
  }
  return steps;
}

function byBound({
  columns,
  bounds,
}: {
  columns: Column[];
  bounds: number[];
}): Pick<ClassicGroup, "columns" | "bounds"> {
  const order = bounds.map((_, i) => i).sort((a, b) => compare(bounds[a] as number, bounds[b] as number));
  return { columns: order.map((i) => columns[i] as Column), bounds: order.map((i) => bounds[i] as number) };
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A bound as Go reads floats. https://pkg.go.dev/strconv#ParseFloat */
function parseBound(text: string): number | undefined {
  if (/^[+-]?inf(?:inity)?$/i.test(text))
    return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  return parseHexadecimal(text);
}

function parseHexadecimal(text: string): number | undefined {
  const found = /^([+-]?)0x([0-9a-f]*)\.?([0-9a-f]*)p([+-]?\d+)$/i.exec(text);
  if (found === null) return undefined;
  const [, sign = "", whole = "", fraction = "", power = ""] = found;
  if (whole + fraction === "") return undefined;
  const value = Number.parseInt(`${whole}${fraction}`, 16) * 2 ** (Number(power) - 4 * fraction.length);
  return sign === "-" ? -value : value;
}
