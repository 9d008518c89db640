import type { ChosenPaper } from '../../domain/edition/choose-papers.js';
import { tokenise } from '../../domain/filter/words/normalise.js';
import { singleLine, withoutTags } from '../../domain/text/shown-text.js';
import { indented } from '../card/card-text.js';
import { markup, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';

const shownTopics = 2;
const shownWords = 4;
const topicLength = 48;
const wordLength = 40;

/** A text's terms in order, as filters compare them, between blanks; of one that has none, itself. */
export function termsOf(text: string): string {
  const terms = tokenise(text).map(({ term }) => term);
  return ` ${terms.length > 0 ? terms.join(' ') : text} `;
}

/** Leaves out what others of the same terms, or `said` before, or longer ones say already. */
function distinct(texts: readonly string[], said: readonly string[]): string[] {
  const known = texts.map((text) => ({ text, terms: termsOf(text) }));
  return known
    .filter(({ terms }, at) => {
      const others = known.filter((_, other) => other !== at);
      const isInLonger = others.some((other) => other.terms.length > terms.length && other.terms.includes(terms));
      const isRepeated = known.findIndex((other) => other.terms === terms) < at;
      return !isInLonger && !isRepeated && !said.includes(terms);
    })
    .map(({ text }) => text);
}

/**
 * Why a paper is in a digest, in one line, topics first: `LLM serving · “KV cache”, “speculative decoding”`. No word
 * says again what another or a topic says, whatever its case, number or ending. Empty without reasons.
 */
export function reasonLine(reasons: ChosenPaper['reasons']): string {
  const topics = distinct(
    reasons.map(({ topic }) => shortenAtWord(singleLine(topic), topicLength)),
    [],
  );
  const named = topics.slice(0, shownTopics);
  const rest = topics.length - named.length;
  const texts = reasons.flatMap(({ words }) => words.map((word) => singleLine(withoutTags(word))));
  const words = distinct(
    texts.filter((text) => text !== ''),
    named.map(termsOf),
  )
    .slice(0, shownWords)
    .map((word) => `“${shortenAtWord(word, wordLength)}”`);
  const topicWords = rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(' and ');
  return [topicWords, words.join(', ')].filter((part) => part !== '').join(' · ');
}

/** The line as a card shows it, below the title; nothing where there is no reason. */
export interface ReasonParts {
  readonly line: string;
  readonly html: SharedPiece;
  readonly text: SharedPiece;
}

const Line = ({ line }: { line: string }) => (
  <p class="accent" style={`${small};font-weight:600;color:${colour.accent}`}>
    {line}
  </p>
);

/** Renders why a paper is in a digest. */
export function reasonParts(reasons: ChosenPaper['reasons']): ReasonParts {
  const line = reasonLine(reasons);
  return {
    line,
    html: sharedPiece(line && markup(<Line line={line} />)),
    text: sharedPiece(line && `${indented(line).join('\n')}\n`),
  };
}
