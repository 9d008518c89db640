import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { EmbeddedDynamo } from '../../support/embedded-dynamodb.js';
import { checkInput, readInput } from '../../support/read-input.js';

/** Cases that cannot be read or run: no verdict on the code. The message is one clear line. */
export class CaseError extends Error {
  override readonly name = 'CaseError';
}

/** What a probe may use beside its own fields. */
export interface CaseContext {
  /** Text of a file that lies beside the case. */
  readonly file: (name: string) => string;
  /** Path of a folder that is named relative to the folder of all cases. */
  readonly folder: (name: string) => string;
  /** DynamoDB in this process, started when first asked for. */
  readonly dynamo: () => Promise<EmbeddedDynamo>;
}

/** Puts one probe to the real code. */
export type Ask = (context: CaseContext) => unknown;

/** Reads a probe of one kind; throws one line when a field is missing or wrong. */
export type ProbeKind = (probe: unknown, where: string) => Ask;

/** A kind of probe: the fields that it has, and how the real code answers it. */
export function probeKind<Schema extends z.core.$ZodType>(
  fields: Schema,
  answer: (given: z.output<Schema>, context: CaseContext) => unknown,
): ProbeKind {
  return (probe, where) => {
    const given = checkInput(probe, fields, where);
    return (context) => answer(given, context);
  };
}

/** An instant as ISO 8601 text. */
export const isoTime = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));

/** The files of a case in `dir`, one of the folders in `root`. */
export function caseFiles(root: string, dir: string): Pick<CaseContext, 'file' | 'folder'> {
  const checked = <Answer>(read: () => Answer) => {
    try {
      return read();
    } catch (error) {
      throw new CaseError((error as Error).message);
    }
  };
  return {
    file: (name) => checked(() => readInput(join(dir, name))),
    folder: (name) => {
      const path = join(root, name);
      if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new CaseError(`${path} is no folder`);
      return path;
    },
  };
}
