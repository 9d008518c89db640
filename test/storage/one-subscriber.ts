import type { Claim, EditionOutcome, SeenPapers } from '../../shared/domain/subscriber.js';
import { aClaim, day, instant, subscriberId } from '../support/builders.js';

/** The one subscriber whom most contracts are about, and when it was added. */
export const id = subscriberId(1);
export const at = instant('2026-08-01T12:00');

export const seenOn = (date: string, ...hashes: number[]): SeenPapers => ({ edition: day(date), hashes });

export const claimOn = (date: string, over: Partial<Claim> = {}) => aClaim({ edition: day(date), ...over });

export const outcome = (date: string, ended: EditionOutcome['outcome'], batch = aClaim().batch): EditionOutcome => ({
  edition: day(date),
  outcome: ended,
  batch,
});
