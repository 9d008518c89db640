import type { PapersFound } from '../../shared/contract/events.js';
import { completed, nextStep, waitingIds } from '../../shared/domain/likeness/kept-topic.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { changeStored, type LearnDeps, type LookUp, learnAnew } from '../../shared/learning/learn-anew.js';
import type { LearnedTopicRepository, StoredTopic } from '../../shared/storage/examples/learned-topics.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { closedTable, type TableGate } from '../../shared/storage/subscribers/name-row.js';

export interface LearnTopicsDeps extends LearnDeps {
  readonly topics: LearnDeps['topics'] & Pick<LearnedTopicRepository, 'due'>;
  readonly isOwnTable: TableGate;
  readonly papers: Pick<PaperRepository, 'descriptions'>;
  readonly lookUp: (asked: LookUp) => Promise<void>;
  readonly warn: (message: string, what: object) => void;
}

interface LearnTopicsReport {
  readonly subscribers: number;
  readonly gone: number;
}

/** One look takes a second for ten subscribers; whoever is left is first in the next. */
const mostAtOnce = 1000;

/** Completes the learned topics of a subscriber whose papers were looked up; throws while the table waits for its replay. */
export async function learnTopics(
  { subscriber, missing }: PapersFound,
  deps: LearnTopicsDeps,
): Promise<LearnTopicsReport> {
  if (!(await deps.isOwnTable())) throw new Error(closedTable);
  return report([await complete(subscriber, new Set(missing), deps)]);
}

/**
 * Completes the learned topics of all who wait for longer than they should: because an event was lost, or somebody died between the
 * examples and the profile. Throws, and looks at nobody, while the Subscribers table waits for its replay.
 */
export async function lookAround(deps: LearnTopicsDeps): Promise<LearnTopicsReport> {
  if (!(await deps.isOwnTable())) throw new Error(closedTable);
  const outcomes: ('done' | 'gone')[] = [];
  let failed = 0;
  for (const { subscriber } of (await deps.topics.due(deps.now())).slice(0, mostAtOnce)) {
    try {
      outcomes.push(await complete(subscriber, new Set(), deps));
    } catch (error) {
      failed += 1;
      deps.warn('the learned topics of a subscriber stay unfinished', { subscriber, error });
    }
  }
  if (failed > 0) throw new Error(`the learned topics of ${failed} subscribers stay unfinished`);
  return report(outcomes);
}

function report(outcomes: readonly ('done' | 'gone')[]): LearnTopicsReport {
  return { subscribers: outcomes.length, gone: outcomes.filter((outcome) => outcome === 'gone').length };
}

function complete(
  subscriber: SubscriberId,
  missing: ReadonlySet<string>,
  deps: LearnTopicsDeps,
): Promise<'done' | 'gone'> {
  const work = async () => {
    for (const topic of await deps.topics.load(subscriber, deps.now())) await fill(subscriber, topic, missing, deps);
    await askAgain(subscriber, deps);
    return 'done' as const;
  };
  return learnAnew(subscriber, work, deps);
}

async function fill(
  subscriber: SubscriberId,
  topic: StoredTopic,
  missing: ReadonlySet<string>,
  deps: LearnTopicsDeps,
): Promise<void> {
  const ids = waitingIds(topic);
  if (ids.length === 0) return;
  const known = new Map((await deps.papers.descriptions(ids)).map((paper) => [paper.id, paper]));
  await changeStored(subscriber, topic.n, (kept) => completed(kept, known, missing), deps);
}

/** Asks arXiv once more for what has waited for a day, and calls off what it has been asked for in vain. */
async function askAgain(subscriber: SubscriberId, deps: LearnTopicsDeps): Promise<void> {
  const now = deps.now();
  const topics = await deps.topics.load(subscriber, now);
  const due = topics.filter((topic) => nextStep(topic, now) === 'ask');
  for (const { n } of topics.filter((topic) => nextStep(topic, now) === 'give-up')) {
    const callOff = (kept: StoredTopic | Parameters<typeof completed>[0]) =>
      nextStep(kept, now) === 'give-up' ? completed(kept, new Map(), new Set(waitingIds(kept))) : kept;
    await changeStored(subscriber, n, callOff, deps);
  }
  const status = due.length > 0 ? await deps.subscribers.statusOf(subscriber, now) : 'none';
  // Before an address is confirmed, nobody is asked for it.
  if (status !== 'active' && status !== 'paused') return;
  const ids = [...new Set(due.flatMap((topic): readonly PaperId[] => waitingIds(topic)))];
  await deps.lookUp({ kind: 'look-up', subscriber, ids });
  for (const { n } of due) {
    const asked = (times = 0) => ({ at: now, times: times + 1 });
    await changeStored(subscriber, n, (kept) => ({ ...kept, asked: asked(kept.asked?.times) }), deps);
  }
}
