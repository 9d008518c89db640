import { addDays, type CalendarDate, dateOf, dayMs, daysUpTo, startOf } from '../../../shared/domain/calendar-date.js';
import type { Consent } from '../../../shared/domain/subscriber/consent.js';
import { welcomeBatch } from '../../../shared/domain/subscriber/delivery.js';
import { seenForDays } from '../../../shared/domain/subscriber/seen-papers.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { SentSince } from '../../../shared/storage/restored/restored-rows.js';
import type { Batch, RunRepository } from '../../../shared/storage/runs-repository.js';

/** The last digests of an edition end before those of the third edition after it begin. */
const editionsUnderway = 3;

/** The days whose runs may have gone on after a backup whose newest edition is this one. */
export function runsSince(newest: CalendarDate | undefined, today: CalendarDate): CalendarDate[] {
  const days = daysUpTo(today, seenForDays + 1);
  return newest === undefined ? days : days.filter((date) => date >= addDays(newest, -editionsUnderway));
}

/** Of a batch that is all unmatched surely no mail left; which of the others got one, the accounting does not say. */
function outcomeOf({ balance: { candidates, unmatched } }: Pick<Batch, 'balance'>): SentSince['outcome'] {
  return candidates === unmatched ? 'unmatched' : 'uncertain';
}

/** Reads from the runs of these days which editions each subscriber may have been sent, oldest first. */
export async function readRuns(
  days: readonly CalendarDate[],
  runs: Pick<RunRepository, 'batchesOf'>,
): Promise<ReadonlyMap<SubscriberId, readonly SentSince[]>> {
  const sent = new Map<SubscriberId, SentSince[]>();
  for (const edition of days) {
    for (const batch of await runs.batchesOf(edition)) {
      const entry = { edition, batch: batch.id, outcome: outcomeOf(batch) };
      for (const id of batch.subscribers) {
        const known = sent.get(id);
        if (known) known.push(entry);
        else sent.set(id, [entry]);
      }
    }
  }
  return sent;
}

/**
 * The editions that a welcome may have brought, of which no run knows: whoever confirmed since gets the newest of that moment
 * or, where SES took no mail for a while, that of the next day.
 */
export function welcomesSince(
  journal: readonly Pick<Consent, 'event' | 'at'>[],
  confirmedAt: number | undefined,
  published: readonly CalendarDate[],
): readonly SentSince[] {
  const [first] = published;
  if (first === undefined) return [];
  const editions = journal
    .filter(({ event, at }) => event === 'confirmed' && at > Math.max(confirmedAt ?? 0, startOf(first)))
    .flatMap(({ at }) => {
      const newest = published.findLast((date) => date <= dateOf(at));
      return published.filter((date) => date === newest || (date > dateOf(at) && date <= dateOf(at + dayMs)));
    });
  return editions.map((edition) => ({ edition, batch: welcomeBatch, outcome: 'uncertain' }));
}
