import type { Claim, EditionOutcome, SeenPapers, Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aProfile, day, instant, subscriberId } from '../../support/builders.js';

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

/** Adds and loads the one subscriber in the store of the test that runs. */
export function stepsIn(store: () => SubscriberRepository) {
  const load = async (): Promise<Subscriber> => (await store().load([id]))[0]!;
  const add = async (over = {}): Promise<Subscriber> => {
    await store().put(id, aProfile(over), at);
    return load();
  };
  return { load, add };
}

export const seenAt = (date: string, ...places: number[]): SeenPapers => ({ edition: day(date), places });
