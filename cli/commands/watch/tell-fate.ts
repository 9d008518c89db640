import { addDays, type CalendarDate, dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { Consent } from '../../../shared/domain/subscriber/consent.js';
import { standingAfter } from '../../../shared/domain/subscriber/lifecycle.js';
import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import { papersSent } from '../../../shared/domain/subscriber/seen-papers.js';
import { daysInWords } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { Batch, RunRepository } from '../../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { SendingState, TrafficRepository } from '../../../shared/storage/traffic-repository.js';
import { UsageError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { readDate, textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';

/** Where a fate is read. */
export interface Ledger {
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'statusOf'>;
  readonly runs: Pick<RunRepository, 'batchesOf'>;
  readonly editions: Pick<EditionRepository, 'papersOf'>;
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly traffic: Pick<TrafficRepository, 'sending'>;
}

/** One thing that is recorded; `at` is `null` where no instant is kept, and then it comes after all that have one. */
interface FateStep {
  readonly at: string | null;
  readonly what: string;
}

export interface Fate {
  readonly edition: CalendarDate;
  /** How the digest ended; `open`, or `none` when nobody planned it. */
  readonly outcome: string;
  readonly steps: readonly FateStep[];
  /** Neither a row nor the journal knows anybody by that address. */
  readonly isUnknown?: true;
}

/** Tells what happened to one subscriber's digest, and why. */
export const fate: Command = {
  name: 'fate',
  summary: "shows what happened to one subscriber's digest, and why",
  operands: [{ name: 'ADDRESS', help: "the subscriber's email address" }],
  options: {
    date: {
      type: 'string',
      value: 'DAY',
      help: 'the day of the edition; by default the newest for which this subscriber was planned',
    },
  },
  place: 'house',
  more: 'The exit code is 1 if nobody was ever known by that address.',
  async run(given, io) {
    const [address = ''] = given.operands;
    const parsed = parseAddress(address);
    if (!parsed.ok) throw new UsageError(`ADDRESS: ${parsed.message}`);
    const day = textOf(given, 'date');
    const date = day === undefined ? undefined : readDate(day);
    const told = await withOperator(given.place, async (operator) =>
      fateOf(await operator.idOf(address), { date, now: operator.now() }, operator),
    );
    if (told.isUnknown) {
      io.tell(`paperboy: nobody was ever known by ${address}: check the spelling`);
      io.exitWith(1);
    } else io.out(describeFate(told));
    io.json(told);
  },
};

const step = (at: Instant | undefined, what: string): FateStep & { readonly order: Instant } => ({
  at: at === undefined ? null : new Date(at).toISOString(),
  what,
  order: at ?? Number.POSITIVE_INFINITY,
});

/**
 * Reads the fate of one edition's digest, the subscriber's newest unless a date is given: journal, batches, claim, outcome.
 */
export async function fateOf(
  id: SubscriberId,
  { date: wanted, now }: { readonly date?: CalendarDate | undefined; readonly now: Instant },
  { subscribers, runs, editions, consents, traffic }: Ledger,
): Promise<Fate> {
  const [subscriber] = await subscribers.load([id]);
  const date = wanted ?? (await newestPlanned(id, now, { known: subscriber?.state.edition, runs }));
  const [journal, batches, status, sending] = await Promise.all([
    consents.of(id),
    runs.batchesOf(date),
    subscribers.statusOf(id, now),
    traffic.sending('digests'),
  ]);
  const own = batches.filter((batch) => batch.subscribers.includes(id));
  const ended = subscriber?.state.outcomes.find(({ edition }) => edition === date);
  const published = await editions.papersOf(date);
  const papers = (subscriber && papersSent(subscriber.state.seen, date, published ?? [])) ?? [];
  const outcome = ended?.outcome ?? outcomeWithout(subscriber, own, date);
  const steps = [
    ...journal.map(describeConsent),
    ...own.flatMap(describeBatch),
    ...(waiting.has(outcome) ? describeHalt(sending) : []),
    ...describeClaim(subscriber, date),
    ...(ended ? [step(undefined, `ended as ${ended.outcome}, by batch ${ended.batch}`)] : []),
    ...(papers.length > 0 ? [step(undefined, `papers: ${papers.join(' ')}`)] : []),
    ...(outcome === 'none' && published === undefined ? [step(now, `there is no edition of ${date}`)] : []),
    step(now, `${standing(status, journal)}${daysOfMail(subscriber)}${leavingOut(subscriber)}`),
  ].sort((one, other) => one.order - other.order);
  const isUnknown = isStranger(status, journal);
  return {
    edition: date,
    outcome,
    steps: steps.map(({ order: _, ...told }) => told),
    ...(isUnknown && { isUnknown }),
  };
}

const isStranger = (status: string, journal: readonly Consent[]) => status === 'none' && journal.length === 0;

function standing(status: string, journal: readonly Consent[]): string {
  if (isStranger(status, journal)) return 'is unknown to this Paperboy: check the spelling of the address';
  if (status !== 'none') return `is ${status}`;
  return `has no subscription; according to the journal, ${standingAfter(journal)}`;
}

/** Which days the digests come, where that is not every day: on the others nobody plans one. */
const daysOfMail = (subscriber: Subscriber | undefined) =>
  subscriber?.profile.days === undefined ? '' : `; digests come ${daysInWords(subscriber.profile.days)}`;

/** Why papers of somebody's topics may be missing: how many filters leave papers out, never which. */
const leavingOut = (subscriber: Subscriber | undefined) => {
  const count = subscriber?.profile.never?.length ?? 0;
  return count === 0 ? '' : `; leaves out what ${count === 1 ? 'one filter matches' : `${count} filters match`}`;
};

/** The newest edition that somebody was planned for: one that still waits has left no trace in their own row. */
async function newestPlanned(
  id: SubscriberId,
  now: Instant,
  { known, runs }: { readonly known: CalendarDate | undefined; readonly runs: Ledger['runs'] },
): Promise<CalendarDate> {
  const today = dateOf(now);
  for (const date of [today, addDays(today, -1)]) {
    if (known !== undefined && known >= date) return known;
    if ((await runs.batchesOf(date)).some(({ subscribers }) => subscribers.includes(id))) return date;
  }
  return known ?? today;
}

const describeConsent = ({ event, at, cause }: Consent) => step(at, `${event} (${cause})`);

function describeBatch({ id, openedAt, countedAt, balance, uncertain }: Batch) {
  const counted = `batch ${id} was last counted: ${balance.open} of ${balance.candidates} open, ${uncertain.length} uncertain`;
  return [step(openedAt, `planned in batch ${id}`), ...(countedAt === undefined ? [] : [step(countedAt, counted)])];
}

/** Where a halt may be why there is no mail. */
const waiting: ReadonlySet<string> = new Set(['open', 'none', 'expired']);

function describeHalt({ haltedAt, haltedBy }: SendingState) {
  if (haltedAt === undefined) return [];
  const why = haltedBy === 'admin' ? 'paused by an admin' : 'halted after bounces or complaints';
  return [step(haltedAt, `all digests were ${why} and have been waiting since; \`resume sending\` ends that`)];
}

function describeClaim(subscriber: Subscriber | undefined, date: CalendarDate) {
  const claim = subscriber?.state.claim;
  if (claim?.edition !== date) return [];
  const purpose = claim.kind === undefined ? '' : ` (${claim.kind})`;
  const state = claim.isUnsent ? 'surely not sent yet; it will be tried again' : 'in doubt: it may have been sent';
  return [
    ...(claim.firstAt === undefined ? [] : [step(claim.firstAt, 'claimed, attempt 1')]),
    step(claim.at, `claimed by batch ${claim.batch}, attempt ${claim.attempt}${purpose}; ${state}`),
  ];
}

/** What became of a digest without a recorded outcome, as its run counts it. */
function outcomeWithout(subscriber: Subscriber | undefined, own: readonly Batch[], date: CalendarDate): string {
  if (subscriber?.state.claim?.edition === date) return 'open';
  if (own.length === 0) return 'none';
  if (subscriber?.state.status !== 'active') return 'suppressed';
  const newest = subscriber.state.edition;
  return newest !== undefined && newest > date ? 'expired' : 'open';
}

/** A fate in lines. */
export function describeFate({ edition, outcome, steps }: Fate): string {
  const lines = steps.map(({ at, what }) => `${at ?? ''.padEnd(24)}  ${what}`);
  return [`Digest of ${edition}: ${outcome}`, ...lines, ''].join('\n');
}
