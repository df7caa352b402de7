/** The alerts of a plan as routes see them: what is known of their labels before any rule runs. */
import type { EmittedAlert } from "../alertmanager/lint/graph.ts";
import type { Place } from "../diagnostic/diagnostic.ts";
import { METRIC_NAME } from "../label/label-set.ts";
import type { LabelDomain } from "../model/labels.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, flowIn } from "../plan/catalog.ts";
import type { Plan, PlannedAlert, PlannedGroup } from "../plan/plan.ts";
import type { Expr } from "../promql/ast.ts";
import { walkExpr } from "../promql/map.ts";
import type { LabelFlow } from "../promql/type/label-flow.ts";
import { memoized } from "../util/memo.ts";

/** All alerts of a plan. `placeOf` makes the place that problems of an alert are reported at. */
export function emittedAlerts(
  workspace: Workspace,
  { prometheus }: Plan,
  placeOf: (alert: PlannedAlert) => Place,
): readonly EmittedAlert[] {
  const { externalLabels } = prometheus.global;
  const flowOf = flowIn(catalogOf(workspace));
  const countsOf = cardinalities(workspace);
  return prometheus.ruleFiles.flatMap(({ groups }) =>
    groups.flatMap((group) =>
      group.rules.flatMap((rule): readonly EmittedAlert[] => {
        if (rule.kind !== "alerting") return [];
        const { name, labels, varying, open } = knownOf(rule, group, flowOf, countsOf);
        return [
          {
            name,
            labels: { ...externalLabels, ...labels },
            varying,
            open,
            // Only those that something is wrong with are asked where they stand.
            get place() {
              return placeOf(rule);
            },
          },
        ];
      }),
    ),
  );
}

/** What is known of an alert. A plan keeps the very same alert for as long as nothing that decides this has changed. */
const known = new WeakMap<PlannedAlert, EmittedAlert>();

function knownOf(
  alert: PlannedAlert,
  group: PlannedGroup,
  flowOf: (expr: Expr) => LabelFlow,
  countsOf: (expr: Expr) => Cardinality,
): EmittedAlert {
  const before = known.get(alert);
  if (before !== undefined) return before;
  const labels: Record<string, string> = { ...group.labels, ...alert.labels, alertname: alert.name };
  const varying: Record<string, readonly string[] | number | undefined> = {};
  const facts = flowOf(alert.expr).labels;
  for (const [name, { status, values }] of facts.named) {
    if (name === METRIC_NAME || status === "cannot" || labels[name] !== undefined) continue;
    if (values === undefined) varying[name] = countsOf(alert.expr)(name);
    else if (status === "has" && values.length === 1) labels[name] = values[0] as string;
    else varying[name] = status === "may" ? [...values, ""] : values;
  }
  const emitted = { name: alert.name, labels, varying, open: facts.others.status !== "cannot" };
  known.set(alert, emitted);
  return emitted;
}

type Cardinality = (label: string) => number | undefined;

/** How many values the labels of an expression's results can have, where the metrics that it reads declare it. */
const cardinalities = memoized((workspace: Workspace) => {
  const bySeries = seriesOf(workspace);
  const ofExpr: (expr: Expr) => Cardinality = memoized((expr: Expr) => {
    const parts: Cardinality[] = [];
    walkExpr(expr, (node) => {
      if (node.kind === "VectorSelector" && node.name !== undefined) parts.push(...(bySeries.get(node.name) ?? []));
    });
    return (label) => {
      const counts = parts.map((part) => part(label)).filter((count) => count !== undefined);
      return counts.length === 0 ? undefined : Math.max(...counts);
    };
  });
  for (const { name, spec } of workspace.definitions.RecordingRule) {
    let entered = false;
    bySeries.set(name, [
      ...(bySeries.get(name) ?? []),
      (label) => {
        // A rule that reads what it records says nothing about it.
        if (entered) return undefined;
        entered = true;
        const count = ofExpr(spec.expr.ast)(label);
        entered = false;
        return count;
      },
    ]);
  }
  return ofExpr;
});

const SUFFIXES = ["", "_bucket", "_count", "_sum"];

function seriesOf({ definitions }: Workspace): Map<string, readonly Cardinality[]> {
  const bySeries = new Map<string, readonly Cardinality[]>();
  for (const { spec } of definitions.Service) {
    for (const { definition } of Object.values(spec.metrics ?? {})) {
      const labels: Readonly<Record<string, LabelDomain>> = definition.spec.labels ?? {};
      const count: Cardinality = (label) => labels[label]?.cardinality;
      for (const suffix of SUFFIXES)
        bySeries.set(definition.name + suffix, [...(bySeries.get(definition.name + suffix) ?? []), count]);
    }
  }
  return bySeries;
}
