/** Texts of alerts: their templates must parse, and read only labels that the expression can have. */
import { didYouMean } from "../diagnostic/near-miss.ts";
import { checkAlertText } from "../gotemplate/alert/alert-text.ts";
import { METRIC_NAME } from "../label/label-set.ts";
import type { AnyAlert } from "../model/alert.ts";
import { toTemplate } from "../model/text.ts";
import { called } from "../model/validate.ts";
import type { Workspace } from "../model/workspace.ts";
import { catalogOf, sureLabels } from "../plan/catalog.ts";
import type { MetricCatalog } from "../promql/type/flow/catalog.ts";
import { labelFact } from "../promql/type/flow/facts.ts";
import { labelFlow } from "../promql/type/label-flow.ts";
import type { SourcedDiagnostic } from "../source/place.ts";

/** Looks at every text of every alert. */
export function checkTexts(workspace: Workspace): readonly SourcedDiagnostic[] {
  const catalog = catalogOf(workspace);
  return workspace.definitions.AlertingRule.flatMap((alert) => textsOf(alert, catalog));
}

const known = new WeakMap<AnyAlert, readonly SourcedDiagnostic[]>();

function textsOf(alert: AnyAlert, catalog: MetricCatalog): readonly SourcedDiagnostic[] {
  const before = known.get(alert);
  if (before !== undefined) return before;
  const { summary, description, annotations, when } = alert.spec;
  const texts: readonly (readonly [readonly PropertyKey[], typeof summary | undefined])[] = [
    [["summary"], summary],
    [["description"], description],
    ...Object.entries(annotations ?? {}).map(([name, text]) => [["annotations", name], text] as const),
  ];
  const flow = labelFlow(when.ast, { catalog });
  const found = texts.flatMap(([path, text]) => (text === undefined ? [] : check(alert, path, text)));
  known.set(alert, found);
  return found;

  function check(owner: AnyAlert, path: readonly PropertyKey[], text: typeof summary): readonly SourcedDiagnostic[] {
    const at = { origin: owner.origin, path: [1, ...path] };
    const name = path.join(".");
    let template: string;
    let labels: readonly string[];
    try {
      ({ template, labels } = toTemplate(text));
    } catch (error) {
      return [
        {
          code: "alert/text",
          severity: "error",
          message: `${called(owner)}: ${name} throws: ${error instanceof Error ? error.message : String(error)}`,
          help: "the function is called once, at build, with placeholders: put them into the text as they are",
          at,
        },
      ];
    }
    const mistake = checkAlertText(owner.name, template);
    if (mistake !== undefined) {
      return [
        {
          code: "alert/text",
          severity: "error",
          message: `${called(owner)}: ${name} is no template that Prometheus can expand: ${mistake.message}`,
          help: 'to have {{ in the text as it is, write the text as a function: () => "…"',
          at,
        },
      ];
    }
    return labels
      .filter((label) => labelFact(flow.labels, label).status === "cannot" || label === METRIC_NAME)
      .map((label) => ({
        code: "alert/unknown-label",
        severity: "error",
        message: `${called(owner)}: ${name} reads the label ${JSON.stringify(label)}, which its expression does not keep.${didYouMean(label, sureLabels(flow))}`,
        help: `it keeps: ${sureLabels(flow).join(", ") || "no label"}`,
        at,
      }));
  }
}
