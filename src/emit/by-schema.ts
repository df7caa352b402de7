/** Values printed as their schema orders them: one mechanism for everything that the servers' files hold. */
import { z } from "zod";
import { prometheusName } from "../model/scrape/prometheus-name.ts";

/** Properties by the path to them (`actions.imageUrl`, through lists and maps alike), and what the server calls them. */
export type Names = Readonly<Record<string, string>>;

/**
 * A value by its schema: properties in the order of the shape and by the server's names, maps sorted by their keys.
 * What has no shape, such as JSON, stays as it is. The value must have passed its schema.
 */
export function bySchema(schema: z.ZodType, value: unknown, names: Names = {}, path = ""): unknown {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodUnion) {
    const fits = inner.options.find((option) => (option as z.ZodType).safeParse(value).success);
    return fits === undefined ? value : bySchema(fits as z.ZodType, value, names, path);
  }
  if (inner instanceof z.ZodArray) {
    return (value as unknown[]).map((item) => bySchema(inner.element as z.ZodType, item, names, path));
  }
  const given = value as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  if (inner instanceof z.ZodRecord) {
    for (const key of Object.keys(given).sort()) {
      result[key] = bySchema(inner.valueType as z.ZodType, given[key], names, path);
    }
    return result;
  }
  if (!(inner instanceof z.ZodObject)) return value;
  const shape: Readonly<Record<string, z.ZodType>> = inner.shape;
  for (const key in shape) {
    if (given[key] === undefined) continue;
    const place = `${path}${key}`;
    result[names[place] ?? prometheusName(key)] = bySchema(shape[key] as z.ZodType, given[key], names, `${place}.`);
  }
  return result;
}
