import { expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type CalendarDate, dayMs } from '../../../shared/domain/calendar-date.js';
import type { DeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { Claim, Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aProfile, aSubscriber, day, subscriberId } from '../../support/builders.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { embeddedForTests } from '../embedded.js';

const id = subscriberId(1);

/** What a step finds in one repository: itself, and the subscriber as loaded now or some steps ago. */
interface Found {
  readonly repository: SubscriberRepository;
  readonly now: Subscriber | undefined;
  readonly loaded: Subscriber;
}

type Step = (found: Found) => Promise<unknown>;

const editions = fc.constantFrom<CalendarDate>(...['2026-08-05', '2026-08-06', '2026-08-07'].map(day));
const attempts = fc.integer({ min: 1, max: 2 });
const instants = fc.integer({ min: 1, max: 3 });
const claims = fc.record({ edition: editions, attempt: attempts, at: instants, batch: fc.constantFrom('a', 'b') });
const openClaim = ({ now }: Found): Claim => now?.state.claim ?? aClaim();

const steps: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(fc.nat(23), fc.constantFrom(undefined, undefined, '12345', '6', 'w5')).map(
    ([hour, days]): Step =>
      ({ repository }) =>
        repository.put(id, aProfile({ hour, ...(days && { days: days as DeliveryDays }) }), 1),
  ),
  fc.record({ claim: claims, hash: fc.nat(9), stale: fc.boolean() }).map(
    ({ claim, hash, stale }): Step =>
      ({ repository, now, loaded }) => {
        const holder = stale ? loaded : (now ?? loaded);
        const seen = [...holder.state.seen, { edition: claim.edition, hashes: [hash] }];
        return repository.claim(holder, aClaim({ ...claim, attempt: 1 }), seen);
      },
  ),
  fc.record({ attempt: attempts, at: instants }).map(
    (next): Step =>
      (found) =>
        found.repository.reclaim(id, openClaim(found), next),
  ),
  fc.constant<Step>((found) => found.repository.markUnsent(id, openClaim(found))),
  claims.map(
    (claim): Step =>
      ({ repository, loaded }) =>
        repository.record(loaded, 'failed', aClaim(claim)),
  ),
  fc.constant<Step>((found) => found.repository.record(found.loaded, 'sent', openClaim(found))),
  editions.map(
    (edition): Step =>
      ({ repository, loaded }) =>
        repository.close(loaded, edition, 'unmatched', 'c'),
  ),
  editions.map(
    (edition): Step =>
      ({ repository }) =>
        repository.amend(id, edition, 'failed'),
  ),
  fc.constantFrom('unsubscribed' as const, 'bounced' as const, 'suppressed' as const).map(
    (status): Step =>
      ({ repository }) =>
        repository.stop(id, status, 1),
  ),
  fc.nat(3).map(
    (days): Step =>
      ({ repository }) =>
        repository.noteSoftBounce(id, days * dayMs),
  ),
  fc.nat(3).map(
    (days): Step =>
      ({ repository }) =>
        repository.noteSent(id, days * dayMs),
  ),
);

const hashes = fc.constantFrom('a', 'b');

const journey: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ hour: fc.nat(23), tokenHash: hashes, expiresAt: instants }).map(
    ({ hour, ...confirmation }): Step =>
      ({ repository }) =>
        repository.request(id, aProfile({ hour }), confirmation, 1),
  ),
  fc.record({ tokenHash: hashes, at: fc.nat(3) }).map(
    ({ tokenHash, at }): Step =>
      ({ repository }) =>
        repository.confirm(id, tokenHash, at),
  ),
  fc.nat(23).map(
    (hour): Step =>
      ({ repository }) =>
        repository.change(id, aProfile({ hour }), 1),
  ),
  fc.option(instants, { nil: undefined }).map(
    (until): Step =>
      ({ repository }) =>
        repository.pause(id, until, 1),
  ),
  fc.constant<Step>(({ repository }) => repository.resume(id, 1)),
  instants.map(
    (until): Step =>
      ({ repository }) =>
        repository.endPause(id, until, 1),
  ),
  fc.constantFrom('unsubscribed' as const, 'bounced' as const, 'suppressed' as const).map(
    (status): Step =>
      ({ repository }) =>
        repository.stop(id, status, 1),
  ),
  fc.boolean().map(
    (isRefused): Step =>
      async ({ repository }) => {
        const heard: string[] = [];
        const first = async () => {
          heard.push('first');
          if (isRefused) throw new Error('refused');
        };
        const answer = await repository.unsubscribe(id, 1, first).catch((error: Error) => error.message);
        return [answer, heard];
      },
  ),
  fc.constant<Step>(({ repository }) => repository.rejoin(id, 1)),
  fc.constant<Step>(({ repository }) => repository.erase(id, 1)),
  fc.constant<Step>(({ repository }) => repository.markComplaint(id, 1)),
  fc.nat(3).map(
    (mailSentAt): Step =>
      ({ repository }) =>
        repository.stop(id, 'bounced', 1, mailSentAt),
  ),
);

/** What both stores must show after each step. */
async function shown(repository: SubscriberRepository) {
  const [loaded] = await repository.load([id]);
  const statuses = [
    await repository.statusOf(id, 0),
    await repository.statusOf(id, 2),
    await repository.mayComeBack(id),
    await repository.isConfirmedBy(id, 'a'),
  ];
  return { loaded, statuses, inSlot: loaded && (await repository.inSlot(loaded.state.slot)) };
}

const answerOf = (step: Step, found: Found) =>
  (async () => step(found))().then(
    (answer) => ({ answer }),
    () => 'threw',
  );

const dynamo = embeddedForTests();

it('gives the same answers and states in memory and in DynamoDB, whatever is done in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(steps, journey), { minLength: 2, maxLength: 18 }),
      fc.integer({ min: 1, max: 3 }),
      fc.boolean(),
      async (plan, age, isKnown) => {
        const table = await dynamo().createTable('subscribers');
        const stores = [fakeSubscriberRepository(), subscriberRepository(dynamo().client, table)];
        const history: (Subscriber | undefined)[][] = [[], []];
        if (isKnown) for (const repository of stores) await repository.put(id, aProfile(), 1);
        for (const step of plan) {
          const results = [];
          for (const [place, repository] of stores.entries()) {
            const [now] = await repository.load([id]);
            const loaded = history[place]!.at(-age) ?? now ?? aSubscriber();
            history[place]!.push(now);
            const result = await answerOf(step, { repository, now, loaded });
            results.push({ result, after: await shown(repository) });
          }
          expect(results[1]).toEqual(results[0]);
        }
        expect(await stores[1]!.slots()).toEqual(await stores[0]!.slots());
        await dynamo().dropTable(table);
      },
    ),
    { numRuns: 50 },
  );
});
