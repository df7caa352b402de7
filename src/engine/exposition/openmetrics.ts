/**
 * OpenMetrics 1.0, which is strict where the text format is not.
 * https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
import { METRIC_NAME } from "../../label/label-set.ts";
import { quote } from "../../promql/quote.ts";
import {
  type ExposedSample,
  type ExpositionError,
  LineError,
  type MetricFamily,
  type MetricType,
  type ParsedExposition,
  RuleError,
} from "./exposition.ts";
import { FamilyRules, SAMPLE_SUFFIXES } from "./family-rules.ts";
import { type LineFormat, readSample } from "./line.ts";

const DECIMAL = "[+-]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?";

const FORMAT: LineFormat = {
  loose: false,
  number: new RegExp(`^(?:${DECIMAL}|[+-]?(?:inf(?:inity)?)|nan)$`, "i"),
  timestampUnitMs: 1000,
  timestamp: new RegExp(`^${DECIMAL}$`),
  exemplars: true,
};

const TYPES = Object.keys(SAMPLE_SUFFIXES) as readonly MetricType[];

/** Reads an exposition in OpenMetrics, and checks what the specification asks of families and their samples. */
export function parseOpenMetrics(text: string): ParsedExposition {
  const reader = new OpenMetricsReader();
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  for (const [i, line] of lines.entries()) reader.read(line, i + 1);
  return reader.end(lines.length);
}

interface Family {
  readonly name: string;
  type: MetricType | undefined;
  help: string | undefined;
  unit: string | undefined;
  readonly samples: ExposedSample[];
  readonly line: number;
}

class OpenMetricsReader {
  readonly #families: MetricFamily[] = [];
  readonly #errors: ExpositionError[] = [];
  /** The names of families so far, and of all the samples that they may have. */
  readonly #taken = new Set<string>();
  readonly #finished = new Set<string>();
  #current: Family | undefined;
  #rules: FamilyRules | undefined;
  #ended = false;

  read(line: string, number: number): void {
    this.#attempt(number, () => {
      if (this.#ended) throw new LineError('nothing may stand behind "# EOF"');
      if (line === "# EOF") this.#ended = true;
      else if (line.startsWith("#")) this.#metadata(line, number);
      else this.#sample(line, number);
    });
  }

  end(line: number): ParsedExposition {
    if (!this.#ended)
      this.#errors.push({ kind: "rule", message: 'the last line must be "# EOF"', line: Math.max(1, line) });
    this.#finish();
    return { families: this.#families, errors: this.#errors.sort((a, b) => a.line - b.line) };
  }

  #metadata(line: string, number: number): void {
    const [, keyword, name = "", space, rest = ""] =
      /^# (HELP|TYPE|UNIT) ("(?:[^"\\]|\\.)*"|[a-zA-Z_:][a-zA-Z0-9_:]*)( ?)(.*)$/s.exec(line) ?? [];
    if (keyword === undefined || (space === "" && rest !== "") || (keyword !== "UNIT" && space === "")) {
      throw new LineError(`expected "# HELP", "# TYPE", "# UNIT" or "# EOF", got ${quote(line)}`);
    }
    const family = this.#familyNamed(name.startsWith('"') ? unescaped(name.slice(1, -1)) : name, number);
    if (family.samples.length > 0) throw new LineError(`${keyword} of ${quote(family.name)} comes behind its samples`);
    if (keyword === "HELP") {
      if (family.help !== undefined) throw new LineError(`HELP of ${quote(family.name)} stands there twice`);
      family.help = unescaped(rest);
    } else if (keyword === "TYPE") {
      if (family.type !== undefined) throw new LineError(`TYPE of ${quote(family.name)} stands there twice`);
      const type = TYPES.find((known) => known === rest);
      if (type === undefined) throw new LineError(`${quote(rest)} is no type of metrics`);
      family.type = type;
    } else {
      if (family.unit !== undefined) throw new LineError(`UNIT of ${quote(family.name)} stands there twice`);
      if (!/^[a-zA-Z0-9_:]+$/.test(rest)) throw new LineError(`${quote(rest)} is no unit`);
      family.unit = rest;
    }
  }

  #sample(line: string, number: number): void {
    const sample = readSample(line, number, FORMAT);
    const name = sample.labels[METRIC_NAME] ?? "";
    if (this.#current === undefined || !this.#belongs(this.#current, name)) this.#familyNamed(name, number);
    const family = this.#current as Family;
    this.#rules ??= new FamilyRules(family.name, family.type ?? "unknown");
    family.samples.push(sample);
    this.#rules.add(sample);
  }

  #belongs({ name: family, type = "unknown" }: Family, name: string): boolean {
    return SAMPLE_SUFFIXES[type].some((suffix) => name === family + suffix);
  }

  /** The family of a name: the one that is being read, or a new one behind it. */
  #familyNamed(name: string, line: number): Family {
    if (this.#current?.name === name) return this.#current;
    this.#finish();
    this.#current = { name, type: undefined, help: undefined, unit: undefined, samples: [], line };
    if (this.#finished.has(name)) {
      this.#attempt(line, () => {
        throw new RuleError(`the lines of ${quote(name)} do not stand together`);
      });
    }
    return this.#current;
  }

  #finish(): void {
    const family = this.#current;
    if (family === undefined) return;
    this.#current = undefined;
    const rules = this.#rules;
    this.#rules = undefined;
    this.#finished.add(family.name);
    const { name, type = "unknown", help, unit, samples, line } = family;
    this.#attempt(line, () => {
      for (const taken of new Set(["", ...SAMPLE_SUFFIXES[type]].map((suffix) => name + suffix))) {
        if (this.#taken.has(taken)) throw new RuleError(`${quote(taken)} means two things`);
        this.#taken.add(taken);
      }
      checkUnit(name, type, unit);
    });
    this.#attempt(samples[samples.length - 1]?.line ?? line, () => rules?.finish());
    this.#families.push({ name, type, help, unit, samples });
  }

  #attempt(line: number, action: () => void): void {
    try {
      action();
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      this.#errors.push({ kind: error.kind, message: error.message, line });
    }
  }
}

function checkUnit(name: string, type: MetricType, unit: string | undefined): void {
  if (unit === undefined) return;
  if (!name.endsWith(`_${unit}`))
    throw new RuleError(`the name of ${quote(name)} does not end in its unit ${quote(unit)}`);
  if (type === "info" || type === "stateset") throw new RuleError(`metrics of type ${type} have no unit`);
}

function unescaped(text: string): string {
  return text.replace(/\\([\\n"])/g, (_, char: string) => (char === "n" ? "\n" : char));
}
