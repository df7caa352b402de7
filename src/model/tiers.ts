/** Severity tiers: one alert that states the same at several severities, of which only the gravest is heard. */

import type { DurationText } from "../quantity/duration.ts";
import { captureOrigin } from "../source/origin.ts";
import type { Condition } from "../vector/instant-vector.ts";
import type { AlertingRule, AlertSpec, AnyAlertSpec } from "./alert.ts";

/** What an alert at several severities is made of. */
export interface TiersSpec<L extends string, S extends string, T extends string, K extends S>
  extends Omit<AlertSpec<L, S, T>, "when" | "severity" | "for"> {
  /** The condition of each severity, from the mildest to the gravest. */
  readonly when: Readonly<Record<K, Condition<L>>>;
  /** How long the condition must hold, for all or each. Default: not at all. */
  readonly for?: DurationText | Readonly<Partial<Record<K, DurationText>>>;
}

/**
 * Defines one alert at several severities: a rule for each, of which a graver one keeps the milder ones quiet for the
 * labels they share. What it returns holds each tier by its severity, an alert like any other.
 *
 * ```ts
 * const inventoryLow = tiers("InventoryLow", {
 *   service: catalog,
 *   when: { ticket: stock.below(10), page: stock.below(3) },
 *   for: { ticket: "10m" },
 *   summary: ({ sku }, left) => `Only ${left} of ${sku} left`,
 * });
 * ```
 */
export function tiers<L extends string, S extends string, const T extends string, const K extends S>(
  name: string,
  { when, for: hold, inhibits = [], ...spec }: TiersSpec<L, S, T, K>,
): { readonly [Severity in K]: AlertingRule<L> } {
  const origin = captureOrigin(tiers);
  const milder: AlertingRule<L>[] = [];
  const made = Object.entries<Condition<L>>(when).map(([severity, condition]): [string, AlertingRule<L>] => {
    const lasting = typeof hold === "object" ? hold[severity as K] : hold;
    const tier: AlertingRule<L> = Object.freeze({
      kind: "AlertingRule",
      name,
      spec: Object.freeze({
        ...spec,
        when: condition,
        severity,
        ...(lasting === undefined ? {} : { for: lasting }),
        inhibits: [...inhibits, ...milder],
      }) as unknown as AnyAlertSpec,
      origin,
    });
    milder.push(tier);
    return [severity, tier];
  });
  return Object.freeze(Object.fromEntries(made)) as { readonly [Severity in K]: AlertingRule<L> };
}
