/** What OpenMetrics asks of the samples of a family. https://prometheus.io/docs/specs/om/open_metrics_spec/#metric-types */
import { METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import { formatOpenMetrics } from "../number/format.ts";
import { type ExposedSample, type MetricType, RuleError } from "./exposition.ts";

/** What may stand behind a family's name in the names of its samples. */
export const SAMPLE_SUFFIXES: Readonly<Record<MetricType, readonly string[]>> = {
  counter: ["_total", "_created"],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum", "_created"],
  gaugehistogram: ["_bucket", "_gcount", "_gsum"],
  summary: ["", "_count", "_sum", "_created"],
  info: ["_info"],
  stateset: [""],
  unknown: [""],
};

/** Samples that only ever grow. */
const COUNTERS = new Set(["_total", "_count", "_sum", "_bucket", "_gcount"]);

/** The label that tells the samples of one metric apart. */
const OWN_LABEL: Readonly<Partial<Record<MetricType, string>>> = {
  histogram: "le",
  gaugehistogram: "le",
  summary: "quantile",
};

/** Checks the samples of one family, one by one and as a whole. */
export class FamilyRules {
  readonly #name: string;
  readonly #type: MetricType;
  readonly #groups = new Set<string>();
  #group: string | undefined;
  #timestampMs: number | undefined;
  #histogram: HistogramRules | undefined;

  constructor(name: string, type: MetricType) {
    this.#name = name;
    this.#type = type;
  }

  add(sample: ExposedSample): void {
    const suffix = (sample.labels[METRIC_NAME] ?? "").slice(this.#name.length);
    this.#checkLabels(sample, suffix);
    this.#checkValue(sample, suffix);
    if (sample.exemplar !== undefined && !this.#takesExemplars(suffix)) {
      throw new RuleError("only counters and the buckets of histograms have exemplars");
    }
    this.#checkGroup(sample);
    if (this.#type === "histogram" || this.#type === "gaugehistogram") {
      this.#histogram ??= new HistogramRules(this.#name);
      this.#histogram.add(suffix, sample);
    }
  }

  finish(): void {
    this.#histogram?.finish();
  }

  #checkLabels({ labels }: ExposedSample, suffix: string): void {
    const type = this.#type;
    if (suffix === "_bucket") checkNumberLabel(labels.le, "le");
    if (type === "summary" && suffix === "") {
      const quantile = checkNumberLabel(labels.quantile, "quantile");
      if (!(quantile >= 0 && quantile <= 1)) throw new RuleError(`a quantile is from 0 to 1, got ${labels.quantile}`);
    }
    if (type === "stateset" && labels[this.#name] === undefined) {
      throw new RuleError(`a stateset has a label of its own name, ${quote(this.#name)}`);
    }
  }

  #checkValue({ value }: ExposedSample, suffix: string): void {
    const type = this.#type;
    if (type === "stateset" && value !== 0 && value !== 1) throw new RuleError(`a state is 0 or 1, got ${value}`);
    if (type === "info" && value !== 1) throw new RuleError(`the value of an info is 1, got ${value}`);
    if (type === "summary" && suffix === "" && value < 0) throw new RuleError(`a quantile is negative: ${value}`);
    const counts = COUNTERS.has(suffix) && type !== "unknown" && type !== "gauge";
    if ((counts || suffix === "_gsum") && Number.isNaN(value)) throw new RuleError("a counter is not a number");
    if (counts && value < 0) throw new RuleError(`a counter is negative: ${value}`);
  }

  #takesExemplars(suffix: string): boolean {
    if (this.#type === "counter") return suffix === "_total";
    return (this.#type === "histogram" || this.#type === "gaugehistogram") && suffix === "_bucket";
  }

  /** The samples of a metric stand together, and in the order of time. */
  #checkGroup({ labels, timestampMs }: ExposedSample): void {
    const { [METRIC_NAME]: _, ...rest } = labels;
    const own = this.#type === "stateset" ? this.#name : OWN_LABEL[this.#type];
    const entries = Object.entries(rest).filter(([name]) => name !== own);
    const group = JSON.stringify(this.#type === "info" ? [] : entries.sort(([a], [b]) => (a < b ? -1 : 1)));
    if (group === this.#group) {
      if ((timestampMs === undefined) !== (this.#timestampMs === undefined)) {
        throw new RuleError("some samples of a metric have a timestamp, and others have none");
      }
      if (timestampMs !== undefined && timestampMs < (this.#timestampMs ?? 0) && this.#type !== "info") {
        throw new RuleError("the timestamps of a metric go backwards");
      }
    } else if (this.#groups.has(group)) throw new RuleError("the samples of a metric do not stand together");
    this.#groups.add(group);
    if (group !== this.#group || timestampMs !== this.#timestampMs) this.#histogram?.begin();
    this.#group = group;
    this.#timestampMs = timestampMs;
  }
}

/** What the samples of one histogram have to do with each other. */
class HistogramRules {
  readonly #name: string;
  #bound: number | undefined;
  #bucket = 0;
  #count: number | undefined;
  #sum: number | undefined;
  #gauge = false;
  #negative = false;
  #any = false;

  constructor(name: string) {
    this.#name = name;
  }

  /** Checks the histogram so far, and begins another. */
  begin(): void {
    this.finish();
    this.#bound = undefined;
    this.#bucket = 0;
    this.#count = undefined;
    this.#sum = undefined;
    this.#negative = false;
    this.#any = false;
  }

  add(suffix: string, { labels, value }: ExposedSample): void {
    if (suffix === "_created") return;
    this.#any = true;
    if (suffix === "_bucket") {
      const bound = parseNumber(labels.le ?? "");
      if (bound < 0) this.#negative = true;
      if (this.#bound !== undefined && bound <= this.#bound) throw new RuleError("buckets do not stand in order");
      if (value < this.#bucket) throw new RuleError("a bucket has fewer observations than the one before");
      this.#bound = bound;
      this.#bucket = value;
    } else if (suffix === "_count" || suffix === "_gcount") this.#count = value;
    else {
      this.#sum = value;
      this.#gauge = suffix === "_gsum";
    }
  }

  finish(): void {
    if (!this.#any) return;
    const fail = (trouble: string) => {
      throw new RuleError(`histogram ${quote(this.#name)} ${trouble}`);
    };
    if (this.#bound !== Number.POSITIVE_INFINITY) fail('has no bucket "+Inf"');
    if (this.#count !== undefined && this.#count !== this.#bucket) fail('counts otherwise than its bucket "+Inf"');
    if ((this.#count === undefined) !== (this.#sum === undefined)) fail("needs both a sum and a count, or neither");
    if (this.#negative && this.#sum !== undefined && !this.#gauge) fail("has a sum beside negative buckets");
    if (!this.#negative && (this.#sum ?? 0) < 0) fail("has a negative sum without negative buckets");
  }
}

/** A label that holds a number, written as every exposer is to write it. */
function checkNumberLabel(text: string | undefined, label: string): number {
  if (text === undefined) throw new RuleError(`the label ${quote(label)} is missing`);
  const value = parseNumber(text);
  if (Number.isNaN(value)) throw new RuleError(`the label ${quote(label)} holds no number: ${quote(text)}`);
  if (mustBeCanonical(value) && text !== formatOpenMetrics(value)) {
    throw new RuleError(
      `the label ${quote(label)} is to be written ${quote(formatOpenMetrics(value))}, not ${quote(text)}`,
    );
  }
  return value;
}

function parseNumber(text: string): number {
  if (/^\+?inf(?:inity)?$/i.test(text)) return Number.POSITIVE_INFINITY;
  return /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** https://prometheus.io/docs/specs/om/open_metrics_spec/#considerations-canonical-numbers */
function mustBeCanonical(value: number): boolean {
  if (value === Number.POSITIVE_INFINITY) return true;
  const thousandths = value * 1000;
  if (value >= 0 && value <= 10 && Math.abs(thousandths - Math.round(thousandths)) < 1e-9) return true;
  return value > 0 && Number(`1e${Math.round(Math.log10(value))}`) === value;
}
