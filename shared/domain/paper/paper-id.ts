import type { Brand } from '../brand.js';

/** An arXiv id without version: `2608.05987`, or of the old style `hep-ex/0406020`. */
export type PaperId = Brand<string, 'PaperId'>;

const newStyle = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v(\d+))?$/;
const oldStyle = /^([a-z]+(?:-[a-z]+)*(?:\.[A-Z]{2})?\/\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v(\d+))?$/;

/**
 * Reads an arXiv id as sources write it: bare, with a version, as an `abs` or `pdf` address, or as `oai:arXiv.org:…` or
 * `arXiv:…`. `undefined` when it is none. Format: https://info.arxiv.org/help/arxiv_identifier.html
 */
export function parsePaperId(text: string): { id: PaperId; version?: number } | undefined {
  const bare = text
    .trim()
    .replace(/^https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf)\//, '')
    .replace(/^(?:oai:)?arxiv(?:\.org)?:/i, '')
    .replace(/\.pdf$/, '');
  const found = newStyle.exec(bare) ?? oldStyle.exec(bare);
  if (!found?.[1]) return undefined;
  const id = found[1] as PaperId;
  return found[2] === undefined ? { id } : { id, version: Number(found[2]) };
}
