import type { ChosenPaper } from '../../domain/edition/choose-papers.js';
import { tokenise } from '../../domain/filter/words/normalise.js';
import { singleLine, withoutTags } from '../../domain/text/shown-text.js';
import { indented } from '../card/card-text.js';
import { markup, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';

/** Why a paper is in a digest, as two plain texts: topics, and words of their filters in quotes; both may be empty. */
export interface Reason {
  readonly topics: string;
  readonly words: string;
}

export const noReason: Reason = { topics: '', words: '' };

const shownTopics = 2;
const shownWords = 4;
const topicLength = 48;
const wordLength = 40;
/** About two lines of a phone: what comes after the first topic and the first word must fit. */
const lineLength = 80;
const topicsLength = 52;

/** A text's terms in order, as filters compare them, between blanks; of one that has none, itself. */
export function termsOf(text: string): string {
  const terms = tokenise(text).map(({ term }) => term);
  return ` ${terms.length > 0 ? terms.join(' ') : text} `;
}

/** Leaves out what `said` or others say already: texts of the same terms, and those inside longer ones. */
function distinct(texts: readonly string[], said: readonly string[] = []): string[] {
  const known = texts.map((text) => ({ text, terms: termsOf(text) }));
  return known
    .filter(({ terms }, at) => {
      if (said.some((other) => other.includes(terms))) return false;
      return !known.some(
        (other, place) =>
          (other.terms === terms && place < at) || (other.terms.length > terms.length && other.terms.includes(terms)),
      );
    })
    .map(({ text }) => text);
}

/** The first of the texts and those that follow while all are at most `length` UTF-16 units long. */
function fitting(texts: readonly string[], most: number, length: number): string[] {
  const ends = texts.map((_, at) => texts.slice(0, at + 1).join(', ').length);
  return texts.slice(0, most).filter((_, at) => at === 0 || (ends[at] ?? 0) <= length);
}

/**
 * Why a paper is in a digest, short enough for one line or two of a phone. No word says again what another or a topic
 * says, whatever its case, number or ending.
 */
export function reasonOf(reasons: ChosenPaper['reasons']): Reason {
  const topics = distinct(reasons.map(({ topic }) => shortenAtWord(singleLine(topic), topicLength)));
  const named = fitting(topics, shownTopics, topicsLength);
  const rest = topics.length - named.length;
  const texts = reasons.flatMap(({ words }) => words.map((word) => singleLine(withoutTags(word))));
  const words = distinct(
    texts.filter((text) => text !== ''),
    named.map(termsOf),
  ).map((word) => `“${shortenAtWord(word, wordLength)}”`);
  const shown = rest > 0 ? `${named.join(', ')} + ${rest} more` : named.join(', ');
  return { topics: shown, words: fitting(words, shownWords, lineLength - shown.length).join(', ') };
}

/** A reason in one line: `LLM serving · “KV cache”, “speculative decoding”`. */
export function reasonLine({ topics, words }: Reason): string {
  return [topics, words].filter((part) => part !== '').join(' · ');
}

const ReasonLine = ({ topics, words }: Reason) => (
  <p class="accent" style={`${small};color:${colour.accent}`}>
    {topics && <b>{topics}</b>}
    {topics && words && ' · '}
    {words}
  </p>
);

/** The line below a card's title; nothing without reasons. */
export function reasonHtml(reason: Reason): string {
  return reasonLine(reason) === '' ? '' : markup(<ReasonLine {...reason} />);
}

/** The same as lines of a card's text. */
export function reasonText(reason: Reason): string {
  return indented(reasonLine(reason)).join('\n');
}
