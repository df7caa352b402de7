/** Services: things that are scraped, and that one team owns. */
import { z } from "zod";
import { captureOrigin } from "../source/origin.ts";
import type { Definition } from "./definition.ts";
import type { NoLabels } from "./labels.ts";
import { Gauge } from "./metric/gauge.ts";
import { type AnyMetric, defineMetric } from "./metric/metric.ts";
import { type NotificationSpec, notificationSchema } from "./notification.ts";
import type { Receivers } from "./receiver/receiver.ts";
import { receiversSchema } from "./route.ts";
import { type RuleGroupSpec, ruleGroupFields } from "./rule-group.ts";
import { definitionOf, labelName, safeName, webUrl } from "./schema.ts";
import { type ScrapeSpec, scrapeSchema } from "./scrape/scrape.ts";
import type { AnyTeam, Team } from "./team.ts";

export type Metrics = Readonly<Record<string, AnyMetric>>;

/** What a service is made of; its severities `S` are those of its owner. */
export interface ServiceSpec<S extends string, M extends Metrics> {
  readonly owner: Team<S>;
  /** Where the pages about its alerts are served from: the address that the name of an alert is appended to. */
  readonly runbooks?: `https://${string}` | `http://${string}`;
  readonly description?: string;
  readonly metrics?: M;
  /** How Prometheus finds and scrapes it. Without, nothing is scraped: the metrics come from elsewhere. */
  readonly scrape?: ScrapeSpec;
  /** Who hears of its alerts instead of its owner's receivers, by severity. */
  readonly receivers?: Readonly<Partial<Record<NoInfer<S>, Receivers>>>;
  /** How its alerts are told, where that differs from its owner's. */
  readonly notifications?: NotificationSpec;
  /** The rhythm of its rules, and labels added to all of them. */
  readonly rules?: RuleGroupSpec;
  /** Whether it gets a dashboard without asking. Default: yes. */
  readonly dashboard?: boolean;
}

export interface AnyServiceSpec extends Omit<ServiceSpec<string, Metrics>, "owner"> {
  readonly owner: AnyTeam;
}

/** A service whatever its severities and metrics. */
export interface AnyService extends Definition<"Service", AnyServiceSpec> {
  readonly up: Gauge<NoLabels>;
}

/** A thing that is scraped, and that one team owns. */
export interface Service<in out S extends string = string, out M = unknown> extends AnyService {
  readonly "~severities"?: (severity: S) => S;
  readonly metrics: M;
  /** 1 while the last scrape of a target succeeded, 0 otherwise. */
  readonly up: Gauge<NoLabels>;
}

/**
 * Defines a service.
 *
 * ```ts
 * const catalog = service("catalog", {
 *   owner: storefront,
 *   runbooks: "https://runbooks.shop.example/catalog",
 *   metrics: { inventory: gauge("catalog_inventory_items", { help: "Items in stock." }) },
 *   scrape: { targets: ["catalog:8080"] },
 * });
 * ```
 */
export function service<S extends string, const M extends Metrics = Record<never, AnyMetric>>(
  name: string,
  spec: ServiceSpec<S, M>,
): Service<S, M> {
  return Object.freeze({
    kind: "Service",
    name,
    spec: Object.freeze(spec) as unknown as AnyServiceSpec,
    // Forgetting the spec is for the schema to report.
    metrics: Object.freeze(spec?.metrics ?? ({} as M)),
    up: new Gauge(UP).where({ job: name }),
    origin: captureOrigin(service),
  });
}

const UP = defineMetric("gauge", "up", { help: "Whether the last scrape of the target succeeded." }, service);

const metricSchema = z.custom((value) => typeof value === "object" && value !== null && "definition" in value, {
  error: "expected a metric: what counter(), gauge(), histogram() and the like return",
});

export const serviceSchema = z.object({
  name: safeName,
  spec: z.strictObject({
    owner: definitionOf("Team"),
    runbooks: webUrl.optional(),
    description: z.string().min(1).optional(),
    metrics: z.record(labelName, metricSchema).optional(),
    scrape: scrapeSchema.optional(),
    receivers: z.record(z.string().min(1), receiversSchema).optional(),
    notifications: notificationSchema.optional(),
    rules: ruleGroupFields.optional(),
    dashboard: z.boolean().optional(),
  }),
});
