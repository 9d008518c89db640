import type { Example, LearnedTopic, Strictness } from './learned-topic.js';

/** How many papers a topic can be learned from. */
export const mostExamples = 200;
/** How many words a reader can strike, and how many pin. */
export const mostEdits = 100;

/** One thing that a reader changes about a topic like some papers; doing it twice is no error. */
export type TopicChange =
  | { readonly do: 'rename'; readonly name: string }
  /** Papers that are examples already become liked, or not, as these are. */
  | { readonly do: 'add'; readonly examples: readonly Example[] }
  | { readonly do: 'remove'; readonly id: string }
  | { readonly do: 'strike' | 'pin' | 'release'; readonly word: string }
  | { readonly do: 'set-strictness'; readonly strictness: Strictness }
  | { readonly do: 'set-order'; readonly order: LearnedTopic['order'] };

/** A topic after a change; `full` where it would have more examples, or more edits, than it may. */
export function changedTopic(topic: LearnedTopic, change: TopicChange): LearnedTopic | 'full' {
  switch (change.do) {
    case 'rename':
      return { ...topic, name: change.name };
    case 'add':
      return withExamples(topic, change.examples);
    case 'remove':
      return { ...topic, examples: topic.examples.filter(({ id }) => id !== change.id) };
    case 'set-strictness':
      return { ...topic, strictness: change.strictness };
    case 'set-order':
      return { ...topic, order: change.order };
    default:
      return withEdit(topic, change.do, change.word);
  }
}

function withExamples(topic: LearnedTopic, added: readonly Example[]): LearnedTopic | 'full' {
  const examples = new Map(topic.examples.map((example) => [example.id, example]));
  for (const example of added) {
    const words = example.words ?? examples.get(example.id)?.words;
    examples.set(example.id, { ...example, ...(words && { words }) });
  }
  return examples.size > mostExamples ? 'full' : { ...topic, examples: [...examples.values()] };
}

function withEdit(topic: LearnedTopic, edit: 'strike' | 'pin' | 'release', word: string): LearnedTopic | 'full' {
  const without = (words: readonly string[]) => words.filter((each) => each !== word);
  const struck = edit === 'strike' ? [...without(topic.struck), word] : without(topic.struck);
  const pinned = edit === 'pin' ? [...without(topic.pinned), word] : without(topic.pinned);
  return struck.length > mostEdits || pinned.length > mostEdits ? 'full' : { ...topic, struck, pinned };
}
