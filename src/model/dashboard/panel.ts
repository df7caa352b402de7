/** Panels: one vector or several over one another, a text, or the alerts that fire. */
import { z } from "zod";
import type { Quantity } from "../../quantity/quantity.ts";
import type { AnyVector } from "../../vector/instant-vector.ts";
import type { Definition } from "../definition.ts";
import { vectorSchema } from "../recording-rule.ts";
import { definitionOf, quantity } from "../schema.ts";
import type { AnyService } from "../service.ts";
import type { AnyTeam } from "../team.ts";
import { type Link, linkSchema } from "./link.ts";

export const DRAWN = ["timeseries", "stat", "gauge", "bar gauge", "table", "heatmap", "state timeline"] as const;

/** How vectors are drawn. */
export type Drawn = (typeof DRAWN)[number];

export const PANEL_COLORS = ["green", "yellow", "orange", "red", "blue"] as const;

/** A colour of Grafana's palette. */
export type PanelColor = (typeof PANEL_COLORS)[number];

/** From which value on a panel has a colour. */
export interface PanelThreshold {
  /** Absent for everything below the first. */
  readonly from?: Quantity;
  readonly color: PanelColor;
}

/** How a panel looks, beyond its title and what it draws. */
export interface PanelSpec {
  /** How it is drawn. Default: lines over time. */
  readonly as?: Drawn;
  /** A unit as Grafana names it, `"s"`, `"bytes"`, `"percentunit"`. Default: what the metric's own unit makes of it. */
  readonly unit?: string;
  readonly description?: string;
  /** What a series is called: a text with `{{label}}` in it. Default: the labels that tell the series apart. */
  readonly legend?: string;
  /** The least and the greatest value that its axis shows. */
  readonly min?: number;
  readonly max?: number;
  readonly decimals?: number;
  /** Whether series are drawn on top of one another. */
  readonly stack?: boolean;
  /** Default: those of the alerts on the same expression. `[]` draws none. */
  readonly thresholds?: readonly PanelThreshold[];
  /** Words for values: `{ "0": "down", "1": "up" }`. */
  readonly words?: Readonly<Record<string, string>>;
  readonly links?: readonly Link[];
}

/** Whose alerts a panel lists; without either, all. */
export interface FiringAlerts {
  readonly team?: Definition<"Team"> | AnyTeam;
  readonly service?: AnyService;
}

/** A panel, as `panel()`, `textPanel()`, `logsLink()` and `firingAlerts()` return it. */
export interface Panel {
  readonly kind: "Panel";
  readonly title: string;
  readonly queries: readonly AnyVector[];
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
  query: AnyVector | readonly AnyVector[] | Readonly<Record<string, AnyVector>>,
  spec: PanelSpec = {},
): Panel {
  const named = isVector(query)
    ? [[undefined, query] as const]
    : Array.isArray(query)
      ? (query as readonly AnyVector[]).map((vector) => [undefined, vector] as const)
      : Object.entries(query as Readonly<Record<string, AnyVector>>);
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
export function textPanel(title: string, markdown: string, spec: Pick<PanelSpec, "description" | "links"> = {}): Panel {
  return freeze({ kind: "Panel", title, queries: [], names: [], spec: Object.freeze(spec), content: markdown });
}

/**
 * A panel that leads to where the logs are.
 *
 * ```ts
 * logsLink("Logs of checkout", "https://logs.shop.example/?app=checkout&from=${__from}&to=${__to}");
 * ```
 */
export function logsLink(title: string, url: string, spec: Pick<PanelSpec, "description"> = {}): Panel {
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
export function firingAlerts(
  title = "Firing alerts",
  alerts: FiringAlerts = {},
  spec: Pick<PanelSpec, "description" | "links"> = {},
): Panel {
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

function isVector(value: object): value is AnyVector {
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
    queries: z.array(vectorSchema),
    names: z.array(text.optional()),
    spec: z.strictObject({
      as: z.enum(DRAWN).optional(),
      unit: text.optional(),
      description: text.optional(),
      legend: text.optional(),
      min: z.number().optional(),
      max: z.number().optional(),
      decimals: z.int().min(0).max(20).optional(),
      stack: z.boolean().optional(),
      thresholds: z.array(z.strictObject({ from: quantity.optional(), color: z.enum(PANEL_COLORS) })).optional(),
      words: z.record(z.string(), text).optional(),
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
