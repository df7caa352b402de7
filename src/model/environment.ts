/** Environments: where the same monitors run, and what differs there. */
import { z } from "zod";
import type { DurationText } from "../quantity/duration.ts";
import type { Quantity } from "../quantity/quantity.ts";
import { captureOrigin, type Origin } from "../source/origin.ts";
import type { AnyAlert } from "./alert.ts";
import { type AlertmanagerSpec, alertmanagerSchema } from "./alertmanager.ts";
import { type Definition, isDefinition } from "./definition.ts";
import type { NotificationSpec } from "./notification.ts";
import { type PrometheusSpec, prometheusSchema } from "./prometheus/prometheus.ts";
import type { Receiver } from "./receiver/receiver.ts";
import type { RuleGroup, RuleGroupSpec } from "./rule-group.ts";
import { quantity, safeName, webUrl } from "./schema.ts";
import type { ScrapeSpec } from "./scrape/scrape.ts";
import type { AnyService } from "./service.ts";
import type { AnyTeam, TeamOptions } from "./team.ts";
import type { Threshold } from "./threshold.ts";

export type { AlertmanagerSpec, NotificationSpec, PrometheusSpec };

/** What an environment says of its Grafana. */
export interface GrafanaSpec {
  /** The address people reach this Grafana at, for links. */
  readonly url?: string;
  /** Where Grafana reaches Prometheus. */
  readonly prometheusUrl?: string;
  /** Where the server keeps the dashboards' files. Default: `/etc/grafana/dashboards`. */
  readonly path?: string;
  /** Whether every service, every team and the fleet get a dashboard without asking. Default: yes. */
  readonly generated?: boolean;
  /**
   * In which schema dashboards are written. Default: `"v1"`, the classic one, which every Grafana reads, from a
   * provisioned folder too. `"v2"` is `dashboard.grafana.app/v2beta1`, which Grafana reads since 12.2, behind a feature
   * toggle before 13. It is for the API and for Git Sync: from a provisioned folder Grafana 13.0 still refuses it
   * (https://github.com/grafana/grafana/issues/127928).
   */
  readonly schema?: "v1" | "v2";
}

/** What an environment says: its servers, and what differs there. */
export interface EnvironmentSpec {
  readonly prometheus?: PrometheusSpec;
  readonly alertmanager?: AlertmanagerSpec;
  readonly grafana?: GrafanaSpec;
  /** What differs here from what the definitions say. */
  readonly overrides?: readonly Override[];
}

/** An environment, as `environment()` returns it. */
export interface Environment extends Definition<"Environment", EnvironmentSpec> {}

/** Properties that may be given another value, or taken away by `undefined`. */
type Unset<S> = { readonly [K in keyof S]?: S[K] | undefined };

/** What an environment may change of a definition. */
export type Patch<D> = D extends Threshold
  ? Quantity
  : D extends AnyTeam
    ? Pick<TeamOptions, "notifications" | "severities">
    : D extends AnyService
      ? { readonly scrape?: Unset<ScrapeSpec>; readonly rules?: Unset<RuleGroupSpec>; readonly runbooks?: string }
      : D extends AnyAlert
        ? {
            readonly for?: DurationText;
            readonly keepFiringFor?: DurationText;
            readonly severity?: string;
            readonly enabled?: boolean;
          }
        : D extends RuleGroup
          ? RuleGroupSpec
          : D extends Receiver<infer S>
            ? Unset<S> & { readonly enabled?: boolean }
            : never;

/** A change to one definition. */
export interface Override {
  readonly kind: "Override";
  readonly target: Definition;
  readonly patch: unknown;
  readonly origin: Origin;
}

/**
 * Changes a service, alert, receiver, rule group or threshold in one environment.
 *
 * ```ts
 * override(catalog, { scrape: { targets: ["localhost:8080"] } });
 * override(lowStock, 2);
 * ```
 */
export function override<D extends Definition>(target: D, patch: NoInfer<Patch<D>>): Override {
  return Object.freeze({ kind: "Override", target, patch, origin: captureOrigin(override) });
}

/**
 * Defines a place where the monitors run. With several, each has its own folder in `out/`.
 *
 * ```ts
 * const staging = environment("staging", {
 *   prometheus: { evaluationInterval: "1m", alertmanagers: ["alertmanager.staging:9093"] },
 *   overrides: [override(lowStock, 2)],
 * });
 * ```
 */
export function environment(name: string, spec: EnvironmentSpec): Environment {
  return Object.freeze({ kind: "Environment", name, spec: Object.freeze(spec), origin: captureOrigin(environment) });
}

const overrideSchema = z.object({
  kind: z.literal("Override", { error: "expected what override() returns" }),
  target: z.custom((value) => isDefinition(value), {
    error: "expected a definition: a service, alert, team, receiver, rule group or threshold",
  }),
  patch: z.union([quantity, z.record(z.string(), z.unknown())]),
});

export const environmentSchema = z.object({
  name: safeName,
  spec: z.strictObject({
    prometheus: prometheusSchema.optional(),
    alertmanager: alertmanagerSchema.optional(),
    grafana: z
      .strictObject({
        url: webUrl.optional(),
        prometheusUrl: webUrl.optional(),
        generated: z.boolean().optional(),
        schema: z.enum(["v1", "v2"]).optional(),
        path: z.string().min(1).optional(),
      })
      .optional(),
    overrides: z.array(overrideSchema).optional(),
  }),
});
