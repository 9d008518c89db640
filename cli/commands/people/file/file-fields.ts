import type { KnownStatus } from '../../../../shared/domain/subscriber/lifecycle.js';
import { UsageError } from '../../../command/cli-error.js';
import type { Given } from '../../../command/command.js';
import { textOf } from '../../../command/read-given.js';

/** What a file of subscribers holds, in the order of its columns: what an export writes and an import reads. */
export const fileFields = [
  'email',
  'timezone',
  'hour',
  'days',
  'topics',
  'maxPapers',
  'aiSummaries',
  'quietDays',
  'never',
  'consentAt',
  'consentSource',
  'status',
] as const;

export type FileField = (typeof fileFields)[number];

/** Those that no line can do without. */
export const requiredFields: readonly FileField[] = [
  'email',
  'timezone',
  'hour',
  'topics',
  'consentAt',
  'consentSource',
];

/** One subscriber in a file: from CSV texts alone, from JSON whatever it says. */
export type Fields = Readonly<Partial<Record<string, unknown>>>;

/** Where somebody in a file, or in the register, may stand. */
export const standings = [
  'active',
  'paused',
  'pending',
  'moving',
  'unsubscribed',
  'bounced',
  'suppressed',
] as const satisfies readonly KnownStatus[];

/** Before the source in the cause of a consent that was taken over from a file. */
export const importCause = 'admin import: ';

/** An address that may be shown: `a…@example.org`. */
export function masked(address: string): string {
  const at = address.lastIndexOf('@');
  return `${address.slice(0, 1)}…${address.slice(at)}`;
}

/** Counts in words: `3 active, 1 bounced`; empty for none. */
export const countsInWords = (counts: Readonly<Partial<Record<string, number>>>): string =>
  Object.entries(counts)
    .map(([what, count]) => `${count} ${what}`)
    .join(', ');

/** Of commands that take one status. */
export const statusOption = {
  type: 'string',
  value: 'STATUS',
  help: `only those who are ${standings.slice(0, -1).join(', ')} or suppressed`,
} as const;

/** The status that was asked for, if any; an unknown one is a `UsageError`. */
export function readStatus(given: Given): (typeof standings)[number] | undefined {
  const status = textOf(given, 'status');
  const known = standings.find((standing) => standing === status);
  if (status === undefined || known) return known;
  throw new UsageError(`--status: nobody is "${status}"; choose from ${standings.join(', ')}`);
}
