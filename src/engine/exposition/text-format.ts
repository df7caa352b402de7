/**
 * The text format, version 0.0.4.
 * https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
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
} from "./exposition.ts";
import { type LineFormat, readSample } from "./line.ts";

const FORMAT: LineFormat = {
  loose: true,
  number: /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i,
  timestampUnitMs: 1,
  timestamp: /^[+-]?\d+$/,
  exemplars: false,
};

const TYPES: Readonly<Record<string, MetricType>> = {
  counter: "counter",
  gauge: "gauge",
  histogram: "histogram",
  summary: "summary",
  untyped: "unknown",
  unknown: "unknown",
};

/** The endings of the samples that belong to a family of another name. */
const SUFFIX: Readonly<Partial<Record<MetricType, RegExp>>> = {
  histogram: /_(?:bucket|count|sum)$/,
  summary: /_(?:count|sum)$/,
};

interface Family {
  readonly name: string;
  type: MetricType;
  typed: boolean;
  help: string | undefined;
  readonly unit: undefined;
  readonly samples: ExposedSample[];
}

/** Reads an exposition in the text format; lines that cannot be read are left out and told. */
export function parseTextFormat(text: string): ParsedExposition {
  const families = new Map<string, Family>();
  const errors: ExpositionError[] = [];
  for (const [i, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "") continue;
    try {
      if (line.startsWith("#")) readComment(line, families);
      else {
        const sample = readSample(line, i + 1, FORMAT);
        familyOf(families, sample.labels[METRIC_NAME] ?? "").samples.push(sample);
      }
    } catch (error) {
      if (!(error instanceof LineError)) throw error;
      errors.push({ kind: error.kind, message: error.message, line: i + 1 });
    }
  }
  return { families: [...families.values()].map(({ typed, ...family }): MetricFamily => family), errors };
}

/** Reads `# HELP` and `# TYPE`; any other comment says nothing. */
function readComment(line: string, families: Map<string, Family>): void {
  const [, keyword, name = "", rest = ""] =
    /^#[ \t]+(HELP|TYPE)[ \t]+("(?:[^"\\]|\\.)*"|[^ \t]+)(?:[ \t]+(.*))?$/.exec(line) ?? [];
  if (keyword === undefined) return;
  const family = named(families, name.startsWith('"') ? unescaped(name.slice(1, -1)) : name);
  if (keyword === "HELP") {
    family.help = unescaped(rest);
    return;
  }
  const type = Object.hasOwn(TYPES, rest) ? TYPES[rest] : undefined;
  if (type === undefined) throw new LineError(`${quote(rest)} is no type of metrics`);
  if (family.typed) throw new LineError(`the type of ${quote(family.name)} stands there twice`);
  if (family.samples.length > 0) throw new LineError(`the type of ${quote(family.name)} comes behind its samples`);
  family.type = type;
  family.typed = true;
}

/** The family that a sample belongs to by its name. */
function familyOf(families: Map<string, Family>, name: string): Family {
  const own = families.get(name);
  if (own !== undefined) return own;
  const base = families.get(name.replace(/_(?:bucket|count|sum)$/, ""));
  return base !== undefined && SUFFIX[base.type]?.test(name) ? base : named(families, name);
}

function named(families: Map<string, Family>, name: string): Family {
  let family = families.get(name);
  if (family === undefined) {
    family = { name, type: "unknown", typed: false, help: undefined, unit: undefined, samples: [] };
    families.set(name, family);
  }
  return family;
}

function unescaped(text: string): string {
  return text.replace(/\\([\\n"])/g, (_, char: string) => (char === "n" ? "\n" : char));
}
