import { z } from 'zod';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * JSON merge patch (RFC 7396): members are replaced, objects merged, arrays replaced, null removes. A member whose schema
 * takes null is set to null instead of being removed: our records spell out what is absent.
 */
export function mergePatch(schema: z.ZodType | undefined, target: Json, patch: Json): Json {
  const merged = new Map(Object.entries(target));
  for (const [key, value] of Object.entries(patch)) {
    const field = fieldOf(schema, key);
    if (value === null && !field?.safeParse(null).success) merged.delete(key);
    else if (isObject(value)) {
      const old = merged.get(key);
      merged.set(key, mergePatch(field, isObject(old) ? old : {}, value));
    } else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

function fieldOf(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodNullable || inner instanceof z.ZodOptional)
    inner = inner.unwrap() as z.ZodType;
  if (!(inner instanceof z.ZodObject) || !Object.hasOwn(inner.shape, key)) return undefined;
  return inner.shape[key] as z.ZodType;
}
