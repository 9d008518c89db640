import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';

/** The text of a file that somebody named; throws one line that says which cannot be read. */
export function readInput(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new Error(`${path} cannot be read: name a file that is there`);
  }
}

/** Parses JSON of a shape; throws one line that says where which field is wrong. */
export function parseInput<Schema extends z.core.$ZodType>(
  text: string,
  schema: Schema,
  where: string,
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(`${where} is no JSON: mend it, or name another file`);
  }
  return checkInput(value, schema, where);
}

/** Checks a value's shape; throws one line that says where which field is wrong. */
export function checkInput<Schema extends z.core.$ZodType>(
  value: unknown,
  schema: Schema,
  where: string,
): z.output<Schema> {
  const parsed = z.safeParse(schema, value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`${where}: ${issue?.path.join('.') || 'the whole'} is not of the expected shape`);
}

/** Reads a JSON file of a shape. */
export function readJsonInput<Schema extends z.core.$ZodType>(path: string, schema: Schema): z.output<Schema> {
  return parseInput(readInput(path), schema, path);
}
