/** Alerting rules. https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
import { z } from "zod";
import type { DurationText } from "../quantity/duration.ts";
import { captureOrigin } from "../source/origin.ts";
import type { AnyVector, Condition } from "../vector/instant-vector.ts";
import type { Definition } from "./definition.ts";
import type { Receivers } from "./receiver/receiver.ts";
import { vectorSchema } from "./recording-rule.ts";
import { receiversSchema } from "./route.ts";
import type { RuleGroup } from "./rule-group.ts";
import { alertName, definitionOf, duration, labelName, positiveDuration, staticLabels } from "./schema.ts";
import type { AnyService, Service } from "./service.ts";
import { type CheckedTemplate, type Text, textSchema } from "./text.ts";

/** What the page about an alert says beyond what the rule itself tells. */
export interface RunbookSpec {
  /** What it means for the business when this fires. */
  readonly meaning?: string;
  /** What to do first, in order. */
  readonly firstSteps?: readonly string[];
}

/** The part of an alert that does not depend on its labels. */
export interface AlertSpecBase {
  /** How long the condition must hold before anyone is told. Default: not at all. */
  readonly for?: DurationText;
  /** How long it goes on firing after the condition ends. */
  readonly keepFiringFor?: DurationText;
  /** While this fires, these stay quiet for the labels they share with it. */
  readonly inhibits?: readonly AnyAlert[];
  /** Labels added to the alert, besides `severity`, `team` and `service`. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly runbook?: RunbookSpec;
  /** The group it is evaluated in. Default: the service's own. */
  readonly group?: RuleGroup;
}

/** What makes an alert a dead man's switch. */
export interface HeartbeatSpec {
  readonly receiver: Receivers;
  readonly every: DurationText;
}

/** What an alert is made of; its labels `L` and severities `S` come from its expression and its service's owner. */
export interface AlertSpec<L extends string, S extends string, T extends string> extends AlertSpecBase {
  readonly service: Service<S>;
  readonly when: Condition<L>;
  readonly severity: NoInfer<S>;
  /** One line that says what is wrong: what a person reads first. */
  readonly summary: Text<NoInfer<L>> | CheckedTemplate<T, NoInfer<L>>;
  /** More, for whoever looks closer. */
  readonly description?: Text<NoInfer<L>> | string;
  /** Other annotations. */
  readonly annotations?: Readonly<Record<string, Text<NoInfer<L>> | string>>;
}

/** An alert's spec where labels and severities do not matter. */
export interface AnyAlertSpec extends AlertSpecBase {
  readonly service: AnyService;
  readonly when: AnyVector;
  readonly severity: string;
  readonly summary: Text<never> | string;
  readonly description?: Text<never> | string;
  readonly annotations?: Readonly<Record<string, Text<never> | string>>;
  /** Where it is a dead man's switch: who listens for it, and how often at least. */
  readonly heartbeat?: HeartbeatSpec;
}

/** An alerting rule where the labels do not matter. */
export interface AnyAlert extends Definition<"AlertingRule", AnyAlertSpec> {}

/** An alerting rule whose alerts carry the labels `L`. */
export interface AlertingRule<in out L extends string> extends AnyAlert {
  readonly "~labels"?: (label: L) => L;
}

/**
 * Defines an alert.
 *
 * ```ts
 * const inventoryLow = alert("InventoryLow", {
 *   service: catalog,
 *   when: inventory.sum(by("sku")).below(10),
 *   for: "10m",
 *   severity: "ticket",
 *   summary: ({ sku }, left) => `Only ${left} of ${sku} left`,
 * });
 * ```
 */
export function alert<L extends string, S extends string, const T extends string>(
  name: string,
  spec: AlertSpec<L, S, T>,
): AlertingRule<L> {
  return Object.freeze({
    kind: "AlertingRule",
    name,
    spec: Object.freeze(spec) as unknown as AnyAlertSpec,
    origin: captureOrigin(alert),
  });
}

/** Names that a build gives a value of its own, and the property to say it with. */
function reserved(names: Readonly<Record<string, string>>, what: string) {
  return (given: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
    for (const name of Object.keys(given)) {
      if (Object.hasOwn(names, name))
        context.addIssue({ code: "custom", path: [name], message: `the ${what} ${name} is ${names[name]}` });
    }
  };
}

const alertLabels = staticLabels.superRefine(
  reserved(
    {
      alertname: "the alert's name, which Prometheus sets itself",
      severity: "set by the property severity",
      team: "the owner of the service, which routes go by",
      service: "the name of the service, which routes go by",
    },
    "label",
  ),
);

const otherAnnotations = z
  .record(labelName, textSchema)
  .superRefine(
    reserved({ summary: "set by the property summary", description: "set by the property description" }, "annotation"),
  );

export const alertSchema = z.object({
  name: alertName,
  spec: z.strictObject({
    service: definitionOf("Service"),
    when: vectorSchema,
    for: duration.optional(),
    keepFiringFor: duration.optional(),
    severity: z.string().min(1),
    inhibits: z.array(definitionOf("AlertingRule")).optional(),
    labels: alertLabels.optional(),
    summary: textSchema,
    description: textSchema.optional(),
    annotations: otherAnnotations.optional(),
    runbook: z
      .strictObject({
        meaning: z.string().min(1).optional(),
        firstSteps: z.array(z.string().min(1)).optional(),
      })
      .optional(),
    group: definitionOf("RuleGroup").optional(),
    heartbeat: z.strictObject({ receiver: receiversSchema, every: positiveDuration }).optional(),
  }),
});
