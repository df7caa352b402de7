/**
 * The selectors of Kubernetes, as far as they can be wrong.
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors
 * https://kubernetes.io/docs/concepts/overview/working-with-objects/field-selectors/
 */

const NAME = "[A-Za-z0-9](?:[-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?";
const KEY = `(?:[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?/)?${NAME}`;
const VALUE = `(?:${NAME})?`;
const REQUIREMENTS = [
  `!?\\s*${KEY}`,
  `${KEY}\\s*(?:=|==|!=)\\s*${VALUE}`,
  `${KEY}\\s+(?:in|notin)\\s*\\(\\s*${VALUE}\\s*(?:,\\s*${VALUE}\\s*)*\\)`,
  `${KEY}\\s*[<>]\\s*-?\\d+`,
];
const REQUIREMENT = new RegExp(`^\\s*(?:${REQUIREMENTS.join("|")})\\s*$`);

/** What is wrong with a label selector, such as `app=catalog,tier in (web, api)`. */
export function labelSelectorProblem(selector: string): string | undefined {
  // A comma inside of parentheses parts values, not requirements.
  const wrong = selector.split(/,(?![^(]*\))/).find((part) => !REQUIREMENT.test(part));
  return wrong === undefined
    ? undefined
    : `${JSON.stringify(wrong.trim())} is no part of a label selector: write app=catalog or app in (a, b)`;
}

/** What is wrong with a field selector, such as `metadata.name=catalog,status.phase!=Failed`. */
export function fieldSelectorProblem(selector: string): string | undefined {
  // A backslash keeps the comma, the equals sign and itself from being read.
  const wrong = selector
    .match(/(?:\\.|[^,\\])+/g)
    ?.find((part) => !/^(?:\\.|[^=!\\])+(?:=|==|!=)(?:\\[\\,=]|[^=\\])*$/.test(part));
  return wrong === undefined
    ? undefined
    : `${JSON.stringify(wrong)} is no part of a field selector: write status.phase=Running`;
}
