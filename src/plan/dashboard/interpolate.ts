/**
 * Puts values in place of a dashboard's variables, as Grafana does before it asks Prometheus.
 * https://grafana.com/docs/grafana/latest/dashboards/variables/variable-syntax/
 */

const VARIABLE = /\$(\w+)|\$\{(\w+)(?:\.[^:^}]+)?(?::([^}]+))?\}|\[\[(\w+)(?:\.\w+)?(?::(\w+))?\]\]/g;

/** The value of a variable, in the format that is asked for; `undefined` leaves the variable as it is written. */
export type VariableValue = (name: string, format: string | undefined) => string | undefined;

/** The text with every variable that has a value replaced by it. */
export function interpolate(text: string, value: VariableValue): string {
  return text.replace(VARIABLE, (written, plain, braced, format, bracketed, oldFormat) => {
    return value(plain ?? braced ?? bracketed, format ?? oldFormat) ?? written;
  });
}

/** The names of the variables in a text, each once, in the order in which they are written. */
export function variablesIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (const [, plain, braced, , bracketed] of text.matchAll(VARIABLE)) found.add(plain ?? braced ?? bracketed ?? "");
  return [...found];
}
