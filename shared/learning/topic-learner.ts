import { type CalendarDate, dateOf, type Instant } from '../domain/calendar-date.js';
import { type Background, backgroundOf } from '../domain/likeness/learn/background.js';
import { learnProfile } from '../domain/likeness/learn/learn-profile.js';
import type { LearnedTopic, WordCounts } from '../domain/likeness/learned-topic.js';
import type { Frequencies } from '../domain/likeness/likeness-profile.js';
import { packProfile } from '../domain/likeness/packed-profile.js';
import { wordCounts } from '../domain/likeness/word-counts.js';
import type { EditionRepository } from '../storage/editions-repository.js';

interface TopicLearnerDeps {
  readonly editions: Pick<EditionRepository, 'newestDate' | 'find'>;
  readonly now: () => Instant;
}

/** Gives the background that topics are told apart from now: the papers of the newest edition, or none before the first. */
export function rememberedBackground({ editions, now }: TopicLearnerDeps): () => Promise<Background> {
  let last: { readonly date: CalendarDate | undefined; readonly background: Promise<Background> } | undefined;
  return async () => {
    const date = await editions.newestDate(dateOf(now()));
    if (last && last.date === date) return last.background;
    const background = readBackground(date, editions);
    last = { date, background };
    background.catch(() => {
      if (last?.background === background) last = undefined;
    });
    return background;
  };
}

async function readBackground(
  date: CalendarDate | undefined,
  editions: TopicLearnerDeps['editions'],
): Promise<Background> {
  const edition = date && (await editions.find(date));
  const words = edition?.papers.map(({ paper }) => wordCounts(paper.title, paper.abstract)) ?? [];
  return backgroundOf(words, frequenciesIn(words));
}

function frequenciesIn(papers: readonly WordCounts[]): Frequencies {
  const counts = new Map<string, number>();
  for (const paper of papers) for (const word of paper.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  return { papers: papers.length, of: (word) => counts.get(word) ?? 0 };
}

/** Learns topics against a background, packed as sending reads them. */
export function topicLearner(background: () => Promise<Background>): (topic: LearnedTopic) => Promise<Uint8Array> {
  return async (topic) => packProfile(learnProfile(topic, await background()));
}
