import { type PaperId, parsePaperId } from '../../paper/paper-id.js';

const id = String.raw`(?:\d{4}\.\d{4,5}|[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?\/\d{7})(?:v\d{1,3})?`;
const host = String.raw`(?:[a-z0-9-]+\.)*arxiv\.org|(?:www\.)?(?:huggingface\.co|hf\.co)`;
const address = String.raw`(?:https?:\/\/)?(?:${host})\/(?:[a-z-]+\/)*(?=${id})`;
const doi = String.raw`(?:doi:\s?|(?:https?:\/\/)?(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\.`;
const label = String.raw`(?:oai:)?arxiv(?:\.org)?(?::\s*|\s+)`;
/** Behind an id may come its category, as arXiv prints it; behind an address a file's ending, a query, a place in the page. */
const tail = String.raw`\s*[[(][a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*[\])]|(?:\.pdf)?(?:[\/?#][^\s()"<>]*)?`;

const found = new RegExp(
  String.raw`<?(?:${address}|${doi}|${label})?(${id})(?:${tail})>?(?=[\s()"”\]}»,;.!?:]*(?:$|[\s()"]))`,
  'iy',
);

/** A paper named by its arXiv id, with where what names it ends. */
interface NamedPaper {
  readonly id: PaperId;
  readonly end: number;
}

/**
 * Reads an arXiv id at an offset: bare, as `arXiv:…`, as a DOI, or in an address of arXiv or Hugging Face; `undefined`
 * when there is none.
 */
export function paperNamedAt(text: string, at: number): NamedPaper | undefined {
  found.lastIndex = at;
  const [, written] = found.exec(text) ?? [];
  const parsed = written === undefined ? undefined : parsePaperId(idAsWritten(written));
  return parsed && { id: parsed.id, end: found.lastIndex };
}

/** Archives are in lower case, their subjects in capitals. */
function idAsWritten(text: string): string {
  return text.toLowerCase().replace(/\.([a-z]{2})\//, (_, subject: string) => `.${subject.toUpperCase()}/`);
}
