import type { Context } from 'hono';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Subscriber, TopicChoice } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { LearnedTopicRepository, StoredTopic } from '../../../shared/storage/examples/learned-topics.js';

interface ExportDeps {
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly learnedTopics: Pick<LearnedTopicRepository, 'load'>;
  readonly now: () => Instant;
}

const timeOf = (at: Instant) => new Date(at).toISOString();

/** A topic as it can be written: what sending reads of a learned one is packed. */
function inText(choice: TopicChoice) {
  return 'like' in choice ? { ...choice, like: Buffer.from(choice.like).toString('base64') } : choice;
}

/** A learned topic with its examples and what the reader changed; words are as they are compared. */
function exported({ n, topic, notFound, asked }: StoredTopic) {
  const examples = topic.examples.map(({ words, ...example }) => ({
    ...example,
    words: words ? Object.fromEntries(words) : 'not known yet',
  }));
  return { n, ...topic, examples, notFound, ...(asked && { asked: { ...asked, at: timeOf(asked.at) } }) };
}

/** All that is stored about a subscriber as a file, to be read by people and programs: times in ISO 8601, UTC. */
export async function exportSubscriber(context: Context, { id, state, profile }: Subscriber, deps: ExportDeps) {
  const learned = await deps.learnedTopics.load(id, deps.now());
  const journal = await deps.consents.of(id);
  const stored = {
    exportedAt: timeOf(deps.now()),
    pageVersion,
    subscriber: id,
    status: state.status,
    ...(state.suppressedBy && { suppressedBy: state.suppressedBy }),
    ...(state.softBounces && { softBounces: state.softBounces }),
    ...(state.pausedUntil !== undefined && { pausedUntil: timeOf(state.pausedUntil) }),
    profile: { ...profile, topics: profile.topics.map(inText) },
    learnedTopics: learned.map(exported),
    ...(state.claim && { digestOnItsWay: { ...state.claim, at: timeOf(state.claim.at) } }),
    outcomes: state.outcomes,
    seenPapers: state.seen,
    consents: journal.map(({ subscriber: _, at, ...entry }) => ({ at: timeOf(at), ...entry })),
  };
  context.header('Content-Disposition', 'attachment; filename="paperboy.json"');
  context.header('Content-Type', 'application/json; charset=utf-8');
  return context.body(`${JSON.stringify(stored, undefined, 2)}\n`);
}
