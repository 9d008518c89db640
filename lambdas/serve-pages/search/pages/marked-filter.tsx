import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';

/** How much of a filter is shown on either side of where it goes wrong. */
const shownAround = 40;

/** The filter with the character at which it goes wrong marked; nothing when it parses. */
export function MarkedFilter({ filter }: { filter: string }) {
  const parsed = parseFilter(filter);
  if (parsed.ok) return null;
  const at = parsed.error.position - 1;
  const wrong = String.fromCodePoint(filter.codePointAt(at) ?? 0x2423);
  const before = [...filter.slice(0, at)];
  const after = [...filter.slice(at + wrong.length)];
  return (
    <span class="where" aria-hidden="true">
      {before.length > shownAround ? '…' : ''}
      {before.slice(-shownAround).join('')}
      <mark>{wrong}</mark>
      {after.slice(0, shownAround).join('')}
      {after.length > shownAround ? '…' : ''}
    </span>
  );
}
