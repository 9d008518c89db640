import type { RankedPaper } from '../edition/edition.js';
import { cutAtWord } from '../text/shorten.js';
import { chooseHighlights } from './choose-highlights.js';
import { type Highlights, highlightLabels } from './highlights.js';
import { abstractSentences } from './sentences.js';

/** A paper of an edition, as far as its highlights need it. */
type Highlighted = Pick<RankedPaper, 'highlights'> & { readonly paper: Pick<RankedPaper['paper'], 'abstract'> };

/** What an excerpt puts where sentences were passed over. */
const passedOver = '…';

/**
 * What a paper is about in its authors' words: whole sentences of its abstract without TeX, in their order, at most
 * `maxCharacters` UTF-16 units in all, with “…” where sentences were passed over. Idea and result come before all
 * others. Only if neither they nor anything else fits is one sentence cut, at a word, and ends with “…”. Empty if the
 * abstract has no words.
 */
export function authorsWords(ranked: Highlighted, maxCharacters: number): string {
  const texts = abstractSentences(ranked.paper.abstract).map(({ text }) => text);
  const highlights = highlightsOf(ranked, texts.length);
  const wanted = wantedSentences(highlights);
  let chosen: readonly number[] = [];
  for (const index of wanted) {
    const more = [...new Set([...chosen, index])].sort((a, b) => a - b);
    if (joined(texts, more).length <= maxCharacters) chosen = more;
    // Background does not stand alone.
    if (chosen.length === 0 && isLastFinding(highlights, index)) break;
  }
  if (chosen.length > 0) return joined(texts, chosen);
  return cutAtWord(texts[wanted[0] ?? 0] ?? '', maxCharacters);
}

/** The highlights kept in the edition, or those of its abstract if it was made before there were any. */
function highlightsOf({ paper, highlights }: Highlighted, sentences: number): Highlights {
  return highlights?.of === sentences ? highlights : chooseHighlights(paper.abstract);
}

const findings = ({ idea, result, others = [] }: Highlights): readonly number[] =>
  [idea, result, ...others].filter((index) => index !== undefined);

/** Idea and result, what else tells of them, and then the background. */
function wantedSentences(highlights: Highlights): readonly number[] {
  const background = highlightLabels.flatMap((label) => highlights[label] ?? []);
  const wanted = [...findings(highlights), ...background];
  return wanted.length > 0 ? wanted : [0];
}

const isLastFinding = (highlights: Highlights, index: number) => findings(highlights).at(-1) === index;

function joined(texts: readonly string[], chosen: readonly number[]): string {
  let next = 0;
  const parts: string[] = [];
  for (const index of chosen) {
    if (index > next) parts.push(passedOver);
    parts.push(texts[index] ?? '');
    next = index + 1;
  }
  if (next < texts.length) parts.push(passedOver);
  return parts.join(' ');
}
