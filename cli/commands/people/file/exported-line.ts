import type { Consent } from '../../../../shared/domain/subscriber/consent.js';
import type { FilterChoice, SubscriberProfile } from '../../../../shared/domain/subscriber/subscriber.js';
import type { Standing } from '../../../../shared/storage/register/subscriber-register.js';
import { type FileField, importCause } from './file-fields.js';
import { listText, topicsText } from './topics-text.js';

/** Somebody as an export writes them, in texts and numbers that an import reads. */
export type ExportedLine = Readonly<Record<FileField, unknown>>;

type Known = Pick<Standing, 'standing' | 'confirmedAt'>;

const isFilter = (topic: SubscriberProfile['topics'][number]): topic is FilterChoice => !('like' in topic);

/** How many of somebody's topics no file can hold: those that were learned from papers. */
export const learnedTopics = ({ topics }: SubscriberProfile): number =>
  topics.filter((topic) => !isFilter(topic)).length;

/** A subscriber as a line: their choices, where they stand, and when and where they last confirmed. */
export function exportedLine(
  { standing, confirmedAt }: Known,
  profile: SubscriberProfile,
  journal: readonly Consent[],
): ExportedLine {
  const confirmed = journal.findLast(({ event }) => event === 'confirmed');
  const at = confirmed?.at ?? confirmedAt;
  const cause = confirmed?.cause ?? '';
  return {
    email: profile.address,
    timezone: profile.timeZone,
    hour: profile.hour,
    days: profile.days ?? '',
    topics: topicsText(profile.topics.filter(isFilter)),
    maxPapers: profile.maxPapers,
    aiSummaries: profile.aiSummaries === false ? 'no' : '',
    quietDays: profile.quietDays ?? '',
    never: listText(profile.never ?? []),
    consentAt: at === undefined ? '' : new Date(at).toISOString(),
    consentSource: cause.startsWith(importCause) ? cause.slice(importCause.length) : cause,
    status: standing,
  };
}

/** A text that a spreadsheet takes for a formula, or that an import would take for one that was guarded. */
const formula = /^[=+\-@\t\r']/;

/** A cell of CSV: texts that came from strangers are no formulas for whoever opens the file. */
export function csvCell(value: unknown): string {
  const text = String(value);
  return formula.test(text) ? `'${text}` : text;
}
