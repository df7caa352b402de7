/// <reference lib="dom" />
/** The page of the preview: a list of what there is to see, and what is seen. It asks nobody for anything. */
import type { Payload } from "../payload.ts";
import { h } from "./dom.ts";
import { alertsView, dashboardView, Plots, routesView, runbooksView, runbookView } from "./views.ts";

const payload = JSON.parse(document.getElementById("payload")?.textContent ?? "{}") as Payload;
const main = document.getElementById("main") as HTMLElement;
const plots = new Plots();

/** What the address shows: `#/dashboard/shop`, `#/alerts`. */
function view(): HTMLElement {
  const [, kind = "", name = ""] = location.hash.split("/").map(decodeURIComponent);
  if (kind === "alerts") return alertsView(payload, plots);
  if (kind === "routing") return routesView(payload);
  if (kind === "runbooks") return runbooksView(payload);
  if (kind === "runbook") return runbookView(name, payload);
  const found = payload.dashboards.find(({ uid }) => uid === name) ?? payload.dashboards[0];
  return found === undefined ? alertsView(payload, plots) : dashboardView(found, payload, plots);
}

function show(moved: boolean): void {
  plots.clear();
  main.replaceChildren(view());
  document.title = [main.querySelector("h2")?.textContent, payload.title].join(" · ");
  const here = location.hash === "" ? `#/dashboard/${payload.dashboards[0]?.uid ?? ""}` : location.hash;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === here) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  if (moved) {
    scrollTo(0, 0);
    main.focus({ preventScroll: true });
  }
}

function navigation(): readonly HTMLElement[] {
  const link = (href: string, text: string) => h("li", {}, h("a", { href }, text));
  const owners = [...new Set(payload.dashboards.map(({ owner }) => owner))].sort();
  const fired = payload.alerts.filter(({ series }) =>
    series.some(({ spans }) => spans.some(({ state }) => state === "firing")),
  ).length;
  return [
    h(
      "ul",
      {},
      link("#/alerts", `Alerts (${fired} fired)`),
      link("#/routing", "Routing"),
      link("#/runbooks", "Runbooks"),
    ),
    ...owners.flatMap((owner) => [
      h("h2", {}, owner),
      h(
        "ul",
        {},
        ...payload.dashboards
          .filter((dashboard) => dashboard.owner === owner)
          .map(({ uid, title }) => link(`#/dashboard/${encodeURIComponent(uid)}`, title)),
      ),
    ]),
  ];
}

/** Light, dark, or as the system has it. */
function switchTheme(): void {
  const { dataset } = document.documentElement;
  const isDark =
    dataset.theme === undefined ? matchMedia("(prefers-color-scheme: dark)").matches : dataset.theme === "dark";
  dataset.theme = isDark ? "light" : "dark";
  show(false);
}

let width = innerWidth;
addEventListener("hashchange", () => show(true));
addEventListener("resize", () => {
  if (innerWidth !== width) requestAnimationFrame(() => show(false));
  width = innerWidth;
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => show(false));
document.getElementById("theme")?.addEventListener("click", switchTheme);
document.querySelector("nav")?.append(...navigation());
show(false);
