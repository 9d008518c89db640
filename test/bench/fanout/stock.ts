import { loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { addDays, type CalendarDate, dayMs, daysUpTo, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import { rememberPapers, seenBy } from '../../../shared/domain/subscriber/seen-papers.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { newBatchRow } from '../../../shared/storage/run-rows.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../../shared/storage/subscribers/subscribers-repository.js';
import { MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { aClaim, anEdition, aRankedPaper, paperId, subscriberId } from '../../support/builders.js';
import { benchEdition } from '../compose/edition.js';
import { benchReaders } from '../compose/readers.js';
import { seeded } from '../measure.js';

/** Readers who chose different topics; the others are like one of them. */
export const distinctReaders = 60;
/** So many digests of ten papers are remembered. */
const daysRemembered = 44;
const papersOfADay = 119;
const largeSlotShare = 0.9;
const smallSlots = 4;

/** What the tables hold before a day's digests are planned. */
export interface Stock {
  readonly edition: Edition;
  readonly editionRows: readonly Item[];
  /** State and profile of each distinct reader, as weeks of digests left them. */
  readonly readers: readonly { readonly state: Item; readonly profile: Item }[];
}

/** The edition of a day that is already past: only which papers it had matters. */
function earlierEdition(date: CalendarDate, number: number): Edition {
  const papers = Array.from({ length: papersOfADay }, (_, place) =>
    aRankedPaper({ id: paperId(1000 + number * papersOfADay + place) }),
  );
  return anEdition({ date, papers });
}

/** Lets a reader get a digest of each earlier day. */
async function liveThrough(subscribers: SubscriberRepository, reader: number, days: readonly CalendarDate[]) {
  const random = seeded(reader);
  for (const edition of days) {
    const [subscriber] = await subscribers.load([subscriberId(reader)]);
    if (!subscriber) throw new Error(`reader ${reader} is not there`);
    const places = [...new Set(Array.from({ length: 10 }, () => Math.floor(random() * 60)))].sort((a, b) => a - b);
    const papers = places.map((place) => paperId(1000 + place));
    const claim = aClaim({ edition, at: startOf(edition) + 7 * hourMs, papers });
    await subscribers.claim(subscriber, claim, rememberPapers(seenBy(subscriber.state), edition, places));
    const state = { ...subscriber.state, edition, claim };
    await subscribers.record({ ...subscriber, state }, 'sent', claim);
  }
}

/** Makes an edition of a real size for a day, those of so many days before it, and readers who got a digest of each. */
export async function stockFor(date: CalendarDate, daysBefore = daysRemembered): Promise<Stock> {
  const dynamo = new MemoryDynamo();
  const editions = editionRepository(dynamo.client(), dynamo.createTable('editions', 'editions'));
  const subscribers = subscriberRepository(dynamo.client(), dynamo.createTable('subscribers', 'subscribers'));
  const edition = { ...benchEdition(), date, publishedAt: startOf(date) + hourMs };
  const days = daysUpTo(addDays(date, -1), daysBefore);
  for (const [number, day] of days.entries()) await editions.publish(earlierEdition(day, number));
  await editions.publish(edition);
  const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));
  const readers = benchReaders(loadedEdition(edition), keys.signing[0]);
  for (let reader = 0; reader < distinctReaders; reader += 1) {
    const { profile } = readers.claimed(reader).subscriber;
    await subscribers.put(subscriberId(reader), profile, startOf(date) - 50 * dayMs);
    await liveThrough(subscribers, reader, days);
  }
  const rows = dynamo.table('subscribers').items();
  const rowOf = (reader: number, sk: string) => rows.find((row) => row.pk === subscriberId(reader) && row.sk === sk);
  return {
    edition,
    editionRows: dynamo.table('editions').items(),
    readers: Array.from({ length: distinctReaders }, (_, reader) => {
      const [state, profile] = [rowOf(reader, 'state'), rowOf(reader, 'profile')];
      if (!state || !profile) throw new Error(`reader ${reader} has no rows`);
      return { state, profile };
    }),
  };
}

/** The slot of an hour, and the row that makes it known. */
export function slotAt(hour: number, zone = 'UTC') {
  const slot = slotOf(zone, hour);
  return { slot, row: { pk: 'slots', sk: slot, v: 1 } };
}

/** The rows of the subscriber of a number: those of a distinct reader, with id, address and slot of their own. */
export function rowsOf({ readers }: Stock, number: number, slot: string): { state: Item; profile: Item } {
  const like = readers[number % distinctReaders];
  if (!like) throw new Error('there are no readers');
  const pk = subscriberId(number);
  return {
    state: { ...like.state, pk, slot },
    profile: { ...like.profile, pk, address: `reader.${number}@mail.example.net` },
  };
}

/** Subscribers of one slot: those of so many numbers, from the first on. */
export interface SlotOfMany {
  readonly slot: string;
  readonly first: number;
  readonly count: number;
}

/** Most subscribers in one slot, the rest in some others. */
export function slotsOf(subscribers: number): SlotOfMany[] {
  const large = Math.round(subscribers * largeSlotShare);
  const small = Math.floor((subscribers - large) / smallSlots);
  const others = Array.from({ length: smallSlots }, (_, at) => {
    const first = large + at * small;
    return { slot: slotAt(at + 1).slot, first, count: at === smallSlots - 1 ? subscribers - first : small };
  });
  return [{ slot: slotAt(0).slot, first: 0, count: large }, ...others];
}

/** The run of the day before a date, by which the planner knows that this one will be large. */
export function runBefore(date: CalendarDate, subscribers: number) {
  const run = addDays(date, -1);
  const row = newBatchRow({
    run,
    id: 'UTC@00#0000',
    slot: slotAt(0).slot,
    subscribers: [subscriberId(0)],
    openedAt: startOf(run),
  });
  const balance = { ...row.balance, candidates: subscribers, sent: subscribers, open: 0 };
  return { ...row, balance, openRun: undefined };
}
