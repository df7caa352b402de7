/** Everything that the page of the preview shows. */
import { layOut } from "../../emit/grafana/layout.ts";
import { emitRunbooks } from "../../emit/runbook/runbook.ts";
import { loadTemplates } from "../../emit/templates.ts";
import type { PlannedDashboard, PlannedPanel } from "../../plan/dashboard/planned.ts";
import { alertTimelines } from "./alert-timeline.ts";
import { type Asked, answer } from "./evaluate.ts";
import { markdownToHtml } from "./markdown.ts";
import type { DashboardData, PanelData, Payload, RunbookData } from "./payload.ts";
import { routingTree } from "./routing.ts";
import { type PreviewInput, runPreview } from "./run.ts";
import { tableOf } from "./table.ts";

/** How many points a plot has, at most. */
const POINTS = 120;

/** Evaluates a plan over some data, for its dashboards and alerts; `root` is the project, for templates of its own. */
export function previewOf(input: PreviewInput, root: string): Payload {
  const { plan, startMs, endMs, intervalMs } = input;
  const stepMs = Math.max(intervalMs, Math.ceil((endMs - startMs) / POINTS / intervalMs) * intervalMs);
  const run = runPreview(input);
  const asked: Asked = { storage: run.storage, startMs, endMs, stepMs, intervalMs };
  return {
    title: plan.environment === undefined ? "Preview" : `Preview of ${plan.environment}`,
    data: input.data,
    startMs,
    endMs,
    stepMs,
    dashboards: plan.dashboards.map((dashboard) => dashboardData(dashboard, asked)),
    alerts: alertTimelines(plan, run, endMs),
    route: routingTree(plan),
    runbooks: runbooksOf(input, root),
  };
}

function dashboardData(dashboard: PlannedDashboard, asked: Asked): DashboardData {
  return {
    uid: dashboard.uid,
    title: dashboard.title,
    description: dashboard.description,
    owner: dashboard.owner ?? "",
    rows: layOut(dashboard.rows).map(({ row, panels }) => ({
      title: row.title ?? "",
      collapsed: row.collapsed,
      panels: panels.map(({ panel, place }) => panelData(panel, dashboard, asked, place.w, place.h)),
    })),
  };
}

function panelData(
  panel: PlannedPanel,
  dashboard: PlannedDashboard,
  asked: Asked,
  width: number,
  height: number,
): PanelData {
  const { id, title, description, unit = "short", min, max, decimals, stack, look, thresholds } = panel;
  const { links, content, mappings } = panel;
  const answered = answer(panel, dashboard, asked);
  const isTable = panel.as === "table" || panel.as === "alerts" || panel.as === "other";
  return {
    id,
    title,
    description,
    as: panel.as === "other" ? "table" : panel.as,
    width,
    height,
    unit,
    min,
    max,
    decimals,
    stack,
    look,
    thresholds,
    mappings,
    links,
    queries: panel.queries.map(({ text }) => text),
    html: content === undefined ? undefined : markdownToHtml(content, 4),
    ...answered,
    table: isTable ? tableOf(panel, answered.series) : undefined,
  };
}

function runbooksOf({ plan }: PreviewInput, root: string): readonly RunbookData[] {
  return emitRunbooks(plan, loadTemplates(root)).map(({ path, text }) => ({
    name: path.replace(/^.*\//, "").replace(/\.md$/, ""),
    html: markdownToHtml(text, 3),
  }));
}
