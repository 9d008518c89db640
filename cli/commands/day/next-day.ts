import { dateOf, dayMs, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../../shared/domain/edition/hindsight.js';
import { outcomes } from '../../../shared/domain/subscriber/outcome.js';
import { configured, type PaperboyHouse } from '../../house/paperboy-house.js';
import type { HouseClock } from '../../local/clock.js';
import { describeHindsight } from '../watch/show-run.js';
import type { LivedTime } from './lived-time.js';

/** What a lived day brought. */
export interface LivedDay {
  readonly at: Instant;
  readonly newMails: number;
  /** Why none of the new mails is the day's digest; absent when one is. */
  readonly whyNoDigest?: string;
  /** Those that were not known before. */
  readonly hindsights: readonly Hindsight[];
  readonly newFailures: readonly string[];
}

/** A house that is looked at, by a clock of its own. */
interface Looked {
  readonly paperboy: PaperboyHouse;
  readonly clock: HouseClock;
  readonly time: LivedTime;
}

/** Reads the sources, which publishes the edition; then, after `isPublished`, sends what is due by now. */
export function liveFirstDay(
  { paperboy, clock }: Omit<Looked, 'time'>,
  isPublished: () => void | Promise<void>,
): Promise<LivedDay> {
  return observed({ paperboy, clock }, async () => {
    await fire(paperboy, 'IngestPapers');
    await isPublished();
    await fire(paperboy, 'PlanDigests');
  });
}

/** Plans and sends what is due by now. */
export function runTick({ paperboy, clock }: Omit<Looked, 'time'>): Promise<LivedDay> {
  return observed({ paperboy, clock }, () => fire(paperboy, 'PlanDigests'));
}

/**
 * Lives to the same time of the next day. What would come within that day anyway, its digest and the hindsight of an
 * edition that is now seven days old, is brought about at once: nobody who looks wants to wait for the evening.
 */
export function liveNextDay({ paperboy, clock, time }: Looked): Promise<LivedDay> {
  return observed({ paperboy, clock }, async () => {
    await time.liveOn(dayMs);
    await fire(paperboy, 'PlanDigests');
    await fire(paperboy, 'ReviewEditions');
  });
}

async function fire({ house }: PaperboyHouse, functionId: string): Promise<void> {
  await house.fire(functionId);
  await house.settle();
}

/** More than any clock brings in one day. */
const newestHindsights = 30;

async function observed({ paperboy, clock }: Omit<Looked, 'time'>, live: () => Promise<void>): Promise<LivedDay> {
  const { house, hindsights } = paperboy;
  const [mails, failures] = [house.mails().length, house.failures().length];
  const known = new Set((await hindsights.newest(newestHindsights)).map(({ date }) => date));
  await live();
  const newest = await hindsights.newest(newestHindsights);
  const whyNoDigest = await whyNone(paperboy, clock.now());
  return {
    at: clock.now(),
    newMails: house.mails().length - mails,
    ...(whyNoDigest === undefined ? {} : { whyNoDigest }),
    hindsights: newest.filter(({ date }) => !known.has(date)).reverse(),
    newFailures: house.failures().slice(failures),
  };
}

async function whyNone({ editions, papers, runs, traffic }: PaperboyHouse, now: Instant): Promise<string | undefined> {
  const date = dateOf(now);
  if (!(await editions.isPublished(date))) {
    const { publishHour } = configured();
    if (now < startOf(date) + publishHour * hourMs) return `the edition of ${date} comes out at ${publishHour}:00 UTC`;
    const isAnswered = (await papers.health()).some(({ status }) => status !== 'down');
    const why = isAnswered ? 'no paper was listed in the last seven days' : 'no source answered';
    return `there is no edition of ${date}: ${why}`;
  }
  const balance = await runs.balance(date);
  if (balance.sent > 0 || balance['quiet-noted'] > 0) return undefined;
  if (balance.unmatched > 0) return `nothing in the edition of ${date} is new and in the topics`;
  if (balance.candidates === 0) return `nobody is due for the edition of ${date} yet`;
  const ended = outcomes.filter((outcome) => balance[outcome] > 0);
  if (ended.length > 0) return `the digest of ${date} is ${ended.join(', ')}`;
  const { haltedAt } = await traffic.sending('digests');
  const waits = haltedAt === undefined ? 'a tick looks again within 15 minutes' : 'it waits for `resume sending`';
  return `the digest of ${date} is not sent yet; ${waits}`;
}

/** A lived day in lines for a terminal. */
export function describeDay({ newMails, whyNoDigest, hindsights, newFailures }: LivedDay): string[] {
  return [
    ...(newMails > 0 ? [`${newMails} new ${newMails === 1 ? 'mail' : 'mails'} in the inbox.`] : []),
    ...(whyNoDigest === undefined ? [] : [`No digest: ${whyNoDigest}.`]),
    ...hindsights.map(describeHindsight),
    ...newFailures.map((failure) => `failed: ${failure}`),
  ];
}
