import { addDays, type CalendarDate, dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { seenBy } from '../../../shared/domain/subscriber/seen-papers.js';
import type { SeenPlaces, Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { shownTitle } from '../../../shared/domain/text/shown-text.js';
import { dayPageUrl, likeUrl } from '../../../shared/mail/send/installation.js';
import type { Keys } from '../../../shared/runtime/keys.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import { openDays } from '../day/open-day.js';

/** The title and id of each paper of an edition, in rank order; `undefined` when there is no such edition. */
export type TitlesOf = (date: CalendarDate) => Promise<readonly Titled[] | undefined>;

interface Titled {
  readonly id: PaperId;
  readonly title: string;
}

/** A digest that was sent: when, how many papers, where it can be read, and for the newest some titles. */
export interface LatestDigest {
  readonly edition: CalendarDate;
  readonly papers: number;
  /** The reader's own page of the day. */
  readonly path: string;
  /** Where its papers can be pressed. */
  readonly pressPath: string;
  readonly titles: readonly string[];
}

interface LatestDigestsDeps {
  readonly editions: Pick<EditionRepository, 'withdrawn'>;
  readonly titlesOf: TitlesOf;
  readonly keys: () => Promise<Keys>;
  readonly now: () => Instant;
}

/** An edition is read for each, unless it was before. */
const mostWithTitles = 5;
const mostTitles = 3;

/** Keeps the titles of editions, which are frozen: as many as a page can ask for, and as many again. */
export function rememberedTitles(editions: Pick<EditionRepository, 'find'>): TitlesOf {
  const kept = new Map<CalendarDate, readonly Titled[]>();
  return async (date) => {
    const known = kept.get(date);
    if (known) return known;
    const titles = (await editions.find(date))?.papers.map(({ paper: { id, title } }) => ({ id, title }));
    const [oldest] = [...kept.keys()].sort();
    if (titles && kept.size >= 2 * openDays && oldest) kept.delete(oldest);
    if (titles) kept.set(date, titles);
    return titles;
  };
}

/** What a subscriber got of the last 14 days' editions, newest first. */
export async function latestDigests(
  { id, state }: Subscriber,
  deps: LatestDigestsDeps,
): Promise<readonly LatestDigest[]> {
  const oldest = addDays(dateOf(deps.now()), -openDays);
  const sent = seenBy(state)
    .filter((entry): entry is SeenPlaces => 'places' in entry && entry.edition > oldest)
    .sort((one, other) => (one.edition < other.edition ? 1 : -1));
  if (sent.length === 0) return [];
  const { signing } = await deps.keys();
  const withdrawn = new Set(await deps.editions.withdrawn());
  const digests: LatestDigest[] = [];
  for (const [index, { edition, places }] of sent.entries()) {
    const papers = index < mostWithTitles ? await deps.titlesOf(edition) : undefined;
    const shown = places.flatMap((place) => papers?.[place] ?? []).filter((paper) => !withdrawn.has(paper.id));
    const titles = shown.slice(0, mostTitles).map(shownTitle);
    const path = dayPageUrl(signing[0], '', id, edition);
    const pressPath = likeUrl(signing[0], '', id, edition);
    digests.push({ edition, papers: places.length, path, pressPath, titles });
  }
  return digests;
}
