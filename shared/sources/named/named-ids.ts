import { type PaperId, parsePaperId } from '../../domain/paper/paper-id.js';

/** Hosts whose addresses of papers hold the arXiv id. */
const hosts = 'arxiv.org|alphaxiv.org|ar5iv.org|ar5iv.labs.arxiv.org|huggingface.co|hf.co|doi.org';
const address = new RegExp(`^(?:https?://)?(?:(?:[a-z0-9-]{1,30})\\.)?(?:${hosts})/(.+)$`, 'i');
/** What comes before the id: a page's kind, the prefix of arXiv's DOIs, or the name `arXiv`. */
const before = /^(?:(?:abs|pdf|html|format|ps|src|e-print|papers|forum|overview|resources)\/|10\.48550\/)/i;
const mark = /^(?:(?:oai:)?arxiv(?:\.org)?[:.]|doi:\s?10\.48550\/arxiv\.)/i;
const rest = /(?:\.pdf)?(?:[?#].*)?$/i;
/** `math.GT/0309136` is the same paper as `math/0309136`, by which arXiv answers. */
const subjectClass = /^([a-z-]+)\.[a-z]{2}(?=\/\d{7})/i;

/** Longer words are no addresses of papers. */
const longest = 300;

function idOf(word: string): PaperId | undefined {
  if (word.length > longest || !/\d{4}/.test(word)) return undefined;
  const bare = (address.exec(word)?.[1] ?? word).replace(before, '').replace(mark, '').replace(rest, '');
  return parsePaperId(bare.replace(subjectClass, (_, archive: string) => archive.toLowerCase()))?.id;
}

/**
 * The arXiv ids in a text, in its order: bare ones, with or without a version, old ones, and in addresses of arXiv, Hugging
 * Face, alphaXiv and doi.org. A number inside a longer word or in another publisher's DOI is none.
 */
export function idsIn(text: string): readonly PaperId[] {
  return text.split(/[\s,;|<>()[\]{}"'`“”]+/).flatMap((word) => idOf(word.replace(/[.:!?]+$/, '')) ?? []);
}
