import type { Edition } from '../edition/edition.js';
import type { Paper } from '../paper/paper.js';
import { fitSentences, type HighlightModel, readModel } from './highlight-model.js';
import { type Highlights, highlightLabels } from './highlights.js';
import { abstractSentences } from './sentences.js';
import weights from './weights.json';

const shipped = readModel(weights);

/** Highlights are kept for days: raise it with any change, of the model or the rules, that may choose others. */
export const highlightsVersion = 1;

/** Later sentences are not chosen: no abstract is that long. */
const mostSentences = 60;

/** A sentence tells of idea or result besides the chosen ones from this share on. */
const leastShare = 0.15;
const mostOthers = 3;

/** Chooses the sentences of an abstract that tell of its task, problem, idea and result; TeX may be in it. */
export function chooseHighlights(abstract: string, model: HighlightModel = shipped): Highlights {
  const sentences = abstractSentences(abstract);
  if (sentences.length === 0) return { of: 0 };
  const { scores, shares } = fitSentences(model, sentences.slice(0, mostSentences));
  const chosen = highlightLabels.flatMap((label, number) => {
    const best = bestOf(shares[number] ?? []);
    const least = (model.stored.least[number] ?? 0) / 1000;
    return (scores[number]?.[best] ?? 0) >= least ? [[label, best] as const] : [];
  });
  const others = otherFindings(
    shares,
    chosen.map(([, index]) => index),
  );
  return { of: sentences.length, ...Object.fromEntries(chosen), ...(others.length > 0 && { others }) };
}

function bestOf(shares: readonly number[]): number {
  return shares.reduce((best, share, index) => (share > (shares[best] ?? 0) ? index : best), 0);
}

/** What tells of idea or result rather than of task or problem, and is not chosen. */
function otherFindings(shares: readonly (readonly number[])[], chosen: readonly number[]): readonly number[] {
  const [task = [], problem = [], idea = [], result = []] = shares;
  const findings = idea.map((share, index) => ({ index, share: Math.max(share, result[index] ?? 0) }));
  return findings
    .filter(({ index, share }) => share >= leastShare && share > Math.max(task[index] ?? 0, problem[index] ?? 0))
    .filter(({ index }) => !chosen.includes(index))
    .sort((a, b) => b.share - a.share || a.index - b.index)
    .slice(0, mostOthers)
    .map(({ index }) => index);
}

/** An edition with the highlights of each of its papers; `chosen` gives those that were chosen before. */
export function highlightEdition(
  edition: Edition,
  chosen: (paper: Paper) => Highlights | undefined = () => undefined,
): Edition {
  const papers = edition.papers.map((ranked) => ({
    ...ranked,
    highlights: chosen(ranked.paper) ?? chooseHighlights(ranked.paper.abstract),
  }));
  return { ...edition, papers };
}
