/** What an evaluation goes by: the steps it answers for, and how Prometheus is set up. */
import type { Expr } from "../../promql/ast.ts";
import type { Annotation } from "../annotation/annotation.ts";

/** How Prometheus is set up, where evaluation depends on it. */
export interface Settings {
  /** How long a sample stands in for later ones, in milliseconds. */
  readonly lookbackMs: number;
  /** The step of subqueries that name none, in milliseconds, by their range. */
  readonly subqueryStepMs: (rangeMs: number) => number;
  /** Metric names go at the end of a query rather than function by function: the flag `promql-delayed-name-removal`. */
  readonly delayedNameRemoval: boolean;
  /** Functions on counters take start timestamps into account: the flag `use-start-timestamps`. */
  readonly startTimestamps: boolean;
  /** The label `__type__` tells counters: the flag `type-and-unit-labels`. */
  readonly typeAndUnitLabels: boolean;
}

/** The query's own times, which `start()`, `end()`, `step()` and `range()` tell. */
export interface QueryTimes {
  readonly startMs: number;
  readonly endMs: number;
  /** 0 for an instant query. */
  readonly stepMs: number;
}

export interface Env {
  /** The first step, in milliseconds. */
  readonly start: number;
  /** Where the steps end at the latest. An evaluation at one instant has it where it starts. */
  readonly end: number;
  readonly interval: number;
  /** How many steps there are. */
  readonly count: number;
  readonly query: QueryTimes;
  /** The whole of the query. */
  readonly root: Expr;
  readonly settings: Settings;
  /** Says something about the result, on behalf of the node that is evaluated. */
  readonly remark: (annotation: Annotation) => void;
  /** Says something on behalf of a node of the given rank: those behind others in Prometheus's order have higher ones. */
  readonly remarkAs: (rank: number, annotation: Annotation) => void;
}

/** The same evaluation over other steps. */
export function overSteps(env: Env, start: number, end: number, interval: number): Env {
  const count = end < start ? 0 : Math.floor((end - start) / interval) + 1;
  return { ...env, start, end, interval, count };
}

/** The same evaluation, on behalf of a node of the given rank. */
export function onBehalf(env: Env, rank: number): Env {
  return { ...env, remark: (annotation) => env.remarkAs(rank, annotation) };
}

/** The same evaluation at its first step alone. */
export function atFirstStep(env: Env): Env {
  return env.start === env.end ? env : { ...env, end: env.start, count: Math.min(env.count, 1) };
}

export function isInstant(env: Env): boolean {
  return env.start === env.end;
}

/** The time of a step, in milliseconds. */
export function timeOf(env: Env, step: number): number {
  return env.start + step * env.interval;
}
