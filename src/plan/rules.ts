/** Rules: the model's definitions as groups that Prometheus evaluates in order. */
import type { AnyAlert } from "../model/alert.ts";
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import type { RuleGroup, RuleGroupSpec } from "../model/rule-group.ts";
import type { AnyService } from "../model/service.ts";
import { toTemplate } from "../model/text.ts";
import type { Workspace } from "../model/workspace.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import { print } from "../promql/print/print.ts";
import type { LabelFlow } from "../promql/type/label-flow.ts";
import { memoized, remembered } from "../util/memo.ts";
import { catalogOf, flowIn, sureLabels } from "./catalog.ts";
import { ANNOTATION, LABEL, ruleFile, runbookUrl } from "./conventions.ts";
import type { Overrides } from "./overrides.ts";
import type { PlannedAlert, PlannedGroup, PlannedRecording, PlannedRule, RuleFile } from "./plan.ts";

type AnyRule = AnyRecordingRule | AnyAlert;

/** Lowers all rules: a file for each service, in it the service's own group, and those its rules ask for. */
export function planRules(workspace: Workspace, overrides: Overrides): readonly RuleFile[] {
  const { definitions } = workspace;
  const rules = new Map<AnyService, AnyRule[]>(definitions.Service.map((service) => [service, []]));
  for (const rule of definitions.RecordingRule) rules.get(rule.spec.service)?.push(rule);
  for (const rule of definitions.AlertingRule) {
    if (overrides.enabled(rule)) rules.get(rule.spec.service)?.push(rule);
  }
  const planned = fileOf(overrides);
  const flowOf = flowIn(catalogOf(workspace));
  return [...rules]
    .filter(([, ofService]) => ofService.length > 0)
    .map(([service, ofService]) => planned(service, ofService, flowOf));
}

type FlowOf = (expr: Expr) => LabelFlow;

/** A service's file is planned anew only when one of its rules, or what is known of its results, is another. */
const fileOf = memoized((overrides: Overrides) => {
  const files = remembered<AnyService, RuleFile>();
  return (service: AnyService, rules: readonly AnyRule[], flowOf: FlowOf): RuleFile => {
    const parts: unknown[] = [...rules];
    for (const rule of rules) if (rule.kind === "AlertingRule") parts.push(flowOf(overrides.expr(rule.spec.when.ast)));
    return files(service, parts, () => planFile(service, rules, overrides, flowOf));
  };
});

function planFile(service: AnyService, rules: readonly AnyRule[], overrides: Overrides, flowOf: FlowOf): RuleFile {
  const groups = new Map<RuleGroup | undefined, AnyRule[]>();
  for (const rule of rules) groups.set(rule.spec.group, [...(groups.get(rule.spec.group) ?? []), rule]);
  return {
    path: ruleFile(service.name),
    groups: [...groups]
      .sort(([a], [b]) => compare(a?.name ?? "", b?.name ?? ""))
      .map(([group, ofGroup]) => planGroup(service, group, ofGroup, overrides, flowOf)),
  };
}

function planGroup(
  service: AnyService,
  group: RuleGroup | undefined,
  rules: readonly AnyRule[],
  overrides: Overrides,
  flowOf: FlowOf,
): PlannedGroup {
  const recordings = rules.filter((rule) => rule.kind === "RecordingRule");
  const alerts = rules.filter((rule) => rule.kind === "AlertingRule");
  const spec: RuleGroupSpec = group === undefined ? (overrides.spec(service).rules ?? {}) : overrides.spec(group);
  return {
    name: group === undefined ? service.name : `${service.name}/${group.name}`,
    interval: spec.interval,
    queryOffset: spec.queryOffset,
    limit: spec.limit,
    labels: spec.labels ?? {},
    rules: [
      ...inOrder(recordings.map((rule) => planRecording(rule, overrides))),
      ...alerts.map((rule) => planAlert(rule, overrides, spec.labels ?? {}, flowOf)),
    ],
  };
}

function planRecording(rule: AnyRecordingRule, overrides: Overrides): PlannedRecording {
  const { expr, labels } = rule.spec;
  const resolved = overrides.expr(expr.ast);
  return {
    kind: "recording",
    name: rule.name,
    expr: resolved,
    text: print(resolved),
    labels: labels ?? {},
    definition: rule,
  };
}

function planAlert(
  rule: AnyAlert,
  overrides: Overrides,
  groupLabels: Readonly<Record<string, string>>,
  flowOf: FlowOf,
): PlannedAlert {
  const spec = overrides.spec(rule);
  const { service } = spec;
  const expr = overrides.expr(spec.when.ast);
  const labels = {
    ...spec.labels,
    [LABEL.severity]: spec.severity,
    [LABEL.team]: service.spec.owner.name,
    [LABEL.service]: service.name,
  };
  const page = runbookUrl(rule, overrides.spec(service).runbooks);
  const annotations: Record<string, string> = { [ANNOTATION.summary]: toTemplate(spec.summary).template };
  if (spec.description !== undefined) annotations[ANNOTATION.description] = toTemplate(spec.description).template;
  if (page !== undefined) annotations[ANNOTATION.runbook] = page;
  for (const [name, text] of Object.entries(spec.annotations ?? {})) annotations[name] = toTemplate(text).template;
  return {
    kind: "alerting",
    name: rule.name,
    expr,
    text: print(expr),
    for: spec.for,
    keepFiringFor: spec.keepFiringFor,
    labels,
    annotations,
    carried: [...new Set([...sureLabels(flowOf(expr)), ...Object.keys(labels), ...Object.keys(groupLabels)])].sort(
      compare,
    ),
    definition: rule,
  };
}

/** Rules of a group run one after the other: a rule that reads another's result comes after it. */
function inOrder(recordings: readonly PlannedRecording[]): readonly PlannedRule[] {
  const byName = new Map<string, PlannedRecording[]>();
  for (const rule of recordings) byName.set(rule.name, [...(byName.get(rule.name) ?? []), rule]);
  const ordered = new Set<PlannedRecording>();
  const visiting = new Set<PlannedRecording>();
  const visit = (rule: PlannedRecording): void => {
    // A circle has no order; the checks report it.
    if (ordered.has(rule) || visiting.has(rule)) return;
    visiting.add(rule);
    walkExpr(rule.expr, (node) => {
      if (node.kind === "VectorSelector" && node.name !== undefined) byName.get(node.name)?.forEach(visit);
    });
    ordered.add(rule);
  };
  recordings.forEach(visit);
  return [...ordered];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
