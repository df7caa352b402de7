/** Label sets as the evaluator keeps them: interned, so that equal ones are one object and comparing them costs nothing. */
import { type LabelSet, METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";

/** The labels that say what a metric is rather than which series of it: they go where a value comes to mean something else. */
const IDENTITY = [METRIC_NAME, "__type__", "__unit__"];

/** A label set, its names in order; made by a `LabelTable` alone. */
export class Labels {
  readonly names: readonly string[];
  readonly values: readonly string[];
  /** A text that two label sets share exactly when they hold the same labels. */
  readonly key: string;
  readonly metricName: string;
  #record: LabelSet | undefined;
  /** What derived label sets were asked for before. */
  nameless: Labels | undefined;

  constructor(names: readonly string[], values: readonly string[], key: string) {
    this.names = names;
    this.values = values;
    this.key = key;
    const at = names.indexOf(METRIC_NAME);
    this.metricName = at === -1 ? "" : (values[at] as string);
  }

  /** The value of a label, `""` where it is absent. */
  get(name: string): string {
    const at = this.names.indexOf(name);
    return at === -1 ? "" : (this.values[at] as string);
  }

  /** As plain data. */
  toRecord(): LabelSet {
    if (this.#record === undefined) {
      // A label may be called "__proto__".
      const record: Record<string, string> = Object.create(null);
      for (let i = 0; i < this.names.length; i++) record[this.names[i] as string] = this.values[i] as string;
      this.#record = Object.freeze({ ...record });
    }
    return this.#record;
  }

  /** `{__name__="up", job="shop"}`, as Prometheus writes label sets in its messages. */
  toString(): string {
    return `{${this.names.map((name, i) => `${name}=${quote(this.values[i] as string)}`).join(", ")}}`;
  }
}

/** Interns label sets. Empty values are left out: a label that is empty is absent. */
export class LabelTable {
  readonly #known = new Map<string, Labels>();
  readonly empty: Labels = this.#intern([], []);

  /** The label set of a plain record. */
  of(record: LabelSet): Labels {
    const names = Object.keys(record).filter((name) => record[name] !== "");
    if (names.length > 1) names.sort(compareText);
    return this.#intern(
      names,
      names.map((name) => record[name] as string),
    );
  }

  /** The label set with some labels set, or removed by the value `""`. */
  with(labels: Labels, changes: Iterable<readonly [name: string, value: string]>): Labels {
    const record = new Map<string, string>();
    for (let i = 0; i < labels.names.length; i++) record.set(labels.names[i] as string, labels.values[i] as string);
    for (const [name, value] of changes) record.set(name, value);
    const names = [...record.keys()].filter((name) => record.get(name) !== "").sort(compareText);
    return this.#intern(
      names,
      names.map((name) => record.get(name) as string),
    );
  }

  /** The label set with only those labels whose name passes. */
  filter(labels: Labels, test: (name: string) => boolean): Labels {
    const names: string[] = [];
    const values: string[] = [];
    for (let i = 0; i < labels.names.length; i++) {
      if (!test(labels.names[i] as string)) continue;
      names.push(labels.names[i] as string);
      values.push(labels.values[i] as string);
    }
    return names.length === labels.names.length ? labels : this.#intern(names, values);
  }

  /** The label set without what says what the metric is. */
  withoutName(labels: Labels): Labels {
    labels.nameless ??= this.filter(labels, (name) => !IDENTITY.includes(name));
    return labels.nameless;
  }

  #intern(names: readonly string[], values: readonly string[]): Labels {
    let key = "";
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      const value = values[i] as string;
      // With the lengths in front, nothing within can be taken for a separator.
      key += `${name.length},${value.length}:${name}${value}`;
    }
    let labels = this.#known.get(key);
    if (labels === undefined) {
      labels = new Labels(names, values, key);
      this.#known.set(key, labels);
    }
    return labels;
  }
}

/** Whether a text can be a label's name: any can that is not empty and has no bytes that are no UTF-8. */
export function isLabelName(text: string): boolean {
  return text !== "" && !/\p{Surrogate}/u.test(text);
}

/** The order of label sets in results: label by label, by name and then value, in the order of their bytes. */
export function compareLabels(a: Labels, b: Labels): number {
  const shorter = Math.min(a.names.length, b.names.length);
  for (let i = 0; i < shorter; i++) {
    const order =
      compareText(a.names[i] as string, b.names[i] as string) ||
      compareText(a.values[i] as string, b.values[i] as string);
    if (order !== 0) return order;
  }
  return a.names.length - b.names.length;
}

/** The order of two texts by their UTF-8 bytes, which is that of their code points. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // Surrogates stand for code points above all others, although their own numbers are not the highest.
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}
