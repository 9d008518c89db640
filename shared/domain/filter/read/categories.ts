import { type CompiledFilter, leafAt, stepCodec } from '../compile-filter.js';
import categories from './arxiv-categories.json';

/** Each category and each archive, in lower case, as arXiv writes it: https://arxiv.org/category_taxonomy */
const spelled = new Map(
  [...categories, ...categories.map((category) => category.replace(/\..*/, ''))].map((each) => [
    each.toLowerCase(),
    each,
  ]),
);

/** Whether arXiv has this category or archive, given in lower case. */
export function isArxivCategory(category: string): boolean {
  return spelled.has(category);
}

/** The categories that a filter asks for and that are not among those that are read, as arXiv writes them. */
function unreadCategories(filter: CompiledFilter, read: readonly string[]): readonly string[] {
  const isRead = (wanted: string) =>
    read.some(
      (each) => `${each.toLowerCase()}.`.startsWith(`${wanted}.`) || wanted.startsWith(`${each.toLowerCase()}.`),
    );
  const asked = filter.steps.flatMap((_, index) => {
    const leaf = leafAt(filter, index);
    const next = filter.steps[index + 1];
    return leaf?.kind === 'category' && (next === undefined || !stepCodec.isNot(next)) ? [leaf.category] : [];
  });
  return [...new Set(asked)].filter((each) => !isRead(each)).map((each) => spelled.get(each) ?? each);
}

/**
 * One sentence about the categories that a filter asks for and that this deployment does not read; `undefined` when
 * there are none.
 */
export function unreadCategoriesNote(filter: CompiledFilter, read: readonly string[]): string | undefined {
  const unread = unreadCategories(filter, read);
  if (unread.length === 0) return undefined;
  const asked = unread.slice(0, 3).map((each) => `cat:${each}`);
  return `This Paperboy reads ${listed(read)}: ${listed(asked)} only ${asked.length > 1 ? 'find' : 'finds'} papers that are also in one of these or on Hugging Face's list.`;
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
}
