import { rememberPapers, rememberWholly, seenBy } from '../../domain/subscriber/seen-papers.js';
import type { SeenPapers } from '../../domain/subscriber/subscriber.js';
import { outcomesAfterLoss } from './digest-claims.js';
import { outcomesText, withOutcome } from './packed-history.js';
import { seenAttributes } from './packed-seen.js';
import { heldState, type StateRow } from './subscriber-state.js';

/** The later of two editions, if any. */
const later = <Edition extends string>(one: Edition | undefined, other: Edition | undefined) =>
  one === undefined || (other !== undefined && other > one) ? other : one;

function seenTogether(theirs: readonly SeenPapers[], own: readonly SeenPapers[]): readonly SeenPapers[] {
  let seen: readonly SeenPapers[] = theirs;
  for (const entry of own) if ('places' in entry) seen = rememberPapers(seen, entry.edition, entry.places);
  for (const entry of own) if ('isWhole' in entry) seen = rememberWholly(seen, entry.edition);
  return [...own.filter((entry) => 'hashes' in entry), ...seen];
}

/** What one state takes over from another, beside what it has: digests may have gone to both in their time. */
export function takenOver(old: StateRow, own: StateRow) {
  const theirs = heldState(old);
  const { edition, outcomes, seen } = heldState(own);
  const together = outcomes.reduce(withOutcome, outcomesAfterLoss(theirs));
  return {
    edition: later(theirs.edition, edition),
    outcomes: outcomesText(together),
    quietEditions: theirs.quietEditions,
    ...seenAttributes(seenTogether(seenBy(theirs), seen)),
  };
}
