/** Texts of alerts: their templates must expand, and read only labels that the expression can have. */
import { didYouMean } from "../diagnostic/near-miss.ts";
import { readsOfAlertText } from "../gotemplate/alert/alert-reads.ts";
import { parseAlertText } from "../gotemplate/alert/alert-text.ts";
import { isMistake } from "../gotemplate/parse/ast.ts";
import { METRIC_NAME } from "../label/label-set.ts";
import type { AnyAlert } from "../model/alert.ts";
import { type Text, toTemplate } from "../model/text.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, flowIn, sureLabels } from "../plan/catalog.ts";
import type { MetricCatalog } from "../promql/type/flow/catalog.ts";
import { labelFact } from "../promql/type/flow/facts.ts";
import type { LabelFlow } from "../promql/type/label-flow.ts";
import type { SourcedDiagnostic, SourcePoint } from "../source/place.ts";
import { remembered } from "../util/memo.ts";

/** A text of an alert, and where it stands. */
interface Use {
  readonly alert: AnyAlert;
  readonly path: readonly string[];
  readonly text: Text<never> | string;
}

/** Looks at every text of every alert. */
export function checkTexts(workspace: Workspace): readonly SourcedDiagnostic[] {
  const catalog = catalogOf(workspace);
  return workspace.definitions.AlertingRule.flatMap((alert) => textsOf(alert, catalog));
}

const known = remembered<AnyAlert, readonly SourcedDiagnostic[]>();

function textsOf(alert: AnyAlert, catalog: MetricCatalog): readonly SourcedDiagnostic[] {
  const flow = flowIn(catalog)(alert.spec.when.ast);
  return known(alert, [flow], () => checkTextsOf(alert, flow));
}

function checkTextsOf(alert: AnyAlert, flow: LabelFlow): readonly SourcedDiagnostic[] {
  const { summary, description, annotations = {} } = alert.spec;
  const uses: readonly Use[] = [
    { alert, path: ["summary"], text: summary },
    ...(description === undefined ? [] : [{ alert, path: ["description"], text: description }]),
    ...Object.entries(annotations).map(([name, text]) => ({ alert, path: ["annotations", name], text })),
  ];
  return uses.flatMap((use) => check(use, flow));
}

function check({ alert, path, text }: Use, flow: LabelFlow): readonly SourcedDiagnostic[] {
  const at: SourcePoint = { origin: alert.origin, path: [1, ...path] };
  const subject = `${called(alert)}: ${path.join(".")}`;
  const { template, labels, thrown } = toTemplate(text);
  if (thrown !== undefined) {
    return [
      {
        code: "alert/text",
        severity: "error",
        message: `${subject} throws: ${thrown instanceof Error ? thrown.message : String(thrown)}`,
        help: "the function is called once, at build, with placeholders: put them into the text as they are",
        at,
      },
    ];
  }
  const lost = (name: string, more: object = {}): SourcedDiagnostic => ({
    code: "alert/unknown-label",
    severity: "error",
    message: `${subject} reads the label ${JSON.stringify(name)}, which its expression does not keep.${didYouMean(name, sureLabels(flow))}`,
    help: `it keeps: ${sureLabels(flow).join(", ") || "no label for sure"}`,
    at: { ...at, ...more },
  });
  // A function's text is a template by construction, and what it reads was seen when it ran.
  if (typeof text === "function") return labels.filter((name) => cannotHave(flow, name)).map((name) => lost(name));
  const parsed = parseAlertText(alert.name, template);
  if (isMistake(parsed)) {
    return [
      {
        code: "alert/text",
        severity: "error",
        message: `${subject} is no template that Prometheus can expand: ${parsed.message}`,
        help: 'to have {{ in the text as it is, write the text as a function: () => "…"',
        at,
      },
    ];
  }
  return readsOfAlertText(parsed)
    .names.filter(({ of, name }) => of === "labels" && cannotHave(flow, name))
    .map(({ name, start, end }) => lost(name, { span: { start, end } }));
}

function cannotHave(flow: LabelFlow, name: string): boolean {
  return name === METRIC_NAME || labelFact(flow.labels, name).status === "cannot";
}
