/**
 * `tocsin route test FILE`: cases of alerts, and what is to become of them.
 *
 *     config: alertmanager.yml
 *     cases:
 *       - name: pages the storefront at night
 *         labels: { severity: page, team: storefront }
 *         at: 2026-03-01T23:00:00Z
 *         receivers: [storefront-page]
 *         group: { alertname: SoldOut }
 *         muted_by: []
 *         inhibited_by: { alertname: WarehouseDown, severity: page }
 *
 * Only what a case names is compared. `not_receivers` and `not_inhibited_by` say what must not be.
 */
import type { AlertmanagerConfig } from "../alertmanager/config/config.ts";
import { inhibitingRule } from "../alertmanager/inhibit/inhibits.ts";
import { compileInhibitRules } from "../alertmanager/inhibit/rule.ts";
import type { Diagnostic } from "../diagnostic/diagnostic.ts";
import { labelKey } from "../label/label-set.ts";
import { readYaml } from "../yaml/read.ts";
import { list, mapOf, optional, parsed, Reading, readShape, type Shaped, struct, text } from "../yaml/shape.ts";
import { explainRoute } from "./route.ts";

/** An instant, in milliseconds since 1970. */
export const instant = parsed("an instant such as 2026-03-01T23:00:00Z", 0, (written) => {
  const value = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[-+]\d\d:\d\d)?)?$/.test(written)
    ? Date.parse(written)
    : Number.NaN;
  return Number.isNaN(value)
    ? { mistake: `${JSON.stringify(written)} is no instant.`, help: "Write it as 2026-03-01T23:00:00Z." }
    : { value };
});

const routeCase = struct("case", {
  name: text,
  labels: mapOf(text),
  at: optional(instant),
  receivers: optional(list(text)),
  not_receivers: list(text),
  group: optional(mapOf(text)),
  muted_by: optional(list(text)),
  inhibited_by: optional(mapOf(text)),
  not_inhibited_by: optional(mapOf(text)),
});

type RouteCase = Shaped<typeof routeCase>;

const routeSuite = struct("suite", { config: text, cases: list(routeCase) });

/** A suite as it was read. */
export interface ReadSuite {
  /** The path of the configuration, relative to the suite; `""` where it names none. */
  readonly config: string;
  readonly cases: readonly RouteCase[];
  readonly reading: Reading;
  readonly diagnostics: readonly Diagnostic[];
}

export function readSuite(source: string, file: string): ReadSuite {
  const { root, diagnostics } = readYaml(source, file);
  const reading = new Reading(source, file);
  const { config, cases } = root === undefined ? routeSuite.zero : readShape(routeSuite, root, reading);
  return { config, cases, reading, diagnostics: [...diagnostics, ...reading.diagnostics] };
}

export interface SuiteOutcome {
  readonly passed: number;
  readonly failed: number;
  /** One for each expectation that is not met, at its place in the suite. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the cases of a suite. Cases without an instant are looked at `now`. */
export function runSuite(config: AlertmanagerConfig, { cases, reading }: ReadSuite, now: number): SuiteOutcome {
  const rules = compileInhibitRules(config.inhibit_rules);
  const diagnostics: Diagnostic[] = [];
  let failed = 0;
  for (const [index, one] of cases.entries()) {
    const before = diagnostics.length;
    const expect = (field: keyof RouteCase, ok: boolean, message: string) => {
      if (ok) return;
      const name = one.name === "" ? `Case ${index + 1}` : JSON.stringify(one.name);
      diagnostics.push({
        code: "route/test",
        severity: "error",
        message: `${name}: ${message}`,
        place: reading.placeOf(one, field),
      });
    };
    const { answers } = explainRoute(config, one.labels, one.at ?? now);
    const receivers = answers.map(({ receiver }) => receiver);
    if (one.receivers !== undefined)
      expect(
        "receivers",
        same(receivers, one.receivers),
        `goes to ${named(receivers)}, not to ${named(one.receivers)}.`,
      );
    for (const name of one.not_receivers)
      expect("not_receivers", !receivers.includes(name), `goes to ${name} after all.`);
    if (one.group !== undefined) {
      const wanted = labelKey(one.group);
      const found = answers.map(({ groupLabels }) => JSON.stringify(groupLabels));
      expect(
        "group",
        answers.every(({ groupLabels }) => labelKey(groupLabels) === wanted),
        `is grouped by ${named(found)}.`,
      );
    }
    if (one.muted_by !== undefined) {
      const found = [...new Set(answers.flatMap(({ mutedBy }) => mutedBy))].sort();
      expect("muted_by", same(found, [...one.muted_by].sort()), `is kept back by ${named(found)}.`);
    }
    if (one.inhibited_by !== undefined)
      expect(
        "inhibited_by",
        inhibitingRule(rules, one.inhibited_by, one.labels) !== undefined,
        "is not inhibited by it.",
      );
    if (one.not_inhibited_by !== undefined) {
      const rule = inhibitingRule(rules, one.not_inhibited_by, one.labels);
      expect("not_inhibited_by", rule === undefined, `is inhibited by it: inhibit rule ${(rule?.index ?? 0) + 1}.`);
    }
    if (diagnostics.length > before) failed++;
  }
  return { passed: cases.length - failed, failed, diagnostics };
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function named(names: readonly string[]): string {
  return names.length === 0 ? "nobody" : names.join(", ");
}
