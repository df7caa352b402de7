/** Says why an alert does or does not fire: what fires instead, and what its expression's sides were over time. */
import { ABSENT, FLOAT } from "../../engine/evaluate/column.ts";
import { compileQuery } from "../../engine/query.ts";
import type { LabelSet } from "../../label/label-set.ts";
import { type BinaryExpr, COMPARISON_OPS, type Expr } from "../../promql/ast.ts";
import { print } from "../../promql/print/print.ts";
import { formatDuration } from "../../quantity/duration.ts";
import type { AlertingRule } from "../../rule/rule.ts";
import type { ActiveAlert, Instant } from "../scenario/instant.ts";
import { plot } from "./plot.ts";

const MOST = 8;

/** What the other alerts do, and how the rule's expression went up to a moment. */
export function explain(instant: Instant, rule: AlertingRule): string {
  const lines = [stateOf(instant), "", `  ${rule.text}`];
  if (rule.forMs > 0) lines[2] += `   for ${formatDuration(rule.forMs)}`;
  for (const part of comparisons(rule.expr)) lines.push(...history(instant, part));
  if (instant.scenario.series.length === 0) lines.push("", "The scenario has no series: give it some with given().");
  return lines.join("\n");
}

function stateOf(instant: Instant): string {
  const all = instant.alerts();
  const list = (title: string, alerts: readonly ActiveAlert[]) => [
    `${title} ${alerts.length === 0 ? "nothing" : ""}`.trimEnd(),
    ...alerts.slice(0, MOST).map((alert) => `  ${describe(alert, instant)}`),
    ...(alerts.length > MOST ? [`  and ${alerts.length - MOST} more`] : []),
  ];
  const firing = all.filter(({ state }) => state === "firing");
  const pending = all.filter(({ state }) => state === "pending");
  return [...list("firing:", firing), ...(pending.length > 0 ? list("pending:", pending) : [])].join("\n");
}

function describe(alert: ActiveAlert, { scenario }: Instant): string {
  const since = formatDuration(alert.activeAtMs - scenario.startMs);
  // Alerts of one name may have several rules, each with a `for` of its own.
  const rule = scenario.workspace.ruleOf.get(alert.definition);
  const until =
    alert.state === "pending" && rule?.kind === "alerting"
      ? `, and fires at ${formatDuration(alert.activeAtMs - scenario.startMs + rule.forMs)} if it stays so`
      : "";
  return `${alert.name}${showLabels(alert.labels)} = ${shortNumber(alert.value)} since ${since}${until}\n    ${alert.annotations.summary ?? ""}`.trimEnd();
}

/** The comparisons that decide whether the expression has a result. */
function comparisons(expr: Expr): readonly BinaryExpr[] {
  if (expr.kind === "ParenExpr") return comparisons(expr.expr);
  if (expr.kind !== "BinaryExpr") return [];
  if (expr.op === "and" || expr.op === "or" || expr.op === "unless")
    return [...comparisons(expr.lhs), ...comparisons(expr.rhs)];
  return (COMPARISON_OPS as readonly string[]).includes(expr.op) ? [expr] : [];
}

const TICKS = 240;

/** What was compared, over time: its value at the moment, and where it went. */
function history(instant: Instant, { lhs, op, rhs }: BinaryExpr): readonly string[] {
  const { atMs, timeMs } = instant;
  const stepMs = Math.max(1000, Math.ceil(atMs / TICKS / 1000) * 1000);
  // Steps end at the moment itself.
  const range = { startMs: timeMs - Math.floor(atMs / stepMs) * stepMs, endMs: timeMs, stepMs };
  const { columns } = compileQuery(lhs).columns(instant.result.storage, range);
  const against = `${op} ${print(rhs)}`;
  const title = `  ${print(lhs)}`;
  if (columns.length === 0) return ["", title, `    gives nothing from 0s to ${formatDuration(atMs)}`];
  const lines = columns.slice(0, MOST).flatMap(({ labels, present, values }) => {
    const numbers = Array.from(present, (kind, i) => (kind === FLOAT ? (values[i] as number) : Number.NaN));
    const last = present.length - 1;
    const now = present[last] === ABSENT ? "no value" : shortNumber(values[last] as number);
    const finite = numbers.filter(Number.isFinite);
    const [low, high] = [Math.min(...finite), Math.max(...finite)];
    const range = finite.length === 0 ? "" : `  from ${shortNumber(low)} to ${shortNumber(high)}`;
    return [
      `    ${showLabels(labels.toRecord())} is ${now} at ${formatDuration(atMs)}; asked for: ${against}`,
      `    ${plot(numbers)}${range}`,
    ];
  });
  const more = columns.length > MOST ? [`    and ${columns.length - MOST} more series`] : [];
  return ["", title, ...lines, ...more];
}

export function showLabels(labels: LabelSet): string {
  const parts = Object.entries(labels).filter(([name]) => name !== "alertname" && name !== "__name__");
  return `{${parts.map(([name, value]) => `${name}=${JSON.stringify(value)}`).join(", ")}}`;
}

export function shortNumber(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(6))) : String(value);
}
