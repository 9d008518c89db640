import type { SourceName } from '../../paper/paper.js';
import type { FactFilter } from '../filter.js';
import { nameWords } from '../match/index-paper.js';
import type { FieldName, LeafSymbol } from './filter-symbol.js';

/** A field that asks of a paper's facts. */
export type FactField = Exclude<FieldName, 'title' | 'abstract' | 'keyword'>;

const sources = new Map<string, SourceName>([
  ['arxiv', 'arxiv'],
  ['hugging-face', 'hugging-face'],
  ['hugging face', 'hugging-face'],
  ['huggingface', 'hugging-face'],
  ['hf', 'hugging-face'],
]);

/** Reads what stands behind `author:`, `cat:`, `org:`, `has:` or `source:`; `undefined` when that field cannot have it. */
export function readFact(symbol: LeafSymbol, field: FactField): FactFilter | undefined {
  const value = symbol.value.trim().toLowerCase();
  const isPlain = !symbol.isExact && symbol.distance === undefined;
  if (!isPlain || (field !== 'cat' && value.endsWith('*'))) return undefined;
  switch (field) {
    case 'cat':
      return readCategory(value);
    case 'author':
    case 'org': {
      const words = nameWords(symbol.value);
      return words.length === 0 ? undefined : { kind: field === 'org' ? 'organisation' : 'author', words };
    }
    case 'has':
      return value === 'code' ? { kind: 'has', what: 'code' } : undefined;
    case 'source': {
      const source = sources.get(value);
      return source && { kind: 'source', source };
    }
  }
}

/** An archive may be written `cs` or `cs.*`. Names: https://arxiv.org/category_taxonomy */
function readCategory(text: string): FactFilter | undefined {
  const category = /^([a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)?)(?:\.\*)?$/.exec(text)?.[1];
  return category === undefined ? undefined : { kind: 'category', category };
}
