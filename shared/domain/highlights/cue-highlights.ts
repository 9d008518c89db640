import type { Highlights } from './highlights.js';
import type { Sentence } from './sentences.js';

const proposes =
  /\b(?:we|our|this (?:paper|work|article|study)) (?:\w+ ){0,2}(?:propos|present|introduc|develop|design)/i;
const finds = /\b(?:results?|experiments?|outperforms?|achiev\w+|show(?:s|ed)?|demonstrat\w+)\b/i;
const lacks = /\b(?:however|but|although|despite|challeng\w+|limit\w+|lacks?|costly|difficult)\b/i;

/**
 * Highlights by a few expressions alone, for editions made before a model chose them: whoever reads an edition need
 * not carry the model's weights.
 */
export function highlightsByCues(sentences: readonly Sentence[]): Highlights {
  const texts = sentences.map(({ text }) => text);
  const idea = texts.findIndex((text) => proposes.test(text));
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
