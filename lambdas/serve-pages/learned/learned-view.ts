import type { LoadedEdition } from '../../../shared/delivery/loaded-edition.js';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { choosePapers } from '../../../shared/domain/edition/choose-papers.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import { withKnown } from '../../../shared/domain/edition/seen-places.js';
import { choiceOf } from '../../../shared/domain/likeness/kept-topic.js';
import { type LearnedLikeness, learnLikeness, profileOf } from '../../../shared/domain/likeness/learn/learn-profile.js';
import { offeredFilter } from '../../../shared/domain/likeness/learn/offered-filter.js';
import { spellingOf, wordsThatCount } from '../../../shared/domain/likeness/learn/words-that-count.js';
import type { LearnedTopic } from '../../../shared/domain/likeness/learned-topic.js';
import type { LikenessProfile } from '../../../shared/domain/likeness/likeness-profile.js';
import { packProfile } from '../../../shared/domain/likeness/packed-profile.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { readExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import { cutAtWord } from '../../../shared/domain/text/shorten.js';
import { shownTitle } from '../../../shared/domain/text/shown-text.js';
import type { NewestBackground } from '../../../shared/learning/topic-learner.js';
import { reasonLine, reasonOf } from '../../../shared/mail/digest/reason.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';

/** A word that counts for a learned topic, as a page shows it. */
export interface LearnedWord {
  /** As people write it. */
  readonly shown: string;
  /** As it is struck, pinned and let go. */
  readonly key: string;
  /** From -1 to 1: the strongest is 1. */
  readonly weight: number;
  /** Titles of the examples from which it comes, those that count most first. */
  readonly from: readonly string[];
  readonly isPinned: boolean;
}

/** What a page shows of a learned topic. */
export interface LearnedView extends Pick<LearnedTopic, 'name' | 'strictness' | 'order'> {
  readonly examples: readonly {
    readonly id: string;
    readonly title: string;
    readonly liked: boolean;
    readonly isWaiting: boolean;
  }[];
  readonly notFound: readonly string[];
  readonly words: readonly LearnedWord[];
  /** Words that do not count. */
  readonly struck: readonly { readonly word: string; readonly shown: string }[];
  /** Papers a week at each step, from few and sure to more and wider; empty where nobody can say. */
  readonly perWeek: readonly number[];
  /** A filter that says nearly the same, and which share of the liked papers it finds. */
  readonly offered?: { readonly filter: string; readonly share: number };
  /** What the newest edition has. */
  readonly today?: {
    readonly date: CalendarDate;
    readonly papers: readonly { readonly id: PaperId; readonly title: string; readonly why: string }[];
    readonly matched: number;
    /** Nothing is sure enough to be said at this setting. */
    readonly isSilent: boolean;
  };
}

interface LearnedViewDeps {
  readonly background: () => Promise<NewestBackground>;
  readonly loadDay: (date: CalendarDate) => Promise<LoadedEdition | undefined>;
}

/** How many of today's papers the page shows. */
const shownPapers = 5;
const shownWords = 24;
const shownTitles = 2;
/** How much of a title is named behind a word. */
const sourceLength = 48;

/**
 * Makes what the page of a learned topic shows; today's papers are without those that its reader leaves out. Before the first
 * edition nothing can be said of words.
 */
export async function learnedView(
  stored: StoredTopic,
  never: readonly string[] | undefined,
  deps: LearnedViewDeps,
): Promise<LearnedView> {
  const { topic, notFound } = stored;
  const { name, strictness, order } = topic;
  const examples = topic.examples.map(({ id, title, liked, words }) => ({
    id,
    title: shownTitle({ id, title }),
    liked,
    isWaiting: words === undefined,
  }));
  const background = await deps.background();
  const { edition } = background;
  const view = { name, strictness, order, examples, notFound };
  if (!edition) return { ...view, words: [], struck: topic.struck.map((word) => ({ word, shown: word })), perWeek: [] };
  const learned = learnLikeness(topic, background);
  const told = learnedOf(topic, background, learned, edition);
  // Without a word that speaks for a paper, nothing can be like these.
  if (learned.words.every(({ weight }) => weight <= 0)) return { ...view, ...told, perWeek: [] };
  const asked = { profile: profileOf(topic, learned), never, date: edition.date };
  return { ...view, ...told, today: await todayOf(stored, asked, deps) };
}

function learnedOf(topic: LearnedTopic, background: NewestBackground, learned: LearnedLikeness, edition: Edition) {
  const texts = edition.papers.flatMap(({ paper }) => [paper.title, paper.abstract]);
  const spell = spellingOf([...topic.examples.map(({ title }) => title), ...texts]);
  const words = wordsThatCount(topic, learned, spell, shownWords).map((counting) => ({
    shown: counting.written,
    key: counting.word,
    weight: counting.weight,
    from: counting.examples.slice(0, shownTitles).map((example) => cutAtWord(shownTitle(example), sourceLength)),
    isPinned: counting.isPinned,
  }));
  const offered = offeredFilter(topic, background, learned, spell);
  return {
    words,
    struck: topic.struck.map((word) => ({ word, shown: spell(word) })),
    perWeek: learned.steps.map(({ papers }) => papers),
    ...(offered && { offered: { filter: offered.text, share: offered.finds } }),
  };
}

interface Asked {
  readonly profile: LikenessProfile;
  readonly never: readonly string[] | undefined;
  readonly date: CalendarDate;
}

async function todayOf({ topic, n }: StoredTopic, { profile, never, date }: Asked, { loadDay }: LearnedViewDeps) {
  const edition = await loadDay(date);
  const choice = choiceOf(n, topic, packProfile(profile));
  const like = { ...choice, id: 'own:1' };
  await edition?.readyFor([like]);
  const { filters } = readExclusions(never);
  const wanted = { topics: [like], seen: withKnown([], [choice]), never: filters, maxPapers: shownPapers };
  const chosen = edition && choosePapers(edition.indexed, wanted);
  return {
    date,
    matched: chosen?.matched ?? 0,
    isSilent: profile.threshold === Number.POSITIVE_INFINITY,
    papers: (chosen?.papers ?? []).map(({ ranked: { paper }, reasons }) => ({
      id: paper.id,
      title: shownTitle(paper),
      why: reasonLine(reasonOf(reasons)),
    })),
  };
}
