/**
 * The functions of Prometheus's templates.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/#functions
 */

import { parseDuration } from "../../quantity/duration.ts";
import { HTML } from "../go/content.ts";
import { duration, toInt64 } from "../go/duration.ts";
import { type Environment, fn, GoError, type GoFunction, NIL_DEREFERENCE, type QuerySample } from "../go/function.ts";
import { quote } from "../go/quote.ts";
import { matchesAnywhere, replaceMatches } from "../go/regex.ts";
import { toLower, toTitle, toUpper } from "../go/text.ts";
import { goTime } from "../go/time.ts";
import { ANY, declared, pointerTo, STRING, sliceOf, structType } from "../go/type.ts";
import { pathOf, queryEscape } from "../go/url.ts";
import {
  ANY_MAP,
  compareText,
  GoMap,
  GoOpaque,
  GoPointer,
  GoScalar,
  GoSlice,
  GoStruct,
  type GoValue,
  LABEL_MAP,
  pointer,
  stringMap,
} from "../go/value.ts";
import { stripDomain, stripPort } from "./host.ts";
import {
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
  momentOfSeconds,
  numberOf,
} from "./humanize.ts";

const SAMPLE = structType("template.sample", [
  { name: "Labels", type: LABEL_MAP, json: "Labels" },
  { name: "Value", type: ANY, json: "Value" },
]);
const SAMPLE_POINTER = pointerTo(SAMPLE);
const QUERY_RESULT = declared("template.queryResult", sliceOf(SAMPLE_POINTER));

const HISTOGRAM = structType(
  "histogram.FloatHistogram",
  [],
  new Map([["String", fn([], ([{ content }]: readonly [GoOpaque]) => String(content))]]),
);

/** A sample's value: a number, or a histogram, which a template can only print. */
export function sampleValue(value: QuerySample["value"]): GoValue {
  return typeof value === "number" ? value : pointer(new GoOpaque(HISTOGRAM, value));
}

type Sample = readonly [GoPointer];
type Text = readonly [string];
type Any = readonly [GoValue];

const onText = (change: (text: string) => GoValue) => fn([STRING], ([text]: Text) => change(text));
const onAny = (change: (value: GoValue) => GoValue) => fn([ANY], ([value]: Any) => change(value));

const TABLE: Readonly<Record<string, GoFunction>> = {
  query: fn([STRING], ([expr]: Text, environment) => query(expr, environment)),
  first: fn([QUERY_RESULT], ([{ elements }]: readonly [GoSlice]) => {
    const [sample] = elements ?? [];
    if (sample === undefined) throw new GoError("first() called on vector with no elements");
    return sample;
  }),
  label: fn([STRING, SAMPLE_POINTER], ([name, sample]: readonly [string, GoPointer]) => labelOf(sample, name)),
  value: fn([SAMPLE_POINTER], ([sample]: Sample) => structOf(sample).fields.Value),
  strvalue: fn([SAMPLE_POINTER], ([sample]: Sample) => labelOf(sample, "__value__")),
  args: fn(
    [],
    (values: readonly GoValue[]) =>
      new GoMap(ANY_MAP, Object.fromEntries(values.map((value, i) => [`arg${i}`, value]))),
    ANY,
  ),
  reReplaceAll: fn([STRING, STRING, STRING], ([pattern, by, text]: readonly [string, string, string]) =>
    replaceMatches(pattern, by, text),
  ),
  safeHtml: onText((text) => new GoScalar(HTML, text)),
  match: fn([STRING, STRING], ([pattern, text]: readonly [string, string]) => matchesAnywhere(pattern, text)),
  title: onText((text) => toTitle(text, false)),
  toUpper: onText(toUpper),
  toLower: onText(toLower),
  graphLink: onText((expr) => `/graph?g0.expr=${queryEscape(expr)}&g0.tab=0`),
  tableLink: onText((expr) => `/graph?g0.expr=${queryEscape(expr)}&g0.tab=1`),
  sortByLabel: fn([STRING, QUERY_RESULT], ([name, result]: readonly [string, GoSlice]) => sortByLabel(name, result)),
  stripPort: onText(stripPort),
  stripDomain: onText(stripDomain),
  humanize: onAny(humanize),
  humanize1024: onAny(humanize1024),
  humanizeDuration: onAny(humanizeDuration),
  humanizePercentage: onAny(humanizePercentage),
  humanizeTimestamp: onAny(humanizeTimestamp),
  toTime: onAny((value) => pointer(goTime(momentOfSeconds(numberOf(value))))),
  toDuration: onAny((value) => pointer(duration(toInt64(numberOf(value) * 1e9)))),
  now: fn([], (_, { now }) => now / 1000),
  pathPrefix: fn([], (_, environment) => pathOf(serverURL(environment))),
  externalURL: fn([], (_, environment) => serverURL(environment)),
  parseDuration: onText(secondsOf),
  urlQueryEscape: onText(queryEscape),
};

/** What the texts of alerts can call besides Go's own functions. */
export const ALERT_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(Object.entries(TABLE));

function query(expr: string, { query: run, now }: Environment): GoSlice {
  const samples = attempt(() => run?.(expr, now) ?? []);
  const elements = samples.map(({ labels, value }) =>
    pointer(new GoStruct(SAMPLE, { Labels: stringMap(labels), Value: sampleValue(value) })),
  );
  return new GoSlice(QUERY_RESULT, elements);
}

/** A query that fails is the template's mistake, not ours. */
function attempt<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new GoError(error instanceof Error ? error.message : String(error));
  }
}

function structOf({ target }: GoPointer): GoStruct {
  if (target instanceof GoStruct) return target;
  throw new GoError(NIL_DEREFERENCE);
}

function labelOf(sample: GoPointer, name: string): GoValue {
  const labels = structOf(sample).fields.Labels;
  const entries = labels instanceof GoMap ? labels.entries : undefined;
  return entries !== undefined && Object.hasOwn(entries, name) ? entries[name] : "";
}

/** Orders the samples where they are, so that every variable that holds them sees it. */
function sortByLabel(name: string, result: GoSlice): GoSlice {
  const text = (sample: GoValue) => String(sample instanceof GoPointer ? labelOf(sample, name) : "");
  (result.elements as GoValue[] | undefined)?.sort((a, b) => compareText(text(a), text(b)));
  return result;
}

function serverURL({ externalURL }: Environment): string {
  if (externalURL === undefined) throw new GoError(NIL_DEREFERENCE);
  return externalURL;
}

/** The seconds of a duration such as `-1h30m`. */
function secondsOf(text: string): number {
  const size = text.replace(/^-/, "");
  const ms = parseDuration(size);
  if (ms !== undefined) return (text === size ? ms : -ms) / 1000;
  if (size === "") throw new GoError("empty duration string");
  const unknown = /^(?:\d+(?:ms|[ywdhms]))*\d+(?!(?:ms|[ywdhms])(?:\d|$))(\D+)/.exec(size)?.[1];
  if (unknown !== undefined) throw new GoError(`unknown unit ${quote(unknown)} in duration ${quote(size)}`);
  const readable = (size.match(/\d+/g) ?? []).every((digits) => BigInt(digits) < 2n ** 64n);
  if (readable && /^(?:\d+y)?(?:\d+w)?(?:\d+d)?(?:\d+h)?(?:\d+m)?(?:\d+s)?(?:\d+ms)?$/.test(size))
    throw new GoError("duration out of range");
  throw new GoError(`not a valid duration string: ${quote(size)}`);
}
