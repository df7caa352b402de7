/** Panels: one vector or several over one another, a text, or the alerts that fire. */
import { z } from "zod";
import type { AnyVector } from "../../vector/instant-vector.ts";
import type { Definition } from "../definition.ts";
import { vectorSchema } from "../recording-rule.ts";
import { definitionOf } from "../schema.ts";
import type { AnyService } from "../service.ts";
import type { AnyTeam } from "../team.ts";
import { type Link, linkSchema } from "./link.ts";
import { type PanelLook, panelLook } from "./look.ts";
import { type DashboardQuery, dashboardQuerySchema } from "./query.ts";

export const DRAWN = [
  "timeseries",
  "stat",
  "gauge",
  "bar gauge",
  "pie chart",
  "table",
  "heatmap",
  "state timeline",
  "status history",
] as const;

/** How vectors are drawn. */
export type Drawn = (typeof DRAWN)[number];

/** How a panel looks, beyond its title and what it draws. */
export interface PanelSpec extends PanelLook {
  /** How it is drawn. Default: lines over time. */
  readonly as?: Drawn;
  readonly description?: string;
  /** What a series is called: a text with `{{label}}` in it. Default: the labels that tell the series apart. */
  readonly legend?: string;
  readonly links?: readonly Link[];
}

/** What is said of a panel that draws no vectors. */
export type PlainPanelSpec = Pick<PanelSpec, "description" | "links" | "transparent" | "size" | "repeat">;

/** Whose alerts a panel lists; without either, all. */
export interface FiringAlerts {
  readonly team?: Definition<"Team"> | AnyTeam;
  readonly service?: AnyService;
}

/** What a panel can draw. */
export type Drawable = AnyVector | DashboardQuery;

/** A panel, as `panel()`, `textPanel()`, `logsLink()` and `firingAlerts()` return it. */
export interface Panel {
  readonly kind: "Panel";
  readonly title: string;
  readonly queries: readonly Drawable[];
  /** What each query is called beside the labels of its series. */
  readonly names: readonly (string | undefined)[];
  readonly spec: PanelSpec;
  /** Markdown, of a panel that is a text. */
  readonly content?: string | undefined;
  readonly alerts?: FiringAlerts | undefined;
}

/**
 * A panel that draws one vector, several over one another, or several by name.
 *
 * ```ts
 * panel("Stock", stock);
 * panel("Response time", { "99 %": latency.rate("5m").quantile(0.99), mean: meanResponseTime(latency, "5m") }, { unit: "s" });
 * ```
 */
export function panel(
  title: string,
  query: Drawable | readonly Drawable[] | Readonly<Record<string, Drawable>>,
  spec: PanelSpec = {},
): Panel {
  const named = isDrawable(query)
    ? [[undefined, query] as const]
    : Array.isArray(query)
      ? (query as readonly Drawable[]).map((vector) => [undefined, vector] as const)
      : Object.entries(query as Readonly<Record<string, Drawable>>);
  return freeze({
    kind: "Panel",
    title,
    queries: Object.freeze(named.map(([, vector]) => vector)),
    names: Object.freeze(named.map(([name]) => name)),
    spec: Object.freeze(spec),
  });
}

/**
 * A panel that holds a text in Markdown.
 *
 * ```ts
 * dashboard("Read me", { owner: storefront, rows: { About: [textPanel("How to read this", "Stock counts **all** warehouses.")] } });
 * ```
 */
export function textPanel(title: string, markdown: string, spec: PlainPanelSpec = {}): Panel {
  return freeze({ kind: "Panel", title, queries: [], names: [], spec: Object.freeze(spec), content: markdown });
}

/**
 * A panel that leads to where the logs are.
 *
 * ```ts
 * logsLink("Logs of checkout", "https://logs.shop.example/?app=checkout&from=${__from}&to=${__to}");
 * ```
 */
export function logsLink(title: string, url: string, spec: Omit<PlainPanelSpec, "links"> = {}): Panel {
  const link = { title, url, newTab: true };
  return textPanel(title, `[${title.replace(/[[\]\\]/g, "\\$&")}](${url.replace(/[()<>]/g, percentEncoded)})`, {
    ...spec,
    links: [link],
  });
}

/**
 * A panel that lists the alerts that fire: a team's, a service's, or all.
 *
 * ```ts
 * dashboard("Now", { owner: storefront, rows: { Alerts: [firingAlerts("Firing")] } });
 * ```
 */
export function firingAlerts(title = "Firing alerts", alerts: FiringAlerts = {}, spec: PlainPanelSpec = {}): Panel {
  return freeze({
    kind: "Panel",
    title,
    queries: [],
    names: [],
    spec: Object.freeze(spec),
    alerts: Object.freeze(alerts),
  });
}

function percentEncoded(char: string): string {
  return `%${char.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

function isDrawable(value: object): value is Drawable {
  return "ast" in value;
}

function freeze(panel: Panel): Panel {
  return Object.freeze(panel);
}

const text = z.string().min(1);

export const panelSchema = z
  .strictObject({
    kind: z.literal("Panel", { error: "expected what panel() returns" }),
    title: text,
    queries: z.array(z.union([vectorSchema, dashboardQuerySchema])),
    names: z.array(text.optional()),
    spec: z.strictObject({
      ...panelLook,
      as: z.enum(DRAWN).optional(),
      description: text.optional(),
      legend: text.optional(),
      links: z.array(linkSchema).optional(),
    }),
    content: text.optional(),
    alerts: z
      .strictObject({ team: definitionOf("Team").optional(), service: definitionOf("Service").optional() })
      .optional(),
  })
  .refine(({ queries, content, alerts }) => queries.length > 0 || content !== undefined || alerts !== undefined, {
    error: "a panel needs at least one expression to draw",
    path: ["queries"],
  });
