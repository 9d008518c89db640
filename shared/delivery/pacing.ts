import { type Instant, minuteMs } from '../domain/calendar-date.js';
import type { SendQuota } from '../mail/send/ses-sender.js';
import { askedTogether } from '../runtime/asked-together.js';

/** Waits until the next mail may be sent. */
type NextTurn = () => Promise<void>;

/** What a pace goes by: milliseconds since some fixed instant, and how to wait. */
interface PaceTime {
  readonly elapsed: () => number;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** What the account's rate keeps for everybody else: a tenth where it is low, and never less than a fiftieth. */
const leastKept = { share: 0.02, perSecond: 2, mostShare: 0.1 };

/**
 * The mails a second that all digests together may take of the account's rate. Notices and repeated offers need a few a
 * second, however large the account is: two of them, and a fiftieth where that is more, for clocks and timers are not exact.
 */
export function digestRate(perSecond: number): number {
  const { share, perSecond: few, mostShare } = leastKept;
  return perSecond - Math.min(perSecond * mostShare, Math.max(few, perSecond * share));
}

/** How much faster than the rate turns may follow each other while time that a job lost is made up for. */
const hurry = 1.25;

/** A timer that rings so late costs no turn. */
const timerLagMs = 2;

/**
 * Gives turns in the order in which they were asked for, evenly: `perSecond` of them over time, and never more than `most`
 * in one second. Time without turns, as between two jobs, is made up for within the next second, and as far as `most` is
 * above the rate, within those after it.
 */
export function evenPace(
  perSecond: number,
  { elapsed, sleep }: PaceTime,
  most: number = Math.ceil(perSecond),
): NextTurn {
  if (!(perSecond > 0)) throw new RangeError(`a rate must be above 0, not ${perSecond}`);
  const stepMs = 1000 / perSecond;
  const windowMs = Math.max(1000, Math.ceil(perSecond) * stepMs);
  const given: number[] = [];
  let even: number | undefined;
  let due = Number.NEGATIVE_INFINITY;
  let last: Promise<unknown> = Promise.resolve();

  async function next(): Promise<void> {
    const asked = elapsed();
    even = even === undefined ? asked : Math.max(even + stepMs, asked - windowMs);
    const full = given.length < most ? undefined : given.shift();
    due = Math.max(even, due + stepMs / hurry, full === undefined ? even : full + windowMs);
    // A timer drops fractions of a millisecond and would ring too early: such turns add up to a rate above the limit.
    for (let left = due - asked; left > 0; left = due - elapsed()) await sleep(Math.ceil(left));
    const now = elapsed();
    due = Math.max(due, now - timerLagMs);
    given.push(now);
  }

  return () => {
    const turn = last.then(next);
    last = turn;
    return turn;
  };
}

/**
 * One pace for all jobs of a process, replaced when the rate changes: many small jobs must not each start with a free
 * turn.
 */
export function sharedPace(time: PaceTime): (perSecond: number, most?: number) => NextTurn {
  let known: { readonly perSecond: number; readonly next: NextTurn } | undefined;
  return (perSecond, most) => {
    if (known?.perSecond !== perSecond) known = { perSecond, next: evenPace(perSecond, time, most) };
    return known.next;
  };
}

/** Does one piece of work when it is its turn. */
export type Lane = <Result>(work: () => Promise<Result>) => Promise<Result>;

/** So many pieces of work at a time, whoever they are of, and the others in the order in which they came. */
export function lanes(width: number): Lane {
  const waiting: (() => void)[] = [];
  let free = width;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((ready) => waiting.push(ready));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/**
 * Reads the quota at most once a minute, and once for all who ask together: SES answers it only once a second for the whole
 * account, and who has the same answer shares what is left.
 */
export function rememberedQuota(read: () => Promise<SendQuota>, now: () => Instant): () => Promise<SendQuota> {
  let known: { readonly quota: SendQuota; readonly at: Instant } | undefined;
  const ask = askedTogether(async () => {
    const quota = await read();
    known = { quota, at: now() };
    return quota;
  });
  return async () => (known && now() - known.at < minuteMs ? known.quota : ask());
}
