/** When each alert was pending, and when it fired. */
import type { Plan } from "../../plan/plan.ts";
import { rulesOf } from "../../plan/plan.ts";
import type { Alert, AlertsAt } from "../../rule/alert/alert.ts";
import type { AlertData, AlertSeries, AlertSpan } from "./payload.ts";
import type { PreviewRun } from "./run.ts";

/** The alerts of a plan with their times, those that fired first. */
export function alertTimelines(plan: Plan, { alerts }: PreviewRun, endMs: number): readonly AlertData[] {
  const histories = new Map([...alerts].map(([rule, history]) => [`${rule.name}\0${rule.text}`, history]));
  const all = rulesOf(plan).flatMap((rule): readonly AlertData[] => {
    if (rule.kind !== "alerting") return [];
    const { service } = rule.definition.spec;
    return [
      {
        name: rule.name,
        service: service.name,
        team: service.spec.owner.name,
        severity: rule.labels.severity ?? "",
        expression: rule.text,
        runbook: rule.name,
        series: seriesOf(histories.get(`${rule.name}\0${rule.text}`) ?? [], endMs),
      },
    ];
  });
  return all.toSorted((a, b) => fired(b) - fired(a));
}

function fired({ series }: AlertData): number {
  return series.some(({ spans }) => spans.some(({ state }) => state === "firing")) ? 2 : series.length > 0 ? 1 : 0;
}

interface Open {
  readonly labels: Readonly<Record<string, string>>;
  summary: string;
  readonly spans: AlertSpan[];
}

function seriesOf(history: readonly AlertsAt[], endMs: number): readonly AlertSeries[] {
  const all = new Map<string, Open>();
  const running = new Map<string, AlertSpan>();
  const close = (key: string, toMs: number) => {
    const span = running.get(key);
    if (span !== undefined) all.get(key)?.spans.push({ ...span, toMs });
    running.delete(key);
  };
  for (const { timeMs, alerts } of history) {
    const now = new Map(alerts.map((alert) => [alert.labels.key, alert]));
    for (const [key, span] of running) if (now.get(key)?.state !== span.state) close(key, timeMs);
    for (const [key, alert] of now) {
      const known = all.get(key) ?? { labels: alert.labels.toRecord(), summary: "", spans: [] };
      all.set(key, known);
      known.summary = summaryOf(alert) ?? known.summary;
      if (!running.has(key)) running.set(key, { state: alert.state, fromMs: timeMs, toMs: endMs });
    }
  }
  for (const key of [...running.keys()]) close(key, endMs);
  return [...all.values()].slice(0, 20).map(({ labels, summary, spans }) => ({
    labels: Object.entries(labels)
      .filter(([name]) => !OF_RULE.has(name))
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(", "),
    summary,
    spans,
  }));
}

/** Labels that all alerts of a rule share, and that are shown beside its name. */
const OF_RULE: ReadonlySet<string> = new Set(["alertname", "severity", "team", "service"]);

function summaryOf(alert: Alert): string | undefined {
  return alert.annotations().summary;
}
