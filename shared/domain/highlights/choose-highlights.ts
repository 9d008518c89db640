import type { Edition } from '../edition/edition.js';
import type { Highlights } from './highlights.js';
import { abstractSentences } from './sentences.js';

const proposes =
  /\b(?:we|our|this (?:paper|work|article|study)) (?:\w+ ){0,2}(?:propos|present|introduc|develop|design)/i;
const finds = /\b(?:results?|experiments?|outperforms?|achiev\w+|show(?:s|ed)?|demonstrat\w+)\b/i;
const lacks = /\b(?:however|but|although|despite|challeng\w+|limit\w+|lacks?|costly|difficult)\b/i;

/** Chooses the sentences of an abstract that tell of its task, problem, idea and result. */
export function chooseHighlights(abstract: string): Highlights {
  const texts = abstractSentences(abstract).map(({ text }) => text);
  if (texts.length === 0) return { of: 0 };
  const idea = texts.findIndex((text) => proposes.test(text));
  const result = texts.findLastIndex((text, index) => index > idea && finds.test(text));
  const problem = texts.findIndex((text, index) => index !== idea && index !== result && lacks.test(text));
  return {
    of: texts.length,
    task: 0,
    ...(problem >= 0 && { problem }),
    ...(idea >= 0 && { idea }),
    ...(result >= 0 && { result }),
  };
}

/** An edition with the highlights of each of its papers. */
export function highlightEdition(edition: Edition): Edition {
  const papers = edition.papers.map((ranked) => ({ ...ranked, highlights: chooseHighlights(ranked.paper.abstract) }));
  return { ...edition, papers };
}
