/** Which parts of the language are open to an expression, beyond what every Prometheus 3.14 reads. */
import type { FeatureFlag } from "./functions.ts";

/** The feature flags that open parts of the language. Duration expressions need none since Prometheus 3.14. */
export const FEATURE_FLAGS: readonly FeatureFlag[] = Object.freeze([
  "promql-experimental-functions",
  "promql-extended-range-selectors",
  "promql-binop-fill-modifiers",
  "use-start-timestamps",
]);

/** Which language is read: Prometheus's own, or that of a dashboard with its variables. */
export interface LanguageOptions {
  /** What the Prometheus server was given as `--enable-feature`; all of it, where this is left out. */
  readonly features?: readonly FeatureFlag[] | undefined;
  /**
   * Whether a dashboard's variables (`$x`, `${x}`, `${x:regex}`, `[[x]]`) may stand for names, labels, matchers, values,
   * numbers and durations. They stay in the tree as they are written; a number or a duration that is one is NaN.
   */
  readonly variables?: boolean | undefined;
}

/** Whether `options` open what needs `flag`. */
export function isEnabled({ features }: LanguageOptions, flag: FeatureFlag): boolean {
  return features === undefined || features.includes(flag);
}

/**
 * A dashboard's variable, as the source of a regular expression.
 * https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */
export const VARIABLE_PATTERN = String.raw`(?:\$\w+|\$\{[^{}\s]+\}|\[\[[\w.]+(?::\w+)?\]\])`;

const VARIABLE = new RegExp(VARIABLE_PATTERN);

// Each character can be taken in one way only, so that no text makes it slow.
const WORD = /^(?:[\w:]|\$\w|\$\{[^{}\s]+\}|\[\[[\w.]+(?::\w+)?\]\])+$/;

/** Whether `text` could stand without quotes, for its letters, digits, colons and variables. */
export function isWord(text: string): boolean {
  return WORD.test(text);
}

/** Whether a dashboard's variable stands in `text`. */
export function holdsVariable(text: string): boolean {
  return VARIABLE.test(text);
}

/** Whether `text` is one variable and nothing else, and so could stand for a value of any type. */
export function isLoneVariable(text: string): boolean {
  return VARIABLE.exec(text)?.[0] === text;
}
