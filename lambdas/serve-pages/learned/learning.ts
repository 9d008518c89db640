import { dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import type { ChangeLearnedTopicDeps } from '../../../shared/learning/change-learned-topic.js';
import type { FindKnownDeps } from '../../../shared/learning/find-known.js';
import { type NewestBackground, rememberedBackground, topicLearner } from '../../../shared/learning/topic-learner.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { Archives } from '../editions/remembered-editions.js';

/** What the pages need to learn topics from papers. */
export interface Learning {
  readonly learnedTopics: ChangeLearnedTopicDeps['topics'];
  readonly learning: ChangeLearnedTopicDeps;
  /** Finds papers that somebody names. */
  readonly named: FindKnownDeps;
  /** What learned topics are told apart from. */
  readonly background: () => Promise<NewestBackground>;
  /** Asks ingest-papers, which alone asks arXiv. */
  readonly lookUp: ChangeLearnedTopicDeps['lookUp'];
}

interface LearningParts<Topics extends ChangeLearnedTopicDeps['topics']> {
  readonly learnedTopics: Topics;
  readonly subscribers: ChangeLearnedTopicDeps['subscribers'];
  readonly editions: Pick<EditionRepository, 'newestDate' | 'find' | 'frequencies'>;
  readonly archives: Pick<Archives, 'lastDays'>;
  readonly papers: FindKnownDeps['papers'];
  readonly lookUp: ChangeLearnedTopicDeps['lookUp'];
  readonly randomToken: () => string;
  readonly now: () => Instant;
}

/** Puts together what learning needs; the newest edition's background is made once for all pages. */
export function learningFrom<Topics extends ChangeLearnedTopicDeps['topics']>(parts: LearningParts<Topics>) {
  const { learnedTopics, subscribers, editions, archives, papers, lookUp, randomToken, now } = parts;
  const background = rememberedBackground({ editions, now });
  return {
    learnedTopics,
    lookUp,
    background,
    named: { papers, archive: (filters: number) => archives.lastDays(dateOf(now()), filters) },
    learning: { topics: learnedTopics, subscribers, learn: topicLearner(background), mark: randomToken, lookUp, now },
  };
}
