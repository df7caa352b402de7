/**
 * The functions of Alertmanager's templates.
 * https://prometheus.io/docs/alerting/latest/notifications/#functions
 */
import { humanizeDuration } from "../alert/humanize.ts";
import { HTML, URL } from "../go/content.ts";
import { duration } from "../go/duration.ts";
import { fn, GoError, type GoFunction } from "../go/function.ts";
import { toJSON } from "../go/json.ts";
import { formatTime, parseTime } from "../go/layout.ts";
import { momentOf, NO_TIME } from "../go/moment.ts";
import { matchesAnywhere, replaceMatches } from "../go/regex.ts";
import { toLower, toTitle, toUpper } from "../go/text.ts";
import { type GoTime, goTime, TIME } from "../go/time.ts";
import { ANY, STRING } from "../go/type.ts";
import { queryUnescape } from "../go/url.ts";
import { ANY_MAP, ANY_SLICE, GoMap, GoScalar, GoSlice, type GoValue, STRING_SLICE } from "../go/value.ts";
import { zoneNamed } from "../go/zone.ts";

type Text = readonly [string];
type Texts = readonly [string, string];

const onText = (change: (text: string) => GoValue) => fn([STRING], ([text]: Text) => change(text));

const TABLE: Readonly<Record<string, GoFunction>> = {
  toUpper: onText(toUpper),
  toLower: onText(toLower),
  title: onText((text) => toTitle(text, true)),
  trimSpace: onText(trimSpace),
  join: fn([STRING, STRING_SLICE], ([separator, { elements = [] }]: readonly [string, GoSlice]) =>
    elements.join(separator),
  ),
  match: fn([STRING, STRING], ([pattern, text]: Texts) => matchesAnywhere(pattern, text)),
  safeHtml: onText((text) => new GoScalar(HTML, text)),
  safeUrl: onText((text) => new GoScalar(URL, text)),
  urlUnescape: onText(queryUnescape),
  reReplaceAll: fn([STRING, STRING, STRING], ([pattern, by, text]: readonly [string, string, string]) =>
    replaceMatches(pattern, by, text),
  ),
  stringSlice: fn([], (texts: readonly GoValue[]) => new GoSlice(STRING_SLICE, texts), STRING),
  routeLabels: fn([STRING], ([name]: Text, { routeLabel }) => routeLabel?.(name) ?? ""),
  date: fn([STRING, TIME], ([layout, { content }]: readonly [string, GoTime]) => formatTime(content, layout)),
  tz: fn([STRING, TIME], ([name, { content }]: readonly [string, GoTime]) =>
    goTime({ ...content, zone: zoneNamed(name) }),
  ),
  now: fn([], (_, { now }) => goTime(momentOf(now, zoneNamed("Local")))),
  since: fn([TIME], ([{ content }]: readonly [GoTime], { now }) => duration(momentOf(now).ns - content.ns)),
  humanizeDuration: fn([ANY], ([value]: readonly [GoValue]) => humanizeDuration(value)),
  toDate: fn([STRING, STRING], ([layout, text]: Texts) => goTime(dateOrNone(layout, text))),
  mustToDate: fn([STRING, STRING], ([layout, text]: Texts) => goTime(parseTime(layout, text))),
  toJson: fn([ANY], ([value]: readonly [GoValue]) => toJSON(value)),
  base64encode: onText((text) => Buffer.from(text).toString("base64").replaceAll("+", "-").replaceAll("/", "_")),
  base64decode: onText(base64decode),
  list: fn([], (values: readonly GoValue[]) => new GoSlice(ANY_SLICE, values), ANY),
  append: fn(
    [ANY_SLICE],
    ([{ elements = [] }, ...values]: readonly [GoSlice, ...GoValue[]]) =>
      new GoSlice(ANY_SLICE, [...elements, ...values]),
    ANY,
  ),
  dict: fn([], dict, ANY),
};

/** What the texts of notifications can call besides Go's own functions. */
export const NOTIFICATION_FUNCTIONS: ReadonlyMap<string, GoFunction> = new Map(Object.entries(TABLE));

/** Go counts other characters as space than JavaScript does: the next line, but no byte order mark. */
function trimSpace(text: string): string {
  return text.replace(/^[\p{White_Space}]+|[\p{White_Space}]+$/gu, "");
}

function dateOrNone(layout: string, text: string) {
  try {
    return parseTime(layout, text);
  } catch {
    return NO_TIME;
  }
}

/** Of the alphabet that can stand in a URL; line ends are passed over. */
function base64decode(text: string): string {
  const plain = text.replace(/[\r\n]/g, "");
  const whole = /^(?:[\w-]{4})*(?:[\w-]{2}==|[\w-]{3}=)?$/;
  if (whole.test(plain)) return Buffer.from(plain, "base64url").toString();
  // What is no digit is to blame, or else the last group of four for being none.
  const strange = text.search(/[^\w\r\n-]/);
  throw new GoError(`illegal base64 data at input byte ${strange === -1 ? text.length - (text.length % 4) : strange}`);
}

function dict(values: readonly GoValue[]): GoMap {
  if (values.length % 2 !== 0) throw new GoError("dict requires an even number of arguments");
  const entries: [string, GoValue][] = [];
  for (let i = 0; i < values.length; i += 2) {
    const key = values[i];
    if (typeof key !== "string") throw new GoError("dict keys must be strings");
    entries.push([key, values[i + 1]]);
  }
  return new GoMap(ANY_MAP, Object.fromEntries(entries));
}
