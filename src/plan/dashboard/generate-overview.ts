/** One dashboard for each team, and one for the whole fleet: what fires, what is up, and where to look closer. */
import type { Link } from "../../model/dashboard/link.ts";
import { firingAlerts, type Panel, panel } from "../../model/dashboard/panel.ts";
import { type Row, row } from "../../model/dashboard/row.ts";
import type { AnyService } from "../../model/service.ts";
import type { AnyTeam } from "../../model/team.ts";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, number, selector } from "../../vector/build.ts";
import { InstantVector } from "../../vector/instant-vector.ts";
import { by } from "../../vector/modifiers.ts";
import { LABEL } from "../conventions.ts";
import { type DashboardDraft, USUAL_TIME } from "./draft.ts";
import { FLEET_UID, serviceUid, teamUid } from "./identity.ts";

/** The folder of what belongs to no team. */
export const FLEET = "Fleet";

/** Of more services than this, only the first rows are open. */
const OPEN = 8;

/** The overview of a team: its alerts, and a row of numbers for each of its services. */
export function teamDraft(
  team: AnyTeam,
  services: readonly { readonly service: AnyService; readonly dashboard: DashboardDraft | undefined }[],
): DashboardDraft {
  const { name } = team;
  const firing = binary("or", count({ [LABEL.team]: name }), call("vector", number(0)), { vectors: true });
  return {
    uid: teamUid(name),
    file: `team-${name.toLowerCase()}`,
    title: `Team ${name}`,
    description: `What ${name} owns, and what of it needs attention.`,
    tags: ["tocsin", "team", name],
    owner: name,
    rows: [
      row("Alerts", [
        panel("Alerts firing", new InstantVector(firing), {
          as: "stat",
          unit: "none",
          description: "How many alerts of the team fire.",
          thresholds: [{ color: "green" }, { from: 1, color: "red" }],
        }),
        firingAlerts("Firing alerts", { team }),
      ]),
      ...services.flatMap(({ service, dashboard }, i) => numbersOf(service, dashboard, i >= OPEN)),
    ],
    time: USUAL_TIME,
    variables: [],
    links: [{ title: FLEET, url: `/d/${FLEET_UID}` }],
    job: undefined,
    annotated: { team: name, services: [] },
  };
}

/** The overview of everything: what fires by team, and what is up by service. */
export function fleetDraft(teams: readonly AnyTeam[], services: readonly AnyService[]): DashboardDraft {
  const scraped = services.filter(({ spec }) => spec.scrape !== undefined);
  const up = selector("up");
  const share = binary("/", aggregate("sum", up, by("job")), aggregate("count", up, by("job")), { vectors: true });
  const alerts = (label: string): Expr => aggregate("count", firingNow({}), by(label));
  return {
    uid: FLEET_UID,
    file: "fleet",
    title: FLEET,
    description: "Everything that is watched: what fires, whose it is, and what is up.",
    tags: ["tocsin", "fleet"],
    owner: FLEET,
    rows: [
      row("Alerts", [
        stat("Alerts firing by severity", alerts(LABEL.severity), "How many alerts of each severity fire."),
        panel("Alerts firing by team", new InstantVector(alerts(LABEL.team)), {
          unit: "none",
          description: "How many alerts of each team fire.",
          stack: true,
        }),
        firingAlerts("Firing alerts"),
      ]),
      ...(scraped.length === 0
        ? []
        : [
            row("Services", [
              panel("Targets up", new InstantVector(share), {
                as: "table",
                unit: "percentunit",
                description: "The share of each service's targets that answer.",
              }),
            ]),
          ]),
    ],
    time: USUAL_TIME,
    variables: [],
    links: teams.slice(0, 20).map(({ name }): Link => ({ title: `Team ${name}`, url: `/d/${teamUid(name)}` })),
    job: undefined,
    annotated: { services: [] },
  };
}

/** The first number of each of a service's rows, as its own dashboard has it. */
function numbersOf(service: AnyService, dashboard: DashboardDraft | undefined, collapsed: boolean): readonly Row[] {
  const link: Link = { title: `Dashboard of ${service.name}`, url: `/d/${serviceUid(service.name)}` };
  const panels = (dashboard?.rows ?? []).flatMap(({ title, panels: [first] }) =>
    first !== undefined && NUMBERS.has(title) && first.queries.length > 0 ? [asNumber(first, link)] : [],
  );
  return panels.length === 0 ? [] : [row(service.name, panels, { collapsed })];
}

const NUMBERS: ReadonlySet<string> = new Set(["Health", "Requests", "Errors", "Duration", "Saturation", "Business"]);

function asNumber(of: Panel, link: Link): Panel {
  return Object.freeze({ ...of, spec: Object.freeze({ ...of.spec, as: "stat" as const, links: [link] }) });
}

function stat(title: string, expr: Expr, description: string): Panel {
  return panel(title, new InstantVector(expr), {
    as: "stat",
    unit: "none",
    description,
    thresholds: [{ color: "green" }, { from: 1, color: "red" }],
  });
}

function count(labels: Readonly<Record<string, string>>): Expr {
  return aggregate("count", firingNow(labels));
}

function firingNow(labels: Readonly<Record<string, string>>): Expr {
  return selector("ALERTS", [
    { name: "alertstate", op: "=", value: "firing" },
    ...Object.entries(labels).map(([name, value]) => ({ name, op: "=" as const, value })),
  ]);
}
