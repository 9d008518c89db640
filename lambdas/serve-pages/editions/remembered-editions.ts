import { daysUpTo } from '../../../shared/domain/calendar-date.js';
import type { Edition } from '../../../shared/domain/edition/edition.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';

/** How far back the newest edition is looked for. */
const newestWithinDays = 7;

/** Keeps the edition that was read last: most readers want the same one, it is frozen, and reading it takes a while. */
export function rememberedEditions(
  editions: Pick<EditionRepository, 'find' | 'isPublished'>,
): Pick<EditionRepository, 'find' | 'newest'> {
  let last: Edition | undefined;
  const find: EditionRepository['find'] = async (date) => {
    if (last?.date === date) return last;
    const found = await editions.find(date);
    last = found ?? last;
    return found;
  };
  const newest: EditionRepository['newest'] = async (today) => {
    for (const date of daysUpTo(today, newestWithinDays).reverse()) {
      if (last?.date === date || (await editions.isPublished(date))) return find(date);
    }
    return undefined;
  };
  return { find, newest };
}
