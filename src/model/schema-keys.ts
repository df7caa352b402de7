/** Which properties a schema allows at a path: for the near miss in a message. */
import { z } from "zod";

/** The names of the properties that may stand in the object at `path`. */
export function keysAt(schema: z.ZodType, path: readonly PropertyKey[]): readonly string[] {
  return [...new Set(shapesAt([schema], path).flatMap((shape) => Object.keys(shape)))];
}

function shapesAt(
  schemas: readonly z.ZodType[],
  path: readonly PropertyKey[],
): readonly Readonly<Record<string, z.ZodType>>[] {
  const [key, ...rest] = path;
  const open = schemas.flatMap(unwrap);
  if (key === undefined) return open.filter((one) => one instanceof z.ZodObject).map((one) => one.shape);
  const inner = open.flatMap((one): readonly z.ZodType[] => {
    if (one instanceof z.ZodObject) return key in one.shape ? [one.shape[key as string] as z.ZodType] : [];
    if (one instanceof z.ZodArray) return [one.element as z.ZodType];
    if (one instanceof z.ZodRecord) return [one.valueType as z.ZodType];
    return [];
  });
  return shapesAt(inner, rest);
}

/** Looks through what does not change the shape: optional, refined, piped and alternative schemas. */
function unwrap(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodReadonly) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => unwrap(option as z.ZodType));
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType);
  if (schema instanceof z.ZodLazy) return unwrap(schema.unwrap() as z.ZodType);
  return [schema];
}
