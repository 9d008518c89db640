import type { RankedPaper } from '../edition/edition.js';
import { cutAtWord } from '../text/shorten.js';
import type { Highlights } from './highlights.js';
import { abstractSentences, type Sentence } from './sentences.js';

/** A paper of an edition, as far as its highlights need it. */
type Highlighted = Pick<RankedPaper, 'highlights'> & { readonly paper: Pick<RankedPaper['paper'], 'abstract'> };

/** What an excerpt puts where sentences were passed over. */
const passedOver = '…';

/**
 * What a paper is about in its authors' words: whole sentences of its abstract without TeX, in their order, at most
 * `maxCharacters` UTF-16 units in all, with “…” where others were passed over. Idea and result come first, and
 * background never stands alone beside them. If not one sentence fits, the best is cut at a word and ends with “…”.
 * Empty if the abstract has no words.
 */
export function authorsWords(ranked: Highlighted, maxCharacters: number): string {
  const sentences = abstractSentences(ranked.paper.abstract);
  const { task, problem, idea, result, others = [] } = highlightsAmong(sentences, ranked.highlights);
  const present = (places: readonly (number | undefined)[]) => places.filter((place) => place !== undefined);
  const add = (chosen: readonly number[], places: readonly number[]) =>
    addFitting(sentences, chosen, places, maxCharacters);
  const findings = present([idea, result]);
  const background = present([task, problem]);

  let chosen = add([], findings);
  if (chosen.length < 2) chosen = add(chosen, others);
  const [best] = [...findings, ...others];
  if (chosen.length === 0 && best !== undefined) return cutSentence(sentences, best, maxCharacters);
  chosen = add(chosen, background);
  if (chosen.length > 0) return joined(sentences, chosen);
  return cutSentence(sentences, background[0] ?? 0, maxCharacters);
}

/** The highlights of these sentences: those that were chosen of them, else some by a few expressions. */
export function highlightsAmong(sentences: readonly Sentence[], chosen: Highlights | undefined): Highlights {
  // Editions made before there were highlights have none, and places among another number of sentences mean nothing.
  return chosen?.of === sentences.length ? chosen : highlightsByCues(sentences);
}

const proposes =
  /\b(?:we|our|this (?:paper|work|article|study)) (?:\w+ ){0,2}(?:propos|present|introduc|develop|design)/i;
const makes =
  /\b(?:we|this (?:paper|work|article|study)) (?:\w+ly |also |then |first )?(?:train|distil|build|construct|releas|publish)/i;
/** Less telling: a sentence in which the authors do anything. */
const does = /^(?:[\w ]{1,40}, )?we \w/i;
const finds = /\b(?:results?|experiments?|outperforms?|achiev\w+|show(?:s|ed)?|demonstrat\w+)\b/i;
const lacks = /\b(?:however|but|although|despite|challeng\w+|limit\w+|lacks?|costly|difficult)\b/i;

/** Highlights by a few expressions alone, so that whoever reads an edition need not carry the model's weights. */
function highlightsByCues(sentences: readonly Sentence[]): Highlights {
  const texts = sentences.map(({ text }) => text);
  const idea = ideaByCues(texts);
  const result = texts.findLastIndex((text, index) => index > idea && finds.test(text));
  const problem = texts.findIndex((text, index) => index !== idea && index !== result && lacks.test(text));
  return {
    of: texts.length,
    ...(texts.length > 0 && { task: 0 }),
    ...(problem >= 0 && { problem }),
    ...(idea >= 0 && { idea }),
    ...(result >= 0 && { result }),
  };
}

function ideaByCues(texts: readonly string[]): number {
  const told = texts.findIndex((text) => proposes.test(text) || makes.test(text));
  return told >= 0 ? told : texts.findIndex((text) => does.test(text) && !finds.test(text));
}

/** The chosen places and, one after the other, those that still fit; ascending. */
function addFitting(
  sentences: readonly Sentence[],
  chosen: readonly number[],
  places: readonly number[],
  most: number,
): readonly number[] {
  let fitting = chosen;
  for (const place of places) {
    const more = [...new Set([...fitting, place])].sort((a, b) => a - b);
    if (joined(sentences, more).length <= most) fitting = more;
  }
  return fitting;
}

function joined(sentences: readonly Sentence[], chosen: readonly number[]): string {
  let shown = '';
  let next = 0;
  for (const place of chosen) {
    const { text = '', start = 0 } = sentences[place] ?? {};
    // Sentences of some scripts follow one another without a blank.
    const isClose = place > 0 && sentences[place - 1]?.end === start;
    if (place > next) shown += shown === '' ? `${passedOver} ` : ` ${passedOver} `;
    else if (shown !== '' && !isClose) shown += ' ';
    shown += text;
    next = place + 1;
  }
  return next < sentences.length ? `${shown} ${passedOver}` : shown;
}

/** One sentence with the marks of what is around it, cut at a word. */
function cutSentence(sentences: readonly Sentence[], place: number, most: number): string {
  const before = place > 0 && most > passedOver.length + 1 ? `${passedOver} ` : '';
  const after = place + 1 < sentences.length ? ` ${passedOver}` : '';
  return `${before}${cutAtWord(`${sentences[place]?.text ?? ''}${after}`, most - before.length)}`;
}
