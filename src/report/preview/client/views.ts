/// <reference lib="dom" />
/** The pages within the page: a dashboard, the alerts, the routing tree, the runbooks. */
import type uPlot from "uplot";
import type { AlertData, DashboardData, Payload, RouteData } from "../payload.ts";
import { h, trusted } from "./dom.ts";
import { panelElement } from "./panel.ts";
import { lanes, themed } from "./plot.ts";

/** Draws plots when they come near the window, and forgets those of the page before. */
export class Plots {
  #plots: uPlot[] = [];
  readonly #waiting = new Map<Element, (into: HTMLElement) => uPlot>();
  readonly #observer = new IntersectionObserver((entries) => this.#seen(entries), { rootMargin: "400px" });

  add(figure: HTMLElement, draw: (into: HTMLElement) => uPlot): void {
    this.#waiting.set(figure, draw);
    this.#observer.observe(figure);
  }

  clear(): void {
    this.#observer.disconnect();
    this.#waiting.clear();
    for (const plot of this.#plots) plot.destroy();
    this.#plots = [];
  }

  #seen(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const draw = this.#waiting.get(target);
      if (!isIntersecting || draw === undefined) continue;
      this.#waiting.delete(target);
      this.#observer.unobserve(target);
      this.#plots.push(draw(target as HTMLElement));
    }
  }
}

export function dashboardView(dashboard: DashboardData, payload: Payload, plots: Plots): HTMLElement {
  const view = h("article", {}, h("h2", {}, dashboard.title), h("p", { class: "lead" }, dashboard.description ?? ""));
  for (const { title, collapsed, panels } of dashboard.rows) {
    const grid = h("div", { class: "grid" });
    for (const panel of panels) {
      const { element, figure, draw } = panelElement(panel, payload);
      grid.append(element);
      if (figure !== undefined && draw !== undefined) plots.add(figure, draw);
    }
    view.append(h("details", { class: "row", open: !collapsed }, h("summary", {}, h("h3", {}, title)), grid));
  }
  return view;
}

export function alertsView(payload: Payload, plots: Plots): HTMLElement {
  const view = h(
    "article",
    {},
    h("h2", {}, "Alerts"),
    h(
      "p",
      { class: "lead" },
      "When each alert was ",
      h("span", { class: "key", style: "--tone:var(--yellow)" }, "pending"),
      ", and when it was ",
      h("span", { class: "key", style: "--tone:var(--red)" }, "firing"),
      ".",
    ),
  );
  const [told, quiet] = [
    payload.alerts.filter(({ series }) => series.length > 0),
    payload.alerts.filter(({ series }) => series.length === 0),
  ];
  view.append(...told.map((alert) => alertElement(alert, payload, plots)));
  view.append(
    h("h3", {}, `Quiet (${quiet.length})`),
    h("ul", { class: "quiet" }, ...quiet.map((alert) => h("li", {}, runbookLink(alert), ` of ${alert.service}`))),
  );
  return view;
}

function alertElement(alert: AlertData, payload: Payload, plots: Plots): HTMLElement {
  const figure = h("div", {
    class: "plot",
    role: "img",
    style: `height:${Math.max(76, 46 + alert.series.length * 22)}px`,
    "aria-label": `${alert.name}: ${alert.series.map(({ labels, spans }) => `${labels || "one alert"} ${spansInWords(spans, payload)}`).join("; ")}`,
  });
  plots.add(figure, (into) =>
    lanes(
      alert.series.map(({ labels, spans }) => ({
        name: labels === "" ? alert.name : labels,
        spans: spans.map(({ state, ...span }) => ({ ...span, color: themed(state === "firing" ? "red" : "yellow") })),
      })),
      payload,
      into,
    ),
  );
  const summaries = [...new Set(alert.series.map(({ summary }) => summary))].filter((summary) => summary !== "");
  return h(
    "section",
    { class: "panel wide", role: "group", tabindex: 0, "aria-label": alert.name },
    h("h3", {}, runbookLink(alert), " ", h("small", {}, `${alert.severity} · ${alert.service} · ${alert.team}`)),
    ...summaries.slice(0, 3).map((summary) => h("p", {}, summary)),
    figure,
    h("pre", {}, h("code", {}, alert.expression)),
  );
}

function spansInWords(spans: AlertData["series"][number]["spans"], { startMs }: Payload): string {
  const minute = (ms: number) => Math.round((ms - startMs) / 60_000);
  return spans.map(({ state, fromMs, toMs }) => `${state} from minute ${minute(fromMs)} to ${minute(toMs)}`).join(", ");
}

function runbookLink({ name, runbook }: AlertData): HTMLElement {
  return h("a", { href: `#/runbook/${encodeURIComponent(runbook)}` }, name);
}

export function routesView({ route }: Payload): HTMLElement {
  return h(
    "article",
    {},
    h("h2", {}, "Routing"),
    h("p", { class: "lead" }, "Who hears of what: the first branch that matches, from the top."),
    h("ul", { class: "tree" }, routeElement(route)),
  );
}

function routeElement({ receiver, matchers, notes, routes }: RouteData): HTMLElement {
  const what = matchers.length === 0 ? "everything" : matchers.join(" and ");
  return h(
    "li",
    {},
    h("code", {}, what),
    " → ",
    h("strong", {}, receiver),
    notes.length > 0 && h("small", {}, ` ${notes.join("; ")}`),
    routes.length > 0 && h("ul", {}, ...routes.map(routeElement)),
  );
}

export function runbooksView({ runbooks }: Payload): HTMLElement {
  const links = runbooks.map(({ name }) =>
    h("li", {}, h("a", { href: `#/runbook/${encodeURIComponent(name)}` }, name)),
  );
  return h("article", {}, h("h2", {}, "Runbooks"), h("ul", { class: "quiet" }, ...links));
}

export function runbookView(name: string, payload: Payload): HTMLElement {
  const found = payload.runbooks.find((one) => one.name === name);
  return found === undefined
    ? runbooksView(payload)
    : h("article", { class: "runbook" }, h("h2", {}, `Runbook of ${name}`), trusted(found.html));
}
