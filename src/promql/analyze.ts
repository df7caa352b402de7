/** From text to a checked tree. */
import type { LanguageOptions } from "./language.ts";
import { type Parsed, parse } from "./parse/parse.ts";
import { checkTypes } from "./type/check.ts";

/**
 * Reads an expression and checks its types; as Prometheus does, types are checked only where the grammar is met.
 *
 * ```ts
 * const { expr, errors } = analyze("sum by (sku) (stock) < 10");
 * ```
 */
export function analyze(text: string, options: LanguageOptions = {}): Parsed {
  const parsed = parse(text, options);
  if (parsed.errors.length > 0 || parsed.expr === undefined) return parsed;
  const errors = checkTypes(parsed.expr, options);
  return errors.length === 0 ? parsed : { expr: parsed.expr, errors };
}
