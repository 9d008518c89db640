import type { Instant } from './calendar-date.js';
import type { Counts, Observation } from './paper.js';

/** The newest of each count that was observed at or before `at`; a count that was never given is absent. */
export function countsAt(history: readonly Observation[], at: Instant): Counts {
  const past = history.filter((observation) => observation.at <= at).sort((one, other) => one.at - other.at);
  const { at: _, ...counts } = Object.assign({ at }, ...past) as Observation;
  return counts;
}
