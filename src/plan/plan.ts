/**
 * The plan: one environment with everything resolved, and nothing of any vendor's file format.
 *
 * Emitters print it, simulators run it, checks read it: what a test exercises is what ships.
 */
import type { Matcher } from "../label/matcher.ts";
import type { AnyAlert } from "../model/alert.ts";
import type { AlertmanagerSpec, GrafanaSpec, PrometheusSpec } from "../model/environment.ts";
import type { Receiver, ReceiverSpec } from "../model/receiver/receiver.ts";
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import type { ScrapeSpec } from "../model/scrape/scrape.ts";
import type { AnyService } from "../model/service.ts";
import type { TimeInterval } from "../model/time-interval.ts";
import type { Expr } from "../promql/ast.ts";
import type { SourcePoint } from "../source/place.ts";
import type { PlannedDashboard } from "./dashboard/planned.ts";

export interface Plan {
  /** The environment's name, or `undefined` where none was defined. */
  readonly environment: string | undefined;
  /** Its folder in `out/`: empty where there is only one environment. */
  readonly folder: string;
  readonly prometheus: PrometheusPlan;
  readonly alertmanager: AlertmanagerPlan;
  readonly grafana: GrafanaSpec;
  readonly dashboards: readonly PlannedDashboard[];
  readonly services: readonly AnyService[];
}

export interface PrometheusPlan {
  readonly global: PrometheusSpec & { readonly externalLabels: Readonly<Record<string, string>> };
  readonly scrapeJobs: readonly ScrapeJob[];
  readonly ruleFiles: readonly RuleFile[];
}

export interface ScrapeJob {
  readonly service: AnyService;
  readonly job: string;
  readonly spec: ScrapeSpec;
  /** The names of all series that the service's metrics declare. */
  readonly declared: readonly string[];
}

export interface RuleFile {
  /** Relative to the folder of rules. */
  readonly path: string;
  readonly groups: readonly PlannedGroup[];
}

export interface PlannedGroup {
  readonly name: string;
  readonly interval: string | undefined;
  readonly queryOffset: string | undefined;
  readonly limit: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly rules: readonly PlannedRule[];
}

export type PlannedRule = PlannedRecording | PlannedAlert;

export interface PlannedRecording {
  readonly kind: "recording";
  readonly name: string;
  readonly expr: Expr;
  /** The expression as it is printed. */
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly definition: AnyRecordingRule;
}

export interface PlannedAlert {
  readonly kind: "alerting";
  readonly name: string;
  readonly expr: Expr;
  readonly text: string;
  readonly for: string | undefined;
  readonly keepFiringFor: string | undefined;
  /** Literal values: what is printed is escaped, since Prometheus expands templates in labels too. */
  readonly labels: Readonly<Record<string, string>>;
  /** Go templates. */
  readonly annotations: Readonly<Record<string, string>>;
  /** The label names that its alerts surely carry, by its expression and its own labels. */
  readonly carried: readonly string[];
  readonly definition: AnyAlert;
}

export interface AlertmanagerPlan {
  /** What the environment says; receivers inherit from it. */
  readonly global: AlertmanagerSpec;
  readonly route: Route;
  readonly receivers: readonly PlannedReceiver[];
  readonly inhibitRules: readonly InhibitRule[];
  readonly timeIntervals: readonly TimeInterval[];
}

export interface Route {
  readonly receiver: string | undefined;
  readonly matchers: readonly Matcher[];
  readonly groupBy?: readonly string[] | undefined;
  readonly groupWait?: string | undefined;
  readonly groupInterval?: string | undefined;
  readonly repeatInterval?: string | undefined;
  readonly continue?: boolean;
  readonly activeTimeIntervals?: readonly string[];
  readonly muteTimeIntervals?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  /** Where its author wrote what it comes from. */
  readonly at?: SourcePoint;
  /** Whether somebody wrote it as a route, rather than that a team, a service or an alert led to it. */
  readonly written?: boolean;
}

export interface PlannedReceiver {
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly integrations: readonly PlannedIntegration[];
}

/** One receiver of the model with its environment's overrides, and the secrets that it names nowhere, filled in. */
export interface PlannedIntegration {
  readonly definition: Receiver;
  readonly spec: ReceiverSpec & Readonly<Record<string, unknown>>;
  /** What it takes from the environment where its own spec does not say, by the same names. */
  readonly inherited: Readonly<Record<string, unknown>>;
}

export interface InhibitRule {
  readonly source: readonly Matcher[];
  readonly target: readonly Matcher[];
  readonly equal: readonly string[];
  /** Where its author wrote what it comes from. */
  readonly at?: SourcePoint;
}

/** All rules of a plan, in order. */
export function rulesOf({ prometheus }: Plan): readonly PlannedRule[] {
  return prometheus.ruleFiles.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules));
}

/** The alerts of a plan, in order. */
export function alertsOf(plan: Plan): readonly PlannedAlert[] {
  return rulesOf(plan).filter((rule) => rule.kind === "alerting");
}
