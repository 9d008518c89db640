import type { CalendarDate } from '../../domain/calendar-date.js';
import type { ChosenPaper } from '../../domain/edition/choose-papers.js';
import { type CardRenderer, cardRenderer } from '../card/card-renderer.js';
import { type DigestFrame, digestFrame, type FrameInput } from './digest-frame.js';
import { type ReasonParts, reasonParts } from './reason-line.js';

/** What the digests of one edition share, each part rendered and encoded when it is first asked for. */
export interface DigestParts {
  readonly card: CardRenderer;
  readonly frame: (input: FrameInput) => DigestFrame;
  readonly reason: (reasons: ChosenPaper['reasons']) => ReasonParts;
}

/** Reasons that are kept, at most: about 2 KB each. Filters are many where readers write their own. */
const mostReasons = 4000;

/** Keep one per edition, of which `on` is the day; it does not grow with the readers. */
export function digestParts(on?: CalendarDate): DigestParts {
  return {
    card: cardRenderer(on),
    frame: remembered(digestFrame, keyOfFrame, 1),
    reason: remembered(reasonParts, keyOfReasons, mostReasons),
  };
}

/** Answers from what was made for an equal key; all of it is forgotten when it is `most`. */
function remembered<Input, Made>(
  make: (input: Input) => Made,
  keyOf: (input: Input) => string,
  most: number,
): (input: Input) => Made {
  const made = new Map<string, Made>();
  return (input) => {
    const key = keyOf(input);
    const known = made.get(key);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const one = make(input);
    made.set(key, one);
    return one;
  };
}

function keyOfFrame({ edition, editionSize, editionUrl, orderUrl, sender, postalAddress }: FrameInput): string {
  return joinedKey([edition, String(editionSize), editionUrl, orderUrl, sender, postalAddress]);
}

function keyOfReasons(reasons: ChosenPaper['reasons']): string {
  let key = '';
  for (const { topic, words } of reasons) key += `${words.length};${joinedKey([topic, ...words])}`;
  return key;
}

/** Lengths before the texts: what one reader typed must never give the key of what another did. */
function joinedKey(texts: readonly string[]): string {
  let key = '';
  for (const text of texts) key += `${text.length}:${text}`;
  return key;
}
