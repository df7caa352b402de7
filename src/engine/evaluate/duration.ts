/**
 * Durations in a query, which may be arithmetic over the query's own step and range.
 * https://github.com/prometheus/prometheus/blob/main/promql/durations.go
 */
import type { Duration, DurationExpr, Span } from "../../promql/ast.ts";
import { max, min, pow } from "../number/go-math.ts";
import type { QueryTimes } from "./env.ts";
import { EvaluationError } from "./error.ts";

/** The longest duration that Prometheus can hold, in seconds. */
const LONGEST = 2 ** 63 / 1e9;

/** A duration in milliseconds; a range or a step, other than an offset, must be more than zero. */
export function durationMs(duration: Duration, query: QueryTimes, negative: "negative-allowed" | "positive"): number {
  if (duration.kind === "DurationLiteral") return Math.trunc(duration.ms);
  const seconds = secondsOf(duration, query);
  if (!Number.isFinite(seconds)) throw trouble(duration, "duration is NaN or infinite");
  if (seconds <= 0 && negative === "positive") throw trouble(duration, "duration must be greater than 0");
  if (Math.abs(seconds) > LONGEST) throw trouble(duration, "duration is out of range");
  return Math.trunc(seconds * 1000);
}

function secondsOf(duration: Duration, query: QueryTimes): number {
  if (duration.kind === "DurationLiteral") return duration.ms / 1000;
  const left = duration.lhs === undefined ? 0 : secondsOf(duration.lhs, query);
  const right = duration.rhs === undefined ? 0 : secondsOf(duration.rhs, query);
  return OPERATIONS[duration.op](left, right, query, duration);
}

type Operation = (left: number, right: number, query: QueryTimes, duration: DurationExpr) => number;

const OPERATIONS: Readonly<Record<DurationExpr["op"], Operation>> = {
  step: (_left, _right, { stepMs }) => stepMs / 1000,
  range: (_left, _right, { startMs, endMs }) => (endMs - startMs) / 1000,
  min_of: (left, right) => min(left, right),
  max_of: (left, right) => max(left, right),
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right, _query, duration) => {
    if (right === 0) throw trouble(duration, "division by zero");
    return left / right;
  },
  "%": (left, right, _query, duration) => {
    if (right === 0) throw trouble(duration, "modulo by zero");
    return left % right;
  },
  "^": (left, right) => pow(left, right),
};

function trouble(duration: Duration, words: string): EvaluationError {
  const { start, end } = placeOf(duration);
  return new EvaluationError(`${start}:${end}: ${words}`);
}

/** Where Prometheus says that a duration stands: from its first operand to its last, whatever is around them. */
function placeOf(duration: Duration): Span {
  if (duration.kind === "DurationLiteral") return duration.span;
  const { lhs, rhs, span } = duration;
  return {
    start: lhs === undefined ? span.start : placeOf(lhs).start,
    end: rhs === undefined ? span.end : placeOf(rhs).end,
  };
}
