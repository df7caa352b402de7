/**
 * The dashboard of a service, made without asking: whether it is up, what fires, its requests, errors and durations
 * (RED), how full it is (USE), what its business is, and everything else that its alerts watch.
 */
import type { Link } from "../../model/dashboard/link.ts";
import { firingAlerts, type Panel, type PanelSpec, panel } from "../../model/dashboard/panel.ts";
import { type Row, row } from "../../model/dashboard/row.ts";
import type { MetricDefinition } from "../../model/metric/metric.ts";
import type { AnyService } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { print } from "../../promql/print/print.ts";
import { memoized } from "../../util/memo.ts";
import { aggregate, binary, call, matrix, number, selector } from "../../vector/build.ts";
import { type AnyVector, InstantVector } from "../../vector/instant-vector.ts";
import { by } from "../../vector/modifiers.ts";
import type { PlannedAlert } from "../plan.ts";
import { type Cardinalities, costOf } from "./cost.ts";
import { type DashboardDraft, USUAL_TIME } from "./draft.ts";
import { type Aspect, aspectOf, failures, mainLabel, unitOf, wordsOf } from "./generate-parts.ts";
import { FLEET_UID, serviceUid, teamUid } from "./identity.ts";
import { type Watch, watchesOf } from "./watch.ts";

/** Rates are drawn over what the dashboard resolves: this window is replaced. */
const WINDOW = "5m";
const FEW = 10;
const READABLE = 20;

/** The dashboard of a service, from its metrics and its alerts. */
export function serviceDraft(
  service: AnyService,
  alerts: readonly PlannedAlert[],
  cardinalities: Cardinalities,
): DashboardDraft {
  const { name, spec } = service;
  const metrics = Object.values(spec.metrics ?? {}).map(({ definition }) => definition);
  const rows = new Map<string, Panel[]>(Object.values(ROWS).map((title) => [title, []]));
  const into = (aspect: Aspect) => rows.get(ROWS[aspect]) ?? [];
  for (const metric of metrics) {
    const aspect = aspectOf(metric);
    into(aspect).push(...PANELS[aspect](metric, name));
    const share = failureShare(metric, name);
    if (share !== undefined) into("errors").push(share);
  }
  into("saturation").push(...usedShares(metrics));
  const drawn = [...rows.values()].flat();
  const healthy = health(service);
  return {
    uid: serviceUid(name),
    file: `service-${name.toLowerCase()}`,
    title: `Service ${name}`,
    description: spec.description,
    tags: ["tocsin", "service", spec.owner.name],
    owner: spec.owner.name,
    rows: [
      row("Health", healthy),
      ...[...rows].filter(([, panels]) => panels.length > 0).map(([title, panels]) => row(title, panels)),
      ...watched(alerts, [...drawn, ...healthy], cardinalities),
    ],
    time: USUAL_TIME,
    variables: [],
    links: linksOf(service),
    job: spec.scrape === undefined ? undefined : name,
    annotated: { services: [name] },
  };
}

const ROWS: Readonly<Record<Aspect, string>> = {
  requests: "Requests",
  errors: "Errors",
  duration: "Duration",
  saturation: "Saturation",
  state: "State",
  business: "Business",
  about: "About",
};

const PANELS: Readonly<Record<Aspect, (metric: MetricDefinition, service: string) => readonly Panel[]>> = {
  requests: (metric, service) => [ratePanel(metric, service)],
  errors: (metric, service) => [ratePanel(metric, service)],
  duration: durationPanels,
  saturation: (metric, service) => [
    metric.type === "counter" ? busyPanel(metric, service) : levelPanel(metric, service),
  ],
  state: (metric, service) => [
    drawn(wordsOf(metric, service), selector(metric.name), {
      as: "state timeline",
      words: { "0": "no", "1": "yes" },
      thresholds: [{ color: "red" }, { from: 1, color: "green" }],
    }),
  ],
  business: (metric, service) => {
    if (metric.type === "counter") return [ratePanel(metric, service)];
    if (metric.type !== "gauge") return quantilePanels(metric, service);
    if (/_expiry(?:_timestamp)?(?:_seconds)?$/.test(metric.name)) return [expiryPanel(metric, service)];
    return [/_timestamp_seconds$/.test(metric.name) ? agePanel(metric, service) : levelPanel(metric, service)];
  },
  about: (metric, service) => [drawn(wordsOf(metric, service), selector(metric.name), { as: "table", unit: "none" })],
};

/** Whether its targets answer, and which of its alerts fire. */
function health(service: AnyService): readonly Panel[] {
  const alerts = firingAlerts("Firing alerts", { service });
  if (service.spec.scrape === undefined) return [alerts];
  const up = service.up.ast;
  const share = binary("/", aggregate("sum", up), aggregate("count", up), { vectors: true });
  return [
    drawn("Targets up", share, { as: "stat", unit: "percentunit", description: "The share of targets that answer." }),
    drawn("Up", up, {
      as: "state timeline",
      words: { "0": "down", "1": "up" },
      thresholds: [{ color: "red" }, { from: 1, color: "green" }],
      description: "Whether each target answered its last scrape.",
    }),
    alerts,
  ];
}

/** How many per second, split by the label that splits it best. */
function ratePanel(metric: MetricDefinition, service: string, suffix = ""): Panel {
  const rate = call("rate", matrix(selector(metric.name + suffix), WINDOW));
  const what = suffix === "" ? wordsOf(metric, service) : "Requests";
  return drawn(`${what} per second`, split(metric, rate, "sum"), {});
}

/** A counter of seconds: how busy something is. */
function busyPanel(metric: MetricDefinition, service: string): Panel {
  const rate = call("rate", matrix(selector(metric.name), WINDOW));
  return drawn(`${wordsOf(metric, service)}: busy`, split(metric, rate, "sum"), { unit: "s" });
}

/** Units of which the sum over all instances means nothing. */
const INTENSIVE: ReadonlySet<string | undefined> = new Set(["seconds", "ratio", "percent", "celsius"]);

function levelPanel(metric: MetricDefinition, service: string): Panel {
  const op = INTENSIVE.has(unitOf(metric)) ? "max" : "sum";
  return drawn(wordsOf(metric, service), split(metric, selector(metric.name), op), {});
}

function expiryPanel(metric: MetricDefinition, service: string): Panel {
  const left = binary("-", selector(metric.name), call("time"), { vectors: false });
  return drawn(`${wordsOf(metric, service)}: in how long`, left, { unit: "s" });
}

function agePanel(metric: MetricDefinition, service: string): Panel {
  const since = binary("-", call("time"), split(metric, selector(metric.name), "max"), { vectors: false });
  return drawn(`${wordsOf(metric, service)}: how long ago`, since, { unit: "s" });
}

function durationPanels(metric: MetricDefinition, service: string): readonly Panel[] {
  if (metric.type === "summary") return quantilePanels(metric, service);
  const native = metric.type === "native histogram";
  const rate = call("rate", matrix(selector(native ? metric.name : `${metric.name}_bucket`), WINDOW));
  const spread = aggregate("sum", rate, native ? undefined : by("le"));
  return [
    native
      ? drawn("Requests per second", call("histogram_count", aggregate("sum", rate)), { unit: "reqps" })
      : withUnit(ratePanel(metric, service, "_count"), "reqps"),
    ...quantilePanels(metric, service),
    drawn(`${wordsOf(metric, service)}: spread`, spread, { as: "heatmap", unit: grafanaUnit(metric) }),
  ];
}

/** The share of the observations that is at most so much: half, 95 and 99 of a hundred. */
function quantilePanels(metric: MetricDefinition, service: string): readonly Panel[] {
  const title = `${wordsOf(metric, service)}: quantiles`;
  const unit = grafanaUnit(metric);
  if (metric.type === "summary")
    return [drawn(title, aggregate("max", selector(metric.name), by("quantile")), { unit, legend: "{{quantile}}" })];
  const native = metric.type === "native histogram";
  const rate = call("rate", matrix(selector(native ? metric.name : `${metric.name}_bucket`), WINDOW));
  const spread = aggregate("sum", rate, native ? undefined : by("le"));
  const quantile = (phi: number): AnyVector => new InstantVector(call("histogram_quantile", number(phi), spread));
  return [panel(title, { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) }, { unit })];
}

function grafanaUnit(metric: MetricDefinition): string {
  return { seconds: "s", bytes: "bytes" }[unitOf(metric) ?? ""] ?? "short";
}

/** What share of everything went wrong. */
function failureShare(metric: MetricDefinition, service: string): Panel | undefined {
  const failed = failures(metric);
  if (failed === undefined || metric.type === "gauge" || metric.type === "info" || metric.type === "native histogram")
    return undefined;
  const series = metric.type === "counter" ? metric.name : `${metric.name}_count`;
  const rate = (matchers: readonly (typeof failed)[]) =>
    aggregate("sum", call("rate", matrix(selector(series, matchers), WINDOW)));
  const all = rate([]);
  // While nothing failed there may be no failing series yet: that is 0, not nothing.
  const none = binary("*", all, number(0), { vectors: false });
  const either = binary("or", rate([failed]), none, { vectors: true });
  return drawn(`${wordsOf(metric, service)}: share that fails`, binary("/", either, all, { vectors: true }), {
    unit: "percentunit",
    min: 0,
  });
}

const FREE = /^(.*?)_?(?:avail(?:able)?|free|MemAvailable|MemFree)_(.*)$/;

/** How full something is, where one metric says how much is free and another how much there is. */
function usedShares(metrics: readonly MetricDefinition[]): readonly Panel[] {
  return metrics.flatMap((free) => {
    const [, before, after] = FREE.exec(free.name) ?? [];
    if (free.type !== "gauge" || before === undefined || after === undefined) return [];
    const whole = metrics.find(({ name, type }) => {
      const rest = name.startsWith(before) && name.endsWith(`_${after}`) ? name.slice(before.length) : "";
      return type === "gauge" && /^_?(?:MemTotal|total|size|capacity|limit|max)_/.test(rest);
    });
    if (whole === undefined) return [];
    const share = binary("/", selector(free.name), selector(whole.name), { vectors: true });
    const used = binary("-", number(1), share, { vectors: false });
    const title = `${
      before
        .replace(/^node_/, "")
        .replace(/_+/g, " ")
        .trim() || "Space"
    }: used`;
    return [drawn(title.charAt(0).toUpperCase() + title.slice(1), used, { unit: "percentunit", min: 0, max: 1 })];
  });
}

/** What alerts watch that no other panel draws. */
function watched(
  alerts: readonly PlannedAlert[],
  others: readonly Panel[],
  cardinalities: Cardinalities,
): readonly Row[] {
  const seen = new Set(others.flatMap(({ queries }) => queries.map(({ ast }) => keyOf(ast))));
  const panels = new Map<string, { readonly names: string[]; readonly expr: Expr }>();
  for (const alert of alerts) {
    for (const { expr, watch } of drawable(alert)) {
      const key = keyOf(expr);
      if (seen.has(key)) continue;
      const known = panels.get(key);
      if (known === undefined) panels.set(key, { names: [alert.name], expr: fewOf(expr, watch, cardinalities) });
      else if (!known.names.includes(alert.name)) known.names.push(alert.name);
    }
  }
  if (panels.size === 0) return [];
  return [
    row(
      "Watched by alerts",
      [...panels.values()].map(({ names, expr }) => drawn(names.join(", "), expr, {})),
    ),
  ];
}

const keyOf = memoized((expr: Expr): string => print(expr));

/** What an alert compares; that something is there at all, where it watches for absence; else its condition. */
function drawable(alert: PlannedAlert): readonly { readonly expr: Expr; readonly watch?: Watch }[] {
  const watches = watchesOf(alert);
  if (watches.length > 0) return watches.map((watch) => ({ expr: bare(watch.watched), watch }));
  const { expr } = alert;
  if (expr.kind === "Call" && expr.func === "absent" && expr.args[0] !== undefined)
    return [{ expr: aggregate("count", expr.args[0]) }];
  return [{ expr }];
}

function bare(expr: Expr): Expr {
  return expr.kind === "ParenExpr" ? bare(expr.expr) : expr;
}

/** Of many series, the ones nearest to firing. */
function fewOf(expr: Expr, watch: Watch | undefined, cardinalities: Cardinalities): Expr {
  if (costOf(expr, cardinalities, 60_000).results <= READABLE) return expr;
  return aggregate(watch?.op.startsWith("<") ? "bottomk" : "topk", expr, undefined, number(FEW));
}

/** Splits by the main label; of a label with many values, the greatest are shown. */
function split(metric: MetricDefinition, expr: Expr, op: "sum" | "max"): Expr {
  const label = mainLabel(metric);
  const grouped = aggregate(op, expr, label === undefined ? undefined : by(label.name));
  return label?.many ? aggregate("topk", grouped, undefined, number(FEW)) : grouped;
}

function drawn(title: string, expr: Expr, spec: PanelSpec): Panel {
  return panel(title, new InstantVector(expr), spec);
}

function withUnit(of: Panel, unit: string): Panel {
  return Object.freeze({ ...of, spec: Object.freeze({ ...of.spec, unit }) });
}

function linksOf({ spec }: AnyService): readonly Link[] {
  const links: Link[] = [
    { title: `Team ${spec.owner.name}`, url: `/d/${teamUid(spec.owner.name)}` },
    { title: "Fleet", url: `/d/${FLEET_UID}` },
  ];
  if (spec.runbooks !== undefined) links.push({ title: "Runbooks", url: spec.runbooks, newTab: true });
  return links;
}
