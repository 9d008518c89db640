import { type CalendarDate, daysUpTo } from '../../shared/domain/calendar-date.js';
import type { IndexedEdition } from '../../shared/domain/edition/choose-papers.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { seenForDays } from '../../shared/domain/subscriber/seen-papers.js';
import type { OwnTopic, SeenPlaces, Subscriber, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { aProfile, aState, aSubscriber, paperId, subscriberId } from '../support/builders.js';
import type { DrawnFilters } from './match-filters.js';
import { mostPapers } from './match-job.js';
import { seeded } from './measure.js';

/** How the subscribers are made, for the output. */
export const readers =
  'each with the filter as an own topic; every tenth leaves papers out; seen are papers of the last 45 editions, among ' +
  'them half of the best that the filter matches today';

/** An edition looks back on this many days. */
const sharedDays = 7;
/** And brings back a few papers of this many. */
const raisedDays = 30;
const seenAtMost = 6;

/** The editions before one, newest first, each with its papers in rank order. */
export interface EarlierEditions {
  readonly dates: readonly CalendarDate[];
  readonly papersOf: (date: CalendarDate) => Promise<readonly PaperId[] | undefined>;
  /** Where a paper of the edition stood, by its place, in the earlier one of a number; -1 where it was not in it. */
  readonly placesIn: readonly Int32Array[];
}

/** Makes the 45 editions before one: the newer, the more of its papers are in them. */
export function earlierEditions({ edition }: IndexedEdition): EarlierEditions {
  const random = seeded(7);
  const size = edition.papers.length;
  const dates = daysUpTo(edition.date, seenForDays + 1)
    .slice(0, -1)
    .reverse();
  const placesIn: Int32Array[] = [];
  const papers = new Map<CalendarDate, readonly PaperId[]>();
  for (const [before, date] of dates.entries()) {
    const share = before + 1 < sharedDays ? 1 - (before + 1) / sharedDays : before < raisedDays ? 0.01 : 0;
    const places = new Int32Array(size).fill(-1);
    const ids = Array.from({ length: size }, (_, place) => paperId(10_000 + 1000 * before + place));
    for (const [place, { paper }] of edition.papers.entries()) {
      if (random() >= share) continue;
      const there = (place * 7 + before) % size;
      places[place] = there;
      ids[there] = paper.id;
    }
    placesIn.push(places);
    papers.set(date, ids);
  }
  return { dates, papersOf: async (date) => papers.get(date), placesIn };
}

const excluded = ['author:"Ada Moss"', 'org:"Reed Labs"', '"model"', 'title:network', '"language model"'];

/** Makes subscribers as their rows are parsed: no object or text is shared with another one. */
export function madeSubscribers(
  edition: IndexedEdition,
  earlier: EarlierEditions,
  { distinct, chosen }: DrawnFilters,
): (number: number) => Subscriber {
  const random = seeded(8);
  /** What was seen longer ago: nobody's is like another's, but a few hundred are enough. */
  const pool = Array.from({ length: 300 }, () =>
    earlier.dates
      .slice(seenAtMost)
      .map((edition) => ({ edition, places: [1, 2, 3, 4].map((part) => part * 90 + Math.floor(random() * 90)) }))
      .reverse(),
  );

  function seenOf(number: number): SeenPlaces[] {
    const filter = distinct[chosen[number] ?? 0];
    const best = filter ? edition.placesOf(filter, mostPapers) : [];
    const older = pool[number % pool.length] ?? [];
    const days = earlier.dates.slice(0, seenAtMost).map((edition) => ({ edition, places: [] as number[] }));
    for (const place of best) {
      const before = Math.floor(random() * 2 * seenAtMost);
      const there = earlier.placesIn[before]?.[place] ?? -1;
      if (before < seenAtMost && there >= 0) days[before]?.places.push(there);
    }
    for (const { places } of days) places.sort((a, b) => a - b);
    return [...older, ...days.reverse()];
  }

  function profileOf(number: number, own: OwnTopic): SubscriberProfile {
    return aProfile({
      topics: [own],
      maxPapers: mostPapers,
      ...(number % 10 === 0 && { never: [copyOf(excluded[(number / 10) % excluded.length] ?? '')] }),
    });
  }

  return (number) => {
    const { form = '' } = distinct[chosen[number] ?? 0] ?? {};
    const own = { name: `Topic ${number}`, filter: '', compiled: copyOf(form) };
    return aSubscriber({
      id: subscriberId(number),
      state: aState({ seen: seenOf(number) }),
      profile: profileOf(number, own),
    });
  };
}

/** As a text that was just read from a row, which nothing knows yet. */
function copyOf(text: string): string {
  return Buffer.from(text).toString();
}
