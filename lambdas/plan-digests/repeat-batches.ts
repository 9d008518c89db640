import {
  type CalendarDate,
  dateOf,
  daysUpTo,
  hourMs,
  type Instant,
  minuteMs,
} from '../../shared/domain/calendar-date.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import { inParallel } from '../../shared/storage/dynamo/reading.js';
import type { Batch, RunRepository } from '../../shared/storage/runs-repository.js';
import type { AskForBatches } from './ask-for-batches.js';

/**
 * A batch that a job left open this long ago is asked for again: it waits for events, for quota or for a fault to be
 * fixed. That is less than the time between two ticks, so that each asks again for what the job of the last one left.
 */
const retryAfterMs = 14 * minuteMs + 1000;

/**
 * The queue gives a job up after five attempts, 18 minutes apart. Before that a batch that no job has finished is not
 * asked for again: in a backlog of hours every tick would double it.
 */
const queueGivesUpAfterMs = 2 * hourMs;

const notedAtOnce = 10;

/** How many editions back open batches are looked for; their digests expired long before. */
const daysLookedBack = 7;

interface RepeatBatchesDeps {
  readonly runs: Pick<RunRepository, 'findBatch' | 'openBatches' | 'openBatchIds' | 'noteAsked'>;
  readonly ask: AskForBatches;
  readonly warn: (message: string, what: object) => void;
}

/** What went wrong at one tick while the rest went on. */
export interface Skips {
  count: number;
  /** The first fault that may be over when the tick is tried again. */
  fault?: unknown;
}

/** Counts and names what is skipped. */
export function skip(what: object, error: unknown, skips: Skips, { warn }: Pick<RepeatBatchesDeps, 'warn'>): void {
  warn('what cannot be planned was skipped; the others go on', { ...what, reason: describeFault(error) });
  skips.count += 1;
}

/** The ids of the batches that this tick has planned, by run: they need not be read again. */
type Planned = ReadonlyMap<CalendarDate, ReadonlySet<string>>;

/** Asks again for every batch that waits and that no job is at; answers how many there were. */
export async function repeatOpenBatches(
  now: Instant,
  skips: Skips,
  planned: Planned,
  deps: RepeatBatchesDeps,
): Promise<number> {
  let repeated = 0;
  for (const run of daysUpTo(dateOf(now), daysLookedBack)) {
    const open = await readOpenBatches(run, skips, planned.get(run) ?? new Set(), deps);
    const idle = open.filter((batch) => isIdle(batch, now));
    await deps.ask(idle);
    const uncounted = idle.filter(({ countedAt }) => countedAt === undefined);
    await inParallel(uncounted, notedAtOnce, ({ id }) => deps.runs.noteAsked(run, id, now));
    repeated += idle.length;
  }
  return repeated;
}

/** Whether a batch's last job left it open a while ago, or the queue has given up on every job it had. */
function isIdle({ countedAt, askedAt, openedAt }: Batch, now: Instant): boolean {
  if (countedAt !== undefined) return countedAt <= now - retryAfterMs;
  return (askedAt ?? openedAt) <= now - queueGivesUpAfterMs;
}

/** A run's open batches, read together, or if that fails one by one, so that one bad row holds up no other batch. */
async function readOpenBatches(
  run: CalendarDate,
  skips: Skips,
  planned: ReadonlySet<string>,
  deps: RepeatBatchesDeps,
): Promise<readonly Batch[]> {
  try {
    return await deps.runs.openBatches(run, planned);
  } catch {
    const found: Batch[] = [];
    for (const id of await deps.runs.openBatchIds(run)) {
      if (planned.has(id)) continue;
      try {
        const batch = await deps.runs.findBatch(run, id);
        if (batch && batch.balance.open > 0) found.push(batch);
      } catch (error) {
        skip({ run, batch: id }, error, skips, deps);
      }
    }
    return found;
  }
}
