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
import { memoized } from "../util/memo.ts";

/** All alerts of a plan. `placeOf` makes the place that problems of an alert are reported at. */
export function emittedAlerts(
  workspace: Workspace,
  { prometheus }: Plan,
  placeOf: (alert: PlannedAlert) => Place,
): readonly EmittedAlert[] {
  const { externalLabels } = prometheus.global;
  const inWorkspace = knownIn(workspace);
  return prometheus.ruleFiles.flatMap(({ groups }) =>
    groups.flatMap((group) =>
      group.rules.flatMap((rule): readonly EmittedAlert[] => {
        if (rule.kind !== "alerting") return [];
        const { name, labels, varying, open } = inWorkspace(group)(rule);
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

/** What is known of an alert, worked out once for the same workspace. */
const knownIn = memoized((workspace: Workspace) =>
  memoized((group: PlannedGroup) =>
    memoized((alert: PlannedAlert): EmittedAlert => {
      const labels: Record<string, string> = { ...group.labels, ...alert.labels, alertname: alert.name };
      const varying: Record<string, readonly string[] | number | undefined> = {};
      const flow = flowIn(catalogOf(workspace))(alert.expr).labels;
      for (const [name, { status, values }] of flow.named) {
        if (name === METRIC_NAME || status === "cannot" || Object.hasOwn(labels, name)) continue;
        const [only, ...others] = values ?? [];
        if (status === "has" && only !== undefined && others.length === 0) labels[name] = only;
        else if (values === undefined) varying[name] = cardinalities(workspace)(alert.expr)(name);
        else varying[name] = status === "may" ? [...values, ""] : values;
      }
      return { name: alert.name, labels, varying, open: flow.others.status !== "cannot" };
    }),
  ),
);

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
