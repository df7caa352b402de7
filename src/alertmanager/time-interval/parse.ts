/**
 * The texts of which time intervals consist: `monday:friday`, `-3:-1`, `april:june`, `2026`, `09:00`.
 * https://github.com/prometheus/alertmanager/blob/v0.34.0/timeinterval/timeinterval.go
 */
import { didYouMean } from "../../diagnostic/near-miss.ts";
import type { Parsed } from "../../yaml/shape.ts";
import type { InclusiveRange } from "./time-interval.ts";

const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const MONTHS = "january february march april may june july august september october november december".split(" ");

type Member = (text: string) => number | { readonly mistake: string; readonly help?: string };

/** Minutes since midnight of `HH:MM`, or `undefined` where the text is none. `24:00` is the end of the day. */
export function parseMinute(text: string): number | undefined {
  if (!/^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$/.test(text)) return undefined;
  return Number(text.slice(0, 2)) * 60 + Number(text.slice(3));
}

export function parseWeekdays(text: string): Parsed<InclusiveRange> {
  const range = parseRange(text, weekday);
  if ("value" in range && range.value.begin > range.value.end)
    return {
      mistake: `${JSON.stringify(text)} ends before it starts: the week begins on Sunday.`,
      help: "Write two ranges: saturday, and sunday:monday.",
    };
  return range;
}

const weekday: Member = (text) => {
  const index = WEEKDAYS.indexOf(text);
  return index >= 0 ? index : { mistake: `${JSON.stringify(text)} is no weekday.${didYouMean(text, WEEKDAYS)}` };
};

export function parseMonths(text: string): Parsed<InclusiveRange> {
  return inOrder(text, parseRange(text, month));
}

const month: Member = (text) => {
  const index = MONTHS.indexOf(text);
  if (index >= 0) return index + 1;
  return wholeNumber(text) ?? { mistake: `${JSON.stringify(text)} is no month.${didYouMean(text, MONTHS)}` };
};

export function parseYears(text: string): Parsed<InclusiveRange> {
  return inOrder(text, parseRange(text, number));
}

const number: Member = (text) => wholeNumber(text) ?? { mistake: `${JSON.stringify(text)} is no whole number.` };

export function parseDaysOfMonth(text: string): Parsed<InclusiveRange> {
  const range = parseRange(text, number);
  if (!("value" in range)) return range;
  const { begin, end } = range.value;
  const outside = [begin, end].find((day) => day === 0 || day < -31 || day > 31);
  if (outside !== undefined)
    return { mistake: `${outside} is no day of a month.`, help: "Write 1 to 31, or -31 to -1 from the month's end." };
  if (begin < 0 && end > 0)
    return { mistake: `${JSON.stringify(text)} starts from the month's end, so it must end there too.` };
  // In the shortest month a range from the start to the end must still be one.
  const fromStart = (day: number) => (day < 0 ? 28 + day : day);
  if (fromStart(begin) > fromStart(end)) return { mistake: `${JSON.stringify(text)} always ends before it starts.` };
  return range;
}

function inOrder(text: string, range: Parsed<InclusiveRange>): Parsed<InclusiveRange> {
  if ("value" in range && range.value.begin > range.value.end)
    return { mistake: `${JSON.stringify(text)} ends before it starts.` };
  return range;
}

function parseRange(text: string, member: Member): Parsed<InclusiveRange> {
  const parts = text.toLowerCase().split(":");
  if (parts.length > 2) return { mistake: `${JSON.stringify(text)} is no range.`, help: "Write first:last." };
  const [begin, end] = parts.map(member);
  for (const part of [begin, end]) if (typeof part === "object") return part;
  return { value: { begin: begin as number, end: (end ?? begin) as number } };
}

// As strconv.Atoi: a sign and digits, and no more than an int holds.
function wholeNumber(text: string): number | undefined {
  if (!/^[-+]?\d+$/.test(text)) return undefined;
  const size = BigInt(text.replace(/^[-+]/, ""));
  return size < 2n ** 63n + (text.startsWith("-") ? 1n : 0n) ? Number(text) : undefined;
}
