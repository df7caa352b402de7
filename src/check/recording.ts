/** Recording rules whose results would be written over by others. */
import type { AnyRecordingRule } from "../model/recording-rule.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, flowIn, sureLabels } from "../plan/catalog.ts";
import { declaredSeries } from "../plan/lower.ts";
import type { Plan } from "../plan/plan.ts";
import type { Expr } from "../promql/ast.ts";
import { labelFact } from "../promql/type/flow/facts.ts";
import type { LabelFlow } from "../promql/type/label-flow.ts";
import type { SourcedDiagnostic } from "../source/place.ts";

/** A recording rule as a group evaluates it. */
interface Recorded {
  readonly definition: AnyRecordingRule;
  readonly expr: Expr;
  /** All labels that are added to its results, the group's included. */
  readonly labels: Readonly<Record<string, string>>;
}

/** Looks at the names under which results are recorded; what several environments share is said once. */
export function checkRecordings(workspace: Workspace, plans: readonly Plan[]): readonly SourcedDiagnostic[] {
  const flowOf = flowIn(catalogOf(workspace));
  const found = [...plans.flatMap((plan) => sameSeries(plan, flowOf)), ...scraped(workspace)];
  return [...new Map(found.map((one) => [one.at?.origin, one])).values()];
}

/** Two rules may share a name as long as a label tells their results apart. */
function sameSeries(plan: Plan, flowOf: (expr: Expr) => LabelFlow): readonly SourcedDiagnostic[] {
  const byName = new Map<string, Recorded[]>();
  for (const { groups } of plan.prometheus.ruleFiles) {
    for (const { rules, labels } of groups) {
      for (const rule of rules) {
        if (rule.kind !== "recording") continue;
        const { definition, expr } = rule;
        const recorded = { definition, expr, labels: { ...labels, ...rule.labels } };
        byName.set(rule.name, [...(byName.get(rule.name) ?? []), recorded]);
      }
    }
  }
  return [...byName.values()].flatMap((ofName) =>
    ofName.flatMap((rule, i): readonly SourcedDiagnostic[] => {
      const other = ofName.slice(0, i).find((before) => !areApart(before, rule, flowOf));
      return other === undefined ? [] : [writtenOver(rule, other)];
    }),
  );
}

function writtenOver({ definition }: Recorded, other: Recorded): SourcedDiagnostic {
  return {
    code: "record/same-series",
    severity: "warning",
    message: `two recording rules are named ${JSON.stringify(definition.name)}, and no label is sure to tell their results apart: where both give a series, one is lost`,
    help: "rename one of them, give each a label of its own, or record both as one expression, joined by or()",
    at: { origin: definition.origin, path: [0] },
    related: [{ message: "the other one", at: { origin: other.definition.origin, path: [0] } }],
  };
}

/** Whether a label has, in all results of both, values that the other's results cannot have. */
function areApart(a: Recorded, b: Recorded, flowOf: (expr: Expr) => LabelFlow): boolean {
  const [ofA, ofB] = [flowOf(a.expr), flowOf(b.expr)];
  const names = new Set([...Object.keys(a.labels), ...Object.keys(b.labels), ...sureLabels(ofA), ...sureLabels(ofB)]);
  return [...names].some((name) => {
    const [left, right] = [valuesOf(name, a, ofA), valuesOf(name, b, ofB)];
    return left !== undefined && right !== undefined && !left.some((value) => right.includes(value));
  });
}

/** The only values that a label has in a rule's results, the empty one where it is absent. */
function valuesOf(name: string, { labels }: Recorded, flow: LabelFlow): readonly string[] | undefined {
  if (labels[name] !== undefined) return [labels[name]];
  const { status, values } = labelFact(flow.labels, name);
  return status === "cannot" ? [""] : status === "has" ? values : undefined;
}

/** A recorded name that a service exposes already would mix both. */
function scraped({ definitions }: Workspace): readonly SourcedDiagnostic[] {
  const rules = new Map(definitions.RecordingRule.map((rule) => [rule.name, rule]));
  if (rules.size === 0) return [];
  return definitions.Service.flatMap((service) =>
    declaredSeries(service).flatMap((name): readonly SourcedDiagnostic[] => {
      const rule = rules.get(name);
      if (rule === undefined) return [];
      return [
        {
          code: "record/scraped-name",
          severity: "error",
          message: `recording rule ${JSON.stringify(name)} has the name of a metric that ${called(service)} declares: its results and what is scraped would be mixed`,
          help: "rename the rule, as in level:metric:operations, or declare the metric no more",
          at: { origin: rule.origin, path: [0] },
        },
      ];
    }),
  );
}
