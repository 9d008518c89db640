import type { CalendarDate } from '../../domain/calendar-date.js';
import type { ChosenPaper } from '../../domain/edition/explain-papers.js';
import type { Period } from '../../domain/subscriber/slot/delivery-days.js';
import { type CardRenderer, cardRenderer } from '../card/card-renderer.js';
import { preheaderOf, subjectOf } from './digest.js';
import { type DigestFrame, digestFrame, type FrameInput } from './digest-frame.js';
import { type ReasonParts, reasonParts } from './reason.js';

/** What the digests of one edition share, each part rendered and encoded when it is first asked for. */
export interface DigestParts {
  readonly card: CardRenderer;
  readonly frame: (input: FrameInput) => DigestFrame;
  readonly reason: (reasons: ChosenPaper['reasons']) => ReasonParts;
  readonly subject: typeof subjectOf;
  readonly preheader: typeof preheaderOf;
}

/** Reasons that are kept, at most: about 2 KB each. Filters are many where readers write their own. */
const mostReasons = 4000;

/** Keep one per edition, of which `on` is the day; it does not grow with the readers. */
export function digestParts(on?: CalendarDate): DigestParts {
  return {
    card: cardRenderer(on),
    frame: rememberedFrame(),
    reason: rememberedReasons(mostReasons),
    subject: remembered(subjectOf, keyOfSubject, mostReasons),
    preheader: remembered(preheaderOf, keyOfPreheader, mostReasons),
  };
}

/** Answers from what was made for an equal key; all of it is forgotten when it is `most`. */
function remembered<Inputs extends readonly unknown[], Made>(
  make: (...inputs: Inputs) => Made,
  keyOf: (...inputs: Inputs) => string,
  most: number,
): (...inputs: Inputs) => Made {
  const made = new Map<string, Made>();
  return (...inputs) => {
    const key = keyOf(...inputs);
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const one = make(...inputs);
    made.set(key, one);
    return one;
  };
}

/** Keeps the last frame: all mails of an edition have the same. */
function rememberedFrame(): DigestParts['frame'] {
  let last: { readonly of: FrameInput; readonly frame: DigestFrame } | undefined;
  return (input) => {
    if (!last || !hasSameFrame(last.of, input)) {
      const { edition, editionSize, editionUrl, orderUrl, sender, postalAddress } = input;
      last = { of: { edition, editionSize, editionUrl, orderUrl, sender, postalAddress }, frame: digestFrame(input) };
    }
    return last.frame;
  };
}

function hasSameFrame(one: FrameInput, other: FrameInput): boolean {
  return (
    one.edition === other.edition &&
    one.editionSize === other.editionSize &&
    one.editionUrl === other.editionUrl &&
    one.orderUrl === other.orderUrl &&
    one.sender === other.sender &&
    one.postalAddress === other.postalAddress
  );
}

function keyOfPreheader(titles: readonly string[], summary: string): string {
  return titles.length > 0 ? titles.join('\n') : `\n${summary}`;
}

function keyOfSubject(title: string, topic: string, others: number, period: Period = 'day'): string {
  return `${period} ${others} ${title.length} ${title}${topic}`;
}

/** What was made for the topics and words on the way to it. */
interface ReasonNode {
  parts?: ReasonParts;
  readonly topics: Map<string, ReasonNode>;
  readonly words: Map<string, ReasonNode>;
}

const emptyNode = (): ReasonNode => ({ topics: new Map(), words: new Map() });

function nextNode(nodes: Map<string, ReasonNode>, text: string): ReasonNode {
  const known = nodes.get(text) ?? emptyNode();
  if (!nodes.has(text)) nodes.set(text, known);
  return known;
}

/**
 * As `remembered`, without joining a key: a mail asks ten times, and its texts are hashed already. The words of learned topics
 * are one reader's own, and are not remembered.
 */
function rememberedReasons(most: number): DigestParts['reason'] {
  let root = emptyNode();
  let count = 0;
  return (reasons) => {
    let node = root;
    for (const { topic, words, like } of reasons) {
      if (like !== undefined) return reasonParts(reasons);
      node = nextNode(node.topics, topic);
      for (const word of words) node = nextNode(node.words, word);
    }
    if (node.parts) return node.parts;
    const parts = reasonParts(reasons);
    node.parts = parts;
    count += 1;
    if (count >= most) {
      root = emptyNode();
      count = 0;
    }
    return parts;
  };
}
