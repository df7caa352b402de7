/** Looks for the shortest series that make an alert fire, and says why where there seem to be none. */

import { EvaluationError } from "../../engine/evaluate/error.ts";
import { compileQuery } from "../../engine/query.ts";
import type { AnyService } from "../../model/service.ts";
import type { BinaryExpr, Expr } from "../../promql/ast.ts";
import { COMPARISON_OPS } from "../../promql/ast.ts";
import { walkExpr } from "../../promql/map.ts";
import { print } from "../../promql/print/print.ts";
import { formatDuration } from "../../quantity/duration.ts";
import { onlyNeeded } from "../../rule/dependencies.ts";
import { type AlertingRule, outputsOf, type RuleGroup } from "../../rule/rule.ts";
import { type RunResult, runRules } from "../../rule/run.ts";
import { type GivenSeries, toInput } from "../scenario/input.ts";
import type { RecordedBy } from "./bounds.ts";
import { type Choice, choicesFor } from "./candidates.ts";
import { type Demand, demandsOf } from "./demand.ts";
import { impossible } from "./impossible.ts";

/** Series that make an alert fire. */
export interface Witness {
  readonly alert: string;
  readonly series: readonly GivenSeries[];
  /** When it fires, since the start. */
  readonly firesAtMs: number;
}

export interface NoWitness {
  readonly alert: string;
  readonly reason: string;
  /** Whether none can exist, rather than none being found. */
  readonly certain: boolean;
}

export interface ProveRequest {
  readonly rule: AlertingRule;
  readonly groups: readonly RuleGroup[];
  readonly services: readonly AnyService[];
  readonly intervalOf: (group: RuleGroup) => number;
}

/** From one sample to the next. */
export const SAMPLE_MS = 60_000;

/** How many series are tried at each length before it is given up. */
const MOST_TRIES = 2_000;

/** A witness, or why there seems to be none. */
export function prove(request: ProveRequest): Witness | NoWitness {
  const { rule, services } = request;
  const groups = onlyNeeded(request.groups, [rule]);
  const certain = impossible(rule.expr, recordings(groups));
  if (certain !== undefined) return { alert: rule.name, reason: certain, certain: true };
  const demands = leafDemands(rule.expr, groups);
  let reason = "nothing that was tried gives the expression a result";
  for (const endMs of horizons(rule, groups)) {
    const { choices, unmet } = choicesFor(demands, services, { samples: Math.ceil(endMs / SAMPLE_MS) });
    const tried = new Observations();
    for (const series of combinations(choices)) {
      const result = run(series, endMs, groups, request);
      if (result === undefined) continue;
      const firesAtMs = firstFiring(result, rule);
      if (firesAtMs !== undefined) return shortest({ alert: rule.name, series, firesAtMs });
      tried.see(result, rule, endMs);
    }
    reason = unmet ?? tried.reason(rule) ?? reason;
  }
  return { alert: rule.name, reason, certain: false };
}

/** The expressions that record a series. */
function recordings(groups: readonly RuleGroup[]): RecordedBy {
  const rules = groups.flatMap(({ rules }) => rules).filter(({ kind }) => kind === "recording");
  return (name) => rules.filter((rule) => outputsOf(rule).includes(name)).map(({ expr }) => expr);
}

/** The demands on series that no rule records: those on recorded ones are passed on to what they are recorded from. */
function leafDemands(expr: Expr, groups: readonly RuleGroup[]): readonly Demand[] {
  const rules = groups.flatMap(({ rules }) => rules);
  const pass = (demand: Demand, depth: number): readonly Demand[] => {
    const sources = rules.filter(
      (rule) => rule.kind === "recording" && outputsOf(rule).includes(demand.selector.name ?? ""),
    );
    if (sources.length === 0 || depth > 8) return [demand];
    return sources.flatMap((rule) =>
      demandsOf(rule.expr).flatMap((inner) => {
        const direction = inner.direction === "present" ? demand.direction : inner.direction;
        return pass({ ...inner, direction, values: [...inner.values, ...demand.values] }, depth + 1);
      }),
    );
  };
  return demandsOf(expr).flatMap((demand) => pass(demand, 0));
}

/** The lengths to try, short ones first: the windows and `for` have to fit in. */
function horizons(rule: AlertingRule, groups: readonly RuleGroup[]): readonly number[] {
  let windows = 0;
  for (const { rules } of groups)
    for (const { expr } of rules)
      walkExpr(expr, (node) => {
        if ((node.kind === "MatrixSelector" || node.kind === "SubqueryExpr") && node.range.kind === "DurationLiteral")
          windows += node.range.ms;
      });
  const intervals = groups.map(({ intervalMs }) => intervalMs ?? 0);
  const least = rule.forMs + Math.max(5 * SAMPLE_MS, ...intervals);
  const day = 86_400_000;
  return [...new Set([least, least + windows, least + 2 * windows + 3_600_000, least + windows + day])];
}

/** All combinations, those first that take the first ways of most choices. */
function* combinations(choices: readonly Choice[]): Generator<readonly GivenSeries[]> {
  let tries = 0;
  const longest = choices.reduce((sum, ways) => sum + ways.length - 1, 0);
  for (let distance = 0; distance <= longest; distance++) {
    for (const picked of withDistance(choices, distance)) {
      if (++tries > MOST_TRIES) return;
      yield picked.flat();
    }
  }
}

function* withDistance(choices: readonly Choice[], distance: number): Generator<readonly (readonly GivenSeries[])[]> {
  const [first, ...rest] = choices;
  if (first === undefined) {
    if (distance === 0) yield [];
    return;
  }
  for (let i = 0; i < Math.min(first.length, distance + 1); i++) {
    for (const others of withDistance(rest, distance - i)) yield [first[i] as readonly GivenSeries[], ...others];
  }
}

function run(
  series: readonly GivenSeries[],
  endMs: number,
  groups: readonly RuleGroup[],
  { intervalOf }: ProveRequest,
): RunResult | undefined {
  try {
    const result = runRules({
      groups,
      inputs: series.map((one) => toInput(one, 0, endMs, SAMPLE_MS)),
      startMs: 0,
      endMs,
      intervalOf,
      query: {},
      isWatched: () => true,
      reads: () => false,
      texts: { externalLabels: {}, externalUrl: "" },
      stopAtFailure: true,
    });
    return result.failures.length > 0 ? undefined : result;
  } catch (error) {
    if (error instanceof EvaluationError) return undefined;
    throw error;
  }
}

function firstFiring({ alerts }: RunResult, rule: AlertingRule): number | undefined {
  return alerts.get(rule)?.find((at) => at.alerts.some(({ state }) => state === "firing"))?.timeMs;
}

/** No longer than it takes. */
function shortest({ alert, series, firesAtMs }: Witness): Witness {
  const samples = Math.ceil(firesAtMs / SAMPLE_MS);
  return {
    alert,
    firesAtMs,
    series: series.map(({ labels, values }) => ({
      labels,
      values: typeof values === "string" ? values.replace(/x\d+$/, `x${samples}`) : values,
    })),
  };
}

/** What came of the tries that failed. */
class Observations {
  #longestPendingMs = -1;
  readonly #sides = new Map<
    BinaryExpr,
    { low: number; high: number; left: boolean; right: boolean; result: boolean }
  >();

  see({ alerts, storage }: RunResult, rule: AlertingRule, endMs: number): void {
    for (const { timeMs, alerts: active } of alerts.get(rule) ?? [])
      for (const { activeAtMs } of active)
        this.#longestPendingMs = Math.max(this.#longestPendingMs, timeMs - activeAtMs);
    const columns = (expr: Expr) =>
      compileQuery(expr).columns(storage, { startMs: 0, endMs, stepMs: SAMPLE_MS }).columns;
    walkExpr(rule.expr, (node) => {
      if (node.kind !== "BinaryExpr") return;
      const seen = this.#sides.get(node) ?? {
        low: Infinity,
        high: -Infinity,
        left: false,
        right: false,
        result: false,
      };
      const left = columns(node.lhs);
      for (const { values, present } of left)
        for (let i = 0; i < values.length; i++) {
          if (present[i] !== 1) continue;
          seen.low = Math.min(seen.low, values[i] as number);
          seen.high = Math.max(seen.high, values[i] as number);
        }
      seen.left ||= left.length > 0;
      seen.right ||= columns(node.rhs).length > 0;
      seen.result ||= columns(node).length > 0;
      this.#sides.set(node, seen);
    });
  }

  reason({ forMs }: AlertingRule): string | undefined {
    if (this.#longestPendingMs >= 0)
      return `its condition never holds for longer than ${formatDuration(this.#longestPendingMs)}, and \`for\` asks for ${formatDuration(forMs)}`;
    for (const [node, { left, right, result, low, high }] of this.#sides) {
      if (result || !left || !right) continue;
      if ((COMPARISON_OPS as readonly string[]).includes(node.op) && node.rhs.kind === "NumberLiteral")
        return `${print(node.lhs)} went from ${low} to ${high} in all that was tried, and never ${node.op} ${print(node.rhs)}`;
      if (!(COMPARISON_OPS as readonly string[]).includes(node.op))
        return `both sides of \`${node.op}\` have results, and their labels never match: ${print(node)}`;
    }
    return undefined;
  }
}
