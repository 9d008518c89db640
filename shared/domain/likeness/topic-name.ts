import { choiceLimits } from '../subscriber/own-filters.js';
import { cutAtWord } from '../text/shorten.js';
import type { Example, LearnedTopic } from './learned-topic.js';

/** Names of the topic of papers that were pressed, with likes among them and without. */
export const pressedNames = { liked: 'Papers like those you liked', disliked: 'Papers you want less of' } as const;

/** Whether a topic is called as the first press calls the one that it begins. */
export const isPressedName = (name: string) => name === pressedNames.liked || name === pressedNames.disliked;

type Titled = Pick<Example, 'id' | 'title'>;

/** A name for the topic of some papers: as the first one whose title is known is called, as far as there is room. */
export function nameOf(papers: readonly Titled[]): string {
  const first = papers.find(({ title }) => title !== '') ?? papers[0];
  return cutAtWord(`Like ${first ? first.title || first.id : ''}`, choiceLimits.nameCharacters);
}

const lost = ' (not found)';

function lostName(titleOrId: string): string {
  return `${cutAtWord(titleOrId, choiceLimits.nameCharacters - lost.length)}${lost}`;
}

/** A topic, and the papers that were named for it and that nobody knows. */
interface Named {
  readonly topic: LearnedTopic;
  readonly notFound: readonly string[];
}

/**
 * The name of a topic that has changed. One that its reader gave stays. One that was made of a paper that waits becomes that
 * paper's title once it is known; where nothing was found, it says so.
 */
export function nameAfter(before: Named, { topic: { name, examples }, notFound }: Named): string {
  if (name !== before.topic.name) return name;
  const liked = examples.filter((example) => example.liked);
  if (isPressedName(name)) {
    if (examples.length === 0) return name;
    return liked.length > 0 ? pressedNames.liked : pressedNames.disliked;
  }
  const waited = before.topic.examples.find((example) => !example.words && nameOf([example]) === name);
  if (!waited && !before.notFound.some((title) => lostName(title) === name)) return name;
  const source = examples.find(({ id }) => id === waited?.id) ?? liked[0];
  if (source) return nameOf([source]);
  const title = waited && (waited.title || waited.id);
  return title !== undefined && notFound.includes(title) ? lostName(title) : name;
}
