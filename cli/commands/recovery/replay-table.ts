import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { type CalendarDate, dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import { inParallel } from '../../../shared/storage/dynamo/reading.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import { consentsInBulk } from '../../../shared/storage/register/consents-in-bulk.js';
import { type KnownSince, type Replayed, restoredRows } from '../../../shared/storage/restored/restored-rows.js';
import {
  backupEdition,
  endReplay,
  fetchSubscriber,
  type RestoredState,
  restoredStates,
} from '../../../shared/storage/restored/restored-table.js';
import type { RunRepository } from '../../../shared/storage/runs-repository.js';
import { writeName } from '../../../shared/storage/subscribers/name-row.js';
import { subscriberMoves } from '../../../shared/storage/subscribers/subscriber-moves.js';
import { finishMove } from './finish-move.js';
import { readRuns, runsSince, welcomesSince } from './sent-since.js';

/** How many subscribers are replayed at the same time. */
const width = 16;

interface ReplayTableDeps {
  readonly dynamo: DynamoDBDocumentClient;
  /** Physical names: the restored table, and the journal. */
  readonly tables: { readonly subscribers: string; readonly consents: string };
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly editions: Pick<EditionRepository, 'publishedWithin'>;
  readonly runs: Pick<RunRepository, 'batchesOf'>;
  /** Told once how many subscribers there are, then of each that is done. */
  readonly progress: (total: number) => { readonly step: () => void; readonly end: () => void };
  /** Called once all is replayed, before mails may go out from the restored table. */
  readonly beforeNaming?: () => Promise<unknown>;
  readonly now: () => Instant;
}

export interface ReplayTableInput {
  readonly isDryRun: boolean;
  /** The table that newcomers are fetched from, where it is still there. */
  readonly newcomersFrom?: string;
}

/** How many subscribers were brought where; whoever stood there already is in `asTheyWere`. */
export interface ReplayReport {
  readonly subscribers: number;
  readonly asTheyWere: number;
  readonly unsubscribed: number;
  readonly complained: number;
  readonly bounced: number;
  readonly erased: number;
  readonly paused: number;
  readonly active: number;
  /** Who may have been sent editions since the backup, whose papers now count as seen. */
  readonly sentSince: number;
  /** The newest edition that the backup knows. */
  readonly backupEdition?: CalendarDate;
  readonly fetched: number;
  /** Who subscribed after the backup and is in no table any more: the journal holds no address. */
  readonly newcomers: readonly SubscriberId[];
}

/**
 * Replays onto a restored table what the consent journal says, marks what may have been sent since the backup as seen, and
 * names the table at last, which lets mails go out. A replay that was killed goes on: what was done is found done.
 */
export async function replayTable(input: ReplayTableInput, deps: ReplayTableDeps): Promise<ReplayReport> {
  const { dynamo, tables } = deps;
  const states: RestoredState[] = [];
  for await (const state of restoredStates(dynamo, tables.subscribers)) states.push(state);
  const found = states.reduce<CalendarDate | undefined>(
    (newest, { edition }) => (newest === undefined || (edition && edition > newest) ? edition : newest),
    undefined,
  );
  const newest = await backupEdition(dynamo, tables.subscribers, found, input.isDryRun);
  const known = await readKnown(newest, deps);
  const everybody = new Set([
    ...states.map(({ id }) => id),
    ...(await consentsInBulk(dynamo, tables.consents).everybody()),
  ]);
  const bar = deps.progress(everybody.size);
  try {
    if (!input.isDryRun) await finishMoves(states, known, deps);
    const tally = await replayAll([...everybody], known, { ...input, step: bar.step }, deps);
    if (!input.isDryRun) {
      await deps.beforeNaming?.();
      await writeName(dynamo, tables.subscribers);
      await endReplay(dynamo, tables.subscribers);
    }
    return { ...tally, subscribers: everybody.size, ...(newest && { backupEdition: newest }) };
  } finally {
    bar.end();
  }
}

/** What happened since the backup: the journal is asked for each subscriber, the runs are read once. */
async function readKnown(newest: CalendarDate | undefined, deps: ReplayTableDeps): Promise<KnownSince> {
  const days = runsSince(newest, dateOf(deps.now()));
  const sent = await readRuns(days, deps.runs);
  const [from, to] = [days[0], days.at(-1)];
  const published = from && to ? await deps.editions.publishedWithin({ from, to }) : [];
  return {
    journalOf: deps.consents.of,
    sentTo: (id, journal, row) => {
      const all = [...(sent.get(id) ?? []), ...welcomesSince(journal, row.confirmedAt, published)];
      return all.sort((one, other) => (one.edition < other.edition ? -1 : 1));
    },
  };
}

/** Before anybody is erased: the new address takes over what the old one has. */
async function finishMoves(states: readonly RestoredState[], known: KnownSince, deps: ReplayTableDeps): Promise<void> {
  const { dynamo, tables, consents, now } = deps;
  const rows = restoredRows(dynamo, tables.subscribers);
  const markSent = (id: SubscriberId) => rows.markSent(id, known);
  const moves = subscriberMoves(dynamo, tables.subscribers);
  for (const { id, movesFrom, tokenHash } of states) {
    if (movesFrom === undefined) continue;
    const move = { from: movesFrom, to: id };
    await finishMove(move, tokenHash, { moves, consents, markSent, now });
  }
}

type Tally = Omit<ReplayReport, 'subscribers' | 'backupEdition'>;

async function replayAll(
  ids: readonly SubscriberId[],
  known: KnownSince,
  { isDryRun, newcomersFrom, step }: ReplayTableInput & { readonly step: () => void },
  { dynamo, tables, now }: ReplayTableDeps,
): Promise<Tally> {
  const rows = restoredRows(dynamo, tables.subscribers);
  let fetched = 0;
  const replayed = await inParallel(ids, width, async (id) => {
    let done = await rows.replay(id, known, now(), isDryRun);
    if (isNewcomer(done) && newcomersFrom !== undefined && !isDryRun) {
      if (await fetchSubscriber(dynamo, { from: newcomersFrom, to: tables.subscribers }, id)) {
        fetched += 1;
        done = await rows.replay(id, known, now(), isDryRun);
      }
    }
    step();
    return { id, ...done };
  });
  return { ...tallied(replayed), fetched };
}

function tallied(replayed: readonly (Replayed & { readonly id: SubscriberId })[]): Omit<Tally, 'fetched'> {
  const count = (isIt: (each: Replayed) => boolean) => replayed.filter(isIt).length;
  const standing = ({ replay }: Replayed) =>
    replay.do === 'stand' ? replay.standing : replay.do === 'mark' || replay.do === 'erase' ? replay.mark : undefined;
  return {
    asTheyWere: count(({ replay }) => replay.do === 'nothing'),
    unsubscribed: count((each) => standing(each) === 'unsubscribed'),
    complained: count((each) => standing(each) === 'suppressed'),
    bounced: count((each) => standing(each) === 'bounced'),
    erased: count(({ replay }) => replay.do === 'erase'),
    paused: count((each) => standing(each) === 'paused'),
    active: count((each) => standing(each) === 'active'),
    sentSince: count(({ editions }) => editions > 0),
    newcomers: replayed
      .filter(isNewcomer)
      .map(({ id }) => id)
      .sort(),
  };
}

const isNewcomer = ({ replay }: Replayed) => replay.do === 'list' || (replay.do === 'erase' && replay.isListed);
