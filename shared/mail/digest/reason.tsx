import type { ChosenPaper } from '../../domain/edition/explain-papers.js';
import { tokenise } from '../../domain/filter/words/normalise.js';
import { singleLine, withoutTags } from '../../domain/text/shown-text.js';
import { indented } from '../card/card-text.js';
import { markup, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';

/** Why a paper is in a digest, as plain texts: topics, and words of their filters in quotes; both may be empty. */
export interface Reason {
  readonly topics: string;
  readonly words: string;
  /** The example of a learned topic that the paper is most like, and the words that say so; absent where none is named. */
  readonly like?: { readonly title: string; readonly words: string };
}

const shownTopics = 2;
const shownWords = 4;
const topicLength = 48;
const wordLength = 40;
/** About a line of a phone: what comes after the first topic and the first word must fit. */
const lineLength = 56;
const topicsLength = 40;
const titleLength = 44;
/** About two lines of a phone: a title and the words. */
const likenessLength = 88;

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

/** Texts as they are shown in one line. */
const shownWordsOf = (reasons: ChosenPaper['reasons']) =>
  reasons.flatMap(({ words }) => words.map((word) => singleLine(withoutTags(word)))).filter((text) => text !== '');

/**
 * Why a paper is in a digest, short enough for a line of a phone or a little more. No word says again what another or a topic
 * says, whatever its case, number or ending. Where a learned topic can name an example, that takes the place of its name; words
 * that a filter has, too, are its own only where it has no others.
 */
export function reasonOf(all: ChosenPaper['reasons']): Reason {
  const nearest = all.filter(({ like }) => like);
  const reasons = nearest.length === 0 ? all : all.filter(({ like }) => !like);
  const topics = distinct(reasons.map(({ topic }) => shortenAtWord(singleLine(topic), topicLength)));
  const named = fitting(topics, shownTopics, topicsLength);
  const rest = topics.length - named.length;
  const shown = rest > 0 ? `${named.join(', ')} and ${rest} more` : named.join(', ');
  const quoted = (said: readonly string[]) => {
    const words = distinct(shownWordsOf(reasons), said).map((word) => `“${shortenAtWord(word, wordLength)}”`);
    return fitting(words, shownWords, lineLength - shown.length).join(', ');
  };
  const saidByName = named.map(termsOf);
  const words = quoted(saidByName);
  const own = likenessOf(nearest, [shown, words].map(termsOf));
  if (!own || own.words.length > 0) return { topics: shown, words, ...(own && { like: likeInWords(own) }) };
  const like = likenessOf(nearest, []) ?? own;
  return { topics: shown, words: quoted([...saidByName, ...like.words.map(termsOf)]), like: likeInWords(like) };
}

/** Title of an example, and words that `said` does not have. */
interface Likeness {
  readonly title: string;
  readonly words: readonly string[];
}

function likenessOf(nearest: ChosenPaper['reasons'], said: readonly string[]): Likeness | undefined {
  const [{ like } = {}] = nearest;
  if (!like) return undefined;
  const title = shortenAtWord(singleLine(withoutTags(like)), titleLength);
  const words = distinct(shownWordsOf(nearest), said).map((word) => shortenAtWord(word, wordLength));
  return { title, words: fitting(words, shownWords, likenessLength - title.length) };
}

const likeInWords = ({ title, words }: Likeness) => ({ title, words: words.join(', ') });

/** A reason in one line: `LLM serving · “KV cache”, “speculative decoding”`, or `like “Paged attention”: prefill`. */
export function reasonLine({ topics, words, like }: Reason): string {
  const likeness = like ? `like “${like.title}”${like.words && `: ${like.words}`}` : '';
  return [topics, words, likeness].filter((part) => part !== '').join(' · ');
}

const ReasonLine = ({ topics, words, like }: Reason) => (
  <p class="accent" style={`${small};color:${colour.accent}`}>
    {topics && <b>{topics}</b>}
    {topics && words && ' · '}
    {words}
    {like && (topics || words) && ' · '}
    {like && 'like '}
    {like && <i>{like.title}</i>}
    {like?.words && `: ${like.words}`}
  </p>
);

/** A reason as a card shows it, below the title; nothing where there is none. */
export interface ReasonParts extends Reason {
  readonly html: SharedPiece;
  readonly text: SharedPiece;
}

/** Renders why a paper is in a digest. */
export function reasonParts(reasons: ChosenPaper['reasons']): ReasonParts {
  const reason = reasonOf(reasons);
  const line = reasonLine(reason);
  return {
    ...reason,
    html: sharedPiece(line && markup(<ReasonLine {...reason} />)),
    text: sharedPiece(line && `${indented(line).join('\n')}\n`),
  };
}
