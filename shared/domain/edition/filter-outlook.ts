import type { ArchiveIndex } from '../archive/archive-index.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import { missingTerms } from '../filter/loosen-filter.js';
import { printFilter, type Spelling } from '../filter/write-filter.js';
import { cutTo } from '../text/shorten.js';
import { looserSearches } from './search-archive.js';

const shownMissing = 3;
const shownLooser = 2;
const clauseLength = 60;

/** One sentence that says why a filter cannot match anything in an archive; `undefined` when each term matches something. */
export function describeMissing(archive: ArchiveIndex, filter: Filter, spell?: Spelling): string | undefined {
  const missing = missingTerms(filter, (term) => archive.placesOf(compileFilter(term), 1).length > 0);
  const terms = [...new Set(missing.map((term) => printFilter(term, spell)))].slice(0, shownMissing).map(named);
  if (terms.length === 0) return undefined;
  const days = archive.coveredDays === 1 ? 'day' : `${archive.coveredDays} days`;
  return `As it is, it cannot match: no paper of the ${days} up to ${archive.span.to} has ${terms.join(' or ')}.`;
}

/**
 * What to know about a filter that finds less than one paper a week in an archive, in sentences: which of its terms no
 * paper has, and what one clause less would have found. Nothing about any other.
 */
export function describeOutlook(archive: ArchiveIndex, filter: Filter, spell?: Spelling): readonly string[] {
  const total = archive.placesOf(compileFilter(filter)).length;
  if (total * 7 >= archive.coveredDays) return [];
  const missing = total === 0 ? describeMissing(archive, filter, spell) : undefined;
  const looser = looserSearches(archive, { filter, span: archive.span }, spell)
    .filter((each) => each.total > total)
    .slice(0, shownLooser)
    .map((each) => `without ${named(each.without)}: ${each.total}`)
    .join('; ');
  const sentence = looser === '' ? [] : [`W${looser.slice(1)} in ${archive.coveredDays} days.`];
  return [...(missing === undefined ? [] : [missing]), ...sentence];
}

/** A term or a clause, in quotes unless it shows by itself where it ends. */
function named(printed: string): string {
  const short = cutTo(printed, clauseLength);
  return /[":]/.test(short) ? short : `"${short}"`;
}
