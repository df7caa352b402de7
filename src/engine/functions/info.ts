/**
 * `info`: adds the labels of info metrics, such as `target_info`, to series of the same job and instance.
 * https://prometheus.io/docs/prometheus/latest/querying/functions/#info
 */
import { METRIC_NAME } from "../../label/label-set.ts";
import { type Matcher, matcherTest } from "../../label/matcher.ts";
import type { At, Duration, Expr, VectorSelector } from "../../promql/ast.ts";
import {
  ABSENT,
  type Column,
  type Emit,
  FLOAT,
  histogramAt,
  inOrder,
  newColumn,
  setFloat,
  setHistogram,
} from "../evaluate/column.ts";
import type { Env } from "../evaluate/env.ts";
import { EvaluationError } from "../evaluate/error.ts";
import { columnsOf, vectorNode } from "../evaluate/node.ts";
import type { Labels, LabelTable } from "../labels/labels.ts";
import { earliestTime } from "../select/earliest.ts";
import { atMs, offsetMs } from "../select/reference.ts";
import { latestPlaces, matchersOf } from "../select/vector-selector.ts";
import type { MemoryStorage, SeriesSearch } from "../storage/memory-storage.ts";
import { HISTOGRAM_SAMPLE, type Series } from "../storage/series.ts";
import { type Implementation, vectorArg } from "./call.ts";

/** The labels by which info series belong to others. */
const IDENTIFYING = ["instance", "job"] as const;

export const info: Implementation = (call) => {
  const arg = vectorArg(call, 0);
  const matchers = call.expr.args.length > 1 ? matchersOf(call.expr.args[1] as VectorSelector) : [];
  const names = nameMatchers(matchers.filter(({ name }) => name === METRIC_NAME));
  const data = matchers.filter(({ name }) => name !== METRIC_NAME);
  const search = call.storage.search([...names, ...data]);
  const isInfo = names.map(matcherTest);
  const times = timesOf(call.expr.args[0] as Expr);
  return vectorNode({
    invariant: call.invariant,
    span: call.expr.span,
    run: (env, emit) => {
      const base = columnsOf(arg, env);
      // Info series are left as they are.
      const ignored = new Set(base.filter(({ labels }) => isInfo.every((test) => test(labels.metricName))));
      const enriched = base.filter((column) => !ignored.has(column));
      const infos = infoColumns(env, search, enriched, times);
      checkDuplicates(env, base, infos);
      const join = new InfoJoin(call.storage, data);
      const output = new Output(env, emit);
      for (const column of base) {
        if (ignored.has(column)) output.addAll(column);
        else join.enrich(column, infos, output);
      }
      output.flush();
    },
    distinctWithoutName: () => false,
  });
};

/** Without a matcher that says which they are, info metrics are `target_info`, or all whose names end in `_info`. */
function nameMatchers(matchers: readonly Matcher[]): readonly Matcher[] {
  if (matchers.length === 0) return [{ name: METRIC_NAME, op: "=", value: "target_info" }];
  if (matchers.some(({ op }) => op === "=" || op === "=~")) return matchers;
  return [{ name: METRIC_NAME, op: "=~", value: ".+_info" }, ...matchers];
}

/** The time that the first selector of the argument looks at, which is the one that info series are looked for at. */
interface InfoTimes {
  readonly at: At | undefined;
  readonly offsets: readonly (Duration | undefined)[];
}

function timesOf(expr: Expr): InfoTimes {
  return firstSelector(expr) ?? { at: undefined, offsets: [] };
}

function firstSelector(expr: Expr): InfoTimes | undefined {
  switch (expr.kind) {
    case "VectorSelector":
      return { at: expr.at, offsets: [expr.offset] };
    case "MatrixSelector":
      return firstSelector(expr.selector);
    case "SubqueryExpr": {
      // Offsets add up until an `@` anchors them.
      const inner = firstSelector(expr.expr);
      if (inner === undefined || inner.at !== undefined) return inner;
      return { at: expr.at, offsets: [...inner.offsets, expr.offset] };
    }
    case "AggregateExpr":
      return firstSelector(expr.expr) ?? (expr.param && firstSelector(expr.param));
    case "BinaryExpr":
      return firstSelector(expr.lhs) ?? firstSelector(expr.rhs);
    case "Call":
      return expr.args.map(firstSelector).find((found) => found !== undefined);
    case "ParenExpr":
    case "UnaryExpr":
      return firstSelector(expr.expr);
    case "NumberLiteral":
    case "StringLiteral":
      return undefined;
  }
}

/** An info series, and by step when its sample was taken. */
interface InfoColumn {
  readonly labels: Labels;
  readonly identity: string;
  /** NaN where there is none. */
  readonly taken: Float64Array;
}

function identityOf(labels: Labels): string {
  return JSON.stringify(IDENTIFYING.map((name) => labels.get(name)));
}

function infoColumns(env: Env, search: SeriesSearch, base: readonly Column[], times: InfoTimes): readonly InfoColumn[] {
  const wanted = IDENTIFYING.map((name) => ({
    name,
    values: new Set(base.map(({ labels }) => labels.get(name)).filter((value) => value !== "")),
  })).filter(({ values }) => values.size > 0);
  if (wanted.length === 0) return [];
  const at = atMs({ at: times.at, offset: undefined }, env);
  const offset = times.offsets.reduce((sum, duration) => sum + offsetMs({ at: undefined, offset: duration }, env), 0);
  const earliest = earliestTime(env.root, env);
  const columns: InfoColumn[] = [];
  for (const series of search.results()) {
    // Prometheus does not look for info series any further back than for others; a chunk that reaches so far is whole.
    if ((series.times[series.length - 1] as number) < earliest) continue;
    if (!wanted.every(({ name, values }) => values.has(series.labels.get(name)))) continue;
    const places = latestPlaces(series, env, { at, offset, limit: Number.POSITIVE_INFINITY });
    if (places === undefined) continue;
    const taken = Float64Array.from(places, (place) => (place === -1 ? Number.NaN : timeTaken(series, place)));
    columns.push({ labels: series.labels, identity: identityOf(series.labels), taken });
  }
  return columns;
}

function timeTaken(series: Series, place: number): number {
  if (series.kinds?.[place] === HISTOGRAM_SAMPLE) {
    throw new EvaluationError(`this should be an info metric, with float samples: ${series.labels}`);
  }
  return series.times[place] as number;
}

/** Two info series that claim the same and are as new are a contradiction. */
function checkDuplicates(env: Env, base: readonly Column[], infos: readonly InfoColumn[]): void {
  const groups = new Map<string, InfoColumn[]>();
  for (const column of infos) {
    const key = `${column.labels.metricName} ${column.identity}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [column]);
    else group.push(column);
  }
  for (const group of groups.values()) {
    for (let i = 0; group.length > 1 && i < env.count; i++) {
      if (base.every(({ present }) => present[i] === ABSENT)) continue;
      let newest: InfoColumn | undefined;
      for (const column of group) {
        const time = column.taken[i] as number;
        if (Number.isNaN(time)) continue;
        const best = newest?.taken[i] ?? Number.NEGATIVE_INFINITY;
        if (newest !== undefined && best === time) {
          throw new EvaluationError(
            `found duplicate series for info metric: existing ${newest.labels} @ ${best}, new ${column.labels} @ ${time}`,
          );
        }
        if (time > best) newest = column;
      }
    }
  }
}

/** Adds labels of info series to others. */
class InfoJoin {
  readonly #table: LabelTable;
  readonly #dataLabels: ReadonlySet<string>;
  /** Whether series without any info series stay. */
  readonly #keepsUnmatched: boolean;

  constructor(storage: MemoryStorage, data: readonly Matcher[]) {
    this.#table = storage.labels;
    this.#dataLabels = new Set(data.map(({ name }) => name));
    this.#keepsUnmatched = data.every((matcher) => matcherTest(matcher)(""));
  }

  enrich(column: Column, infos: readonly InfoColumn[], output: Output): void {
    const identity = identityOf(column.labels);
    const byName = new Map<string, InfoColumn[]>();
    for (const candidate of infos) {
      if (candidate.identity !== identity) continue;
      const known = byName.get(candidate.labels.metricName);
      if (known === undefined) byName.set(candidate.labels.metricName, [candidate]);
      else known.push(candidate);
    }
    const groups = [...byName.values()];
    const results = new Map<string, Labels | undefined>();
    for (let i = 0; i < column.present.length; i++) {
      if (column.present[i] === ABSENT) continue;
      const chosen = groups.map((group) => newestOf(group, i)).filter((found) => found !== undefined);
      const key = chosen.map(({ labels }) => labels.key).join();
      let labels = results.get(key);
      if (labels === undefined && !results.has(key)) {
        labels = this.#enriched(column.labels, chosen);
        results.set(key, labels);
      }
      if (labels !== undefined) output.add(column, i, labels);
    }
  }

  #enriched(base: Labels, chosen: readonly InfoColumn[]): Labels | undefined {
    if (chosen.length === 0) return this.#keepsUnmatched ? base : undefined;
    const added = new Map<string, string>();
    for (const { labels } of chosen) {
      for (let i = 0; i < labels.names.length; i++) {
        const name = labels.names[i] as string;
        const value = labels.values[i] as string;
        if (name === METRIC_NAME || (this.#dataLabels.size > 0 && !this.#dataLabels.has(name))) continue;
        const other = added.get(name);
        if (other !== undefined && other !== value) throw new EvaluationError(`conflicting label: ${name}`);
        if (base.get(name) === "") added.set(name, value);
      }
    }
    return this.#table.with(base, added);
  }
}

function newestOf(group: readonly InfoColumn[], step: number): InfoColumn | undefined {
  let newest: InfoColumn | undefined;
  for (const column of group) {
    const time = column.taken[step] as number;
    if (!Number.isNaN(time) && (newest === undefined || time > (newest.taken[step] as number))) newest = column;
  }
  return newest;
}

/** The resulting series. */
class Output {
  readonly #env: Env;
  readonly #emit: Emit;
  readonly #columns = new Map<Labels, Column>();

  constructor(env: Env, emit: Emit) {
    this.#env = env;
    this.#emit = emit;
  }

  addAll(column: Column): void {
    for (let i = 0; i < column.present.length; i++)
      if (column.present[i] !== ABSENT) this.add(column, i, column.labels);
  }

  add(from: Column, step: number, labels: Labels): void {
    let column = this.#columns.get(labels);
    if (column === undefined) {
      column = newColumn(labels, this.#env.count, from.dropName);
      this.#columns.set(labels, column);
    }
    if (column.present[step] !== ABSENT) {
      throw new EvaluationError("vector cannot contain metrics with the same labelset");
    }
    if (from.present[step] === FLOAT) setFloat(column, step, from.values[step] as number);
    else setHistogram(column, step, histogramAt(from, step));
  }

  flush(): void {
    for (const column of inOrder(this.#columns.values())) this.#emit(column);
  }
}
