/**
 * Series from files: what a target exposed, or what Prometheus answered to a range query.
 * https://prometheus.io/docs/instrumenting/exposition_formats/ and
 * https://prometheus.io/docs/prometheus/latest/querying/api/#range-vectors
 */
import { readFileSync } from "node:fs";
import { METRIC_NAME } from "../../label/label-set.ts";
import type { SeriesFunction } from "../series.ts";
import { type GivenSeries, writtenLabels } from "./input.ts";

/** The path of a file, or its name and the labels that its target gave all series. */
export type RecordingFile = string | { readonly file: string; readonly job?: string; readonly instance?: string };

/** The series of a file. An exposition is one moment, and goes on as it was. */
export function recordedSeries(recording: RecordingFile): readonly GivenSeries[] {
  const { file, ...target } = typeof recording === "string" ? { file: recording } : recording;
  const text = readFileSync(file, "utf8");
  if (text.trimStart().startsWith("{")) return fromRangeQuery(text, file);
  return fromExposition(text).map(({ labels, values }) => ({ labels: { ...target, ...labels }, values }));
}

interface RangeAnswer {
  readonly data?: {
    readonly resultType?: string;
    readonly result?: readonly {
      readonly metric: Readonly<Record<string, string>>;
      readonly values?: readonly (readonly [seconds: number, value: string])[];
    }[];
  };
}

function fromRangeQuery(text: string, file: string): readonly GivenSeries[] {
  const { data } = JSON.parse(text) as RangeAnswer;
  if (data?.resultType !== "matrix" || data.result === undefined)
    throw new Error(`${file} holds no answer to a range query: data.resultType is not "matrix"`);
  const times = data.result.flatMap(({ values = [] }) => values.map(([seconds]) => seconds * 1000));
  const firstMs = Math.min(...times);
  return data.result.map(({ metric, values = [] }) => {
    const byTime = new Map(values.map(([seconds, value]) => [Math.round(seconds * 1000 - firstMs), toNumber(value)]));
    const at: SeriesFunction = ({ sinceStartMs }) => byTime.get(sinceStartMs);
    return { labels: metric, values: at };
  });
}

/** `name{labels} value`, and what may follow: a time, an exemplar. */
const LINE = /^([^\s{]+(?:\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})?|\{(?:[^"}]|"(?:[^"\\]|\\.)*")*\})\s+(\S+)/;

function fromExposition(text: string): readonly GivenSeries[] {
  return text.split("\n").flatMap((line) => {
    const [, series, value] = line.startsWith("#") ? [] : (LINE.exec(line.trim()) ?? []);
    if (series === undefined || value === undefined) return [];
    const labels = writtenLabels(series);
    if (labels[METRIC_NAME] === undefined) return [];
    const number = toNumber(value);
    return [{ labels, values: () => number }];
  });
}

function toNumber(text: string): number {
  if (/^[+]?Inf$/i.test(text)) return Number.POSITIVE_INFINITY;
  if (/^-Inf$/i.test(text)) return Number.NEGATIVE_INFINITY;
  return Number(text);
}
