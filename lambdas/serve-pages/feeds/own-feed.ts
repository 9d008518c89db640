import { subscriberId } from '../../../shared/contract/ids.js';
import { plainFeedPaths } from '../../../shared/contract/page-routes.js';
import { dateOf, hourMs, type Instant, minuteMs, startOf } from '../../../shared/domain/calendar-date.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { seenBy } from '../../../shared/domain/subscriber/seen-papers.js';
import type { SeenPlaces, Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { Keys } from '../../../shared/runtime/keys.js';
import { signToken, verifyToken } from '../../../shared/runtime/tokens.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { FeedFormat } from './feed-addresses.js';
import { type FeedDocument, type FeedEntry, feedEntry } from './feed-entry.js';
import type { LoadSent } from './remembered-sent.js';

/** How many digests the private feed goes back. */
const shownDigests = 14;

const isSubscribed = ({ state: { status } }: Subscriber) => status === 'active' || status === 'paused';

interface OwnFeedAddressDeps {
  readonly keys: () => Promise<Keys>;
  readonly pagesUrl: string;
}

/** The address of a subscriber's private feed; `undefined` while there is none. */
export async function ownFeedUrl(
  { id, profile: { feed } }: Subscriber,
  { keys, pagesUrl }: OwnFeedAddressDeps,
  format: FeedFormat = 'atom',
): Promise<string | undefined> {
  if (feed === undefined) return undefined;
  const { signing } = await keys();
  return `${pagesUrl}${plainFeedPaths.own[format]}?token=${signToken(signing[0], 'feed', { subscriber: id, issuedOn: feed })}`;
}

/** The minute that goes with a new address: never that of the one before. */
export function nextFeed(now: Instant, former = 0): number {
  return Math.max(Math.floor(now / minuteMs), former + 1);
}

export interface OwnFeedDeps {
  readonly keys: () => Promise<Keys>;
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly editions: Pick<EditionRepository, 'withdrawn'>;
  readonly loadSent: LoadSent;
  readonly pagesUrl: string;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly now: () => Instant;
}

/**
 * The papers of a subscriber's last 14 digests, the newest first. `void`: the token is damaged or of an address that was
 * given up, or no digests go there.
 */
export async function openOwnFeed(token: string, deps: OwnFeedDeps): Promise<FeedDocument | 'void'> {
  const { signing } = await deps.keys();
  // It does not age: its subscriber ends it.
  const claims = verifyToken(signing, 'feed', token, Number.MAX_SAFE_INTEGER, Number.POSITIVE_INFINITY);
  const id = subscriberId.safeParse(claims?.subscriber).data;
  const [subscriber] = id ? await deps.subscribers.load([id]) : [];
  if (!subscriber || !isSubscribed(subscriber) || subscriber.profile.feed !== claims?.issuedOn) return 'void';
  return feedFor(subscriber, deps);
}

async function feedFor({ id, state, profile }: Subscriber, deps: OwnFeedDeps): Promise<FeedDocument> {
  const { pagesUrl, publishHour } = deps;
  const sent = seenBy(state)
    .filter((entry): entry is SeenPlaces => 'places' in entry)
    .sort((one, other) => (one.edition < other.edition ? 1 : -1))
    .slice(0, shownDigests);
  const dueAt = ({ edition }: Pick<SeenPlaces, 'edition'>) => startOf(edition) + publishHour * hourMs;
  const withdrawn = new Set(await deps.editions.withdrawn());
  const size = profile.aiSummaries === false ? 'lead-own-words' : 'lead';
  const entries = new Map<string, FeedEntry>();
  for (const { edition, papers } of await deps.loadSent(sent)) {
    for (const paper of papers) {
      const options = { pagesUrl, withdrawn, updatedAt: dueAt({ edition }), size } as const;
      // A second attempt at a mail may have brought a paper twice.
      if (!entries.has(paper.id)) entries.set(paper.id, feedEntry(unranked(paper), options));
    }
  }
  const [newest] = sent;
  return {
    // Without the token, which changes with the address.
    id: `${pagesUrl}${plainFeedPaths.own.atom}#${id}`,
    title: 'Paperboy: your papers',
    description: 'The papers of your last digests.',
    pageUrl: `${pagesUrl}/`,
    updatedAt: newest ? dueAt(newest) : startOf(dateOf(deps.now())),
    entries: [...entries.values()],
  };
}

/** A feed is read long after the mail: how the paper rose that day is left to its page. */
const unranked = (paper: Paper) => ({ paper, score: { value: 0, parts: [] }, counts: {} });
