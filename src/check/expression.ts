/** Expressions: what Prometheus would refuse, and what their author states of them. */
import { panelPath, rowsOf } from "../model/dashboard/dashboard.ts";
import type { Definition } from "../model/definition.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, flowIn, seriesRead, sureLabels } from "../plan/catalog.ts";
import { type Expr, NOWHERE } from "../promql/ast.ts";
import type { PromqlError } from "../promql/error.ts";
import { walkExpr } from "../promql/map.ts";
import { print } from "../promql/print/print.ts";
import { check } from "../promql/type/check.ts";
import type { MetricCatalog } from "../promql/type/flow/catalog.ts";
import { labelFact } from "../promql/type/flow/facts.ts";
import type { SourcedDiagnostic, SourcePoint } from "../source/place.ts";
import { memoized, remembered } from "../util/memo.ts";
import { isComparison } from "../vector/build.ts";
import { isWritten, type Source, type WrittenExpr } from "../vector/written.ts";

/** An expression, whose it is, and where it stands there. */
interface Use {
  readonly owner: Definition;
  readonly expr: Expr;
  readonly path: readonly PropertyKey[];
  readonly alerts: boolean;
}

/** Looks at every expression of rules and panels. */
export function checkExpressions(workspace: Workspace): readonly SourcedDiagnostic[] {
  const { definitions } = workspace;
  const catalog = catalogOf(workspace);
  return [
    ...definitions.RecordingRule.map(
      (rule): Use => ({ owner: rule, expr: rule.spec.expr.ast, path: [1, "expr"], alerts: false }),
    ),
    ...definitions.AlertingRule.map(
      (rule): Use => ({
        owner: rule,
        expr: rule.spec.when.ast,
        path: [1, "when"],
        // A dead man's switch always fires: that is what it is for.
        alerts: rule.spec.heartbeat === undefined,
      }),
    ),
    ...definitions.Dashboard.flatMap((dashboard) =>
      rowsOf(dashboard).flatMap(({ panels }, row) =>
        panels.flatMap((panel, i) =>
          // A query with variables is none of Prometheus's yet; the checks of dashboards read it.
          panel.queries
            .filter((query) => !("kind" in query && query.kind === "DashboardQuery"))
            .map(
              (query): Use => ({
                owner: dashboard,
                expr: query.ast,
                path: panelPath(dashboard, row, i),
                alerts: false,
              }),
            ),
        ),
      ),
    ),
  ].flatMap((use) => checkUse(use, catalog));
}

/** What was found for each owner: an alert always does something else with an expression than a panel. */
const known = memoized((_: Definition) => remembered<Expr, readonly SourcedDiagnostic[]>());

function checkUse(use: Use, catalog: MetricCatalog): readonly SourcedDiagnostic[] {
  return known(use.owner)(use.expr, seriesRead(use.expr).map(catalog), () => diagnose(use, catalog));
}

function diagnose(use: Use, catalog: MetricCatalog): readonly SourcedDiagnostic[] {
  const written: WrittenExpr[] = [];
  walkExpr(use.expr, (node) => {
    if (isWritten(node)) written.push(node);
  });
  const faults = written.flatMap((node) => checkWritten(node, use));
  if (faults.length > 0) return faults;
  const at: SourcePoint = { origin: use.owner.origin, path: use.path };
  const refused = [...unreadable(use.expr), ...check(use.expr)];
  if (refused.length > 0) {
    return refused.map((error) => ({
      code: "promql/invalid",
      severity: "error",
      message: `${called(use.owner)}: Prometheus would refuse ${print(use.expr)}: ${error.message}`,
      at,
    }));
  }
  const { type } = flowIn(catalog)(use.expr);
  if (type === "matrix" || type === "string") {
    const result = type === "matrix" ? "a range vector" : "a string";
    return [
      {
        code: "promql/invalid",
        severity: "error",
        message: `${called(use.owner)}: the result of ${print(use.expr)} is ${result}; what is evaluated at each moment must be an instant vector or a scalar`,
        help: type === "matrix" ? "make one value of its samples: rate(…), avg_over_time(…)" : undefined,
        at: isWritten(use.expr) ? pointIn(use.expr.written, 0, use.expr.written.text.length) : at,
      },
    ];
  }
  const stated = written.flatMap((node) => checkStated(node, use, catalog));
  if (stated.length > 0 || !use.alerts) return stated;
  return checkCondition(use, at, catalog);
}

/** Quantities and durations that the builder could not read. */
function unreadable(expr: Expr): readonly PromqlError[] {
  const errors: PromqlError[] = [];
  const unread = (what: string, raw: string) =>
    errors.push({ message: `${JSON.stringify(raw)} is not a ${what}`, start: 0, end: 0 });
  walkExpr(expr, (node) => {
    if (node.kind === "NumberLiteral" && Number.isNaN(node.value) && !/^nan$/i.test(node.raw))
      unread("quantity", node.raw);
    // What the builder wrote stands in no text. NaN is neither above nor below anything.
    if (node.kind === "BinaryExpr" && node.span === NOWHERE && isComparison(node.op))
      for (const side of [node.lhs, node.rhs])
        if (side.kind === "NumberLiteral" && /^nan$/i.test(side.raw)) unread("quantity to compare with", side.raw);
    if (node.kind === "MatrixSelector" || node.kind === "SubqueryExpr") {
      if (node.range.kind === "DurationLiteral" && Number.isNaN(node.range.ms)) unread("duration", node.range.raw);
    }
    if (node.kind === "VectorSelector" || node.kind === "SubqueryExpr") {
      const { offset } = node;
      if (offset?.kind === "DurationLiteral" && Number.isNaN(offset.ms)) unread("duration", offset.raw);
    }
  });
  return errors;
}

function checkWritten({ written, ...node }: WrittenExpr, { owner }: Use): readonly SourcedDiagnostic[] {
  const errors = written.errors.length > 0 ? written.errors : check(node as Expr);
  return errors.map((error) => ({
    code: "promql/invalid",
    severity: "error",
    message: `${called(owner)}: ${error.message}`,
    help: helpOf(error),
    at: pointIn(written, error.start, error.end),
  }));
}

function helpOf({ expected, suggestion }: PromqlError): string | undefined {
  if (suggestion !== undefined) return `did you mean ${JSON.stringify(suggestion)}?`;
  return expected === undefined ? undefined : `expected ${expected}`;
}

function checkStated(
  { written, ...node }: WrittenExpr,
  { owner }: Use,
  catalog: MetricCatalog,
): readonly SourcedDiagnostic[] {
  const flow = flowIn(catalog)(node as Expr);
  return written.labels
    .filter((label) => labelFact(flow.labels, label).status === "cannot")
    .map((label) => ({
      code: "promql/stated-label",
      severity: "error",
      message: `${called(owner)}: the results of this expression cannot have the label ${JSON.stringify(label)}, which labels(…) states`,
      help: `${labelFact(flow.labels, label).reason}; they have: ${sureLabels(flow).join(", ") || "no label for sure"}`,
      at: pointIn(written, 0, written.text.length),
    }));
}

function checkCondition({ owner, expr }: Use, at: SourcePoint, catalog: MetricCatalog): readonly SourcedDiagnostic[] {
  const { when, reason } = flowIn(catalog)(expr).returns;
  if (when === "sometimes") return [];
  const always = when === "always";
  return [
    {
      code: always ? "alert/always-fires" : "alert/never-fires",
      severity: "error",
      message: `${called(owner)} ${always ? "would always fire" : "can never fire"}: ${print(expr)}: ${reason}`,
      help: always
        ? 'compare it with something: .below(10), .above("5%")'
        : "look at the labels and values that its parts can have",
      at,
    },
  ];
}

function pointIn({ origin, holes }: Source, start: number, end: number): SourcePoint {
  return { origin, path: [0], span: { start, end, holes, raw: true } };
}
