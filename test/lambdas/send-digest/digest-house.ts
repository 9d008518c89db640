import { type SendDigestDeps, sendDigest } from '../../../lambdas/send-digest/send-digest.js';
import type { SendDigest } from '../../../shared/contract/messages.js';
import { type ComposeDigest, digestMailer } from '../../../shared/delivery/digest-mailer.js';
import { editionCache } from '../../../shared/delivery/loaded-edition.js';
import { lanes } from '../../../shared/delivery/pacing.js';
import { probeMailer } from '../../../shared/delivery/probe-mailer.js';
import { seenHashesFrom } from '../../../shared/delivery/seen-hashes.js';
import { sendingGate } from '../../../shared/delivery/sending-gate.js';
import { trafficTally } from '../../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { type Slot, slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SendAnswer, SendQuota } from '../../../shared/mail/send/ses-sender.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import {
  anEdition,
  aProfile,
  aRankedPaper,
  aSubscriber,
  aTrendScore,
  day,
  instant,
  paperId,
  subscriberId,
} from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { fakeTrafficRepository } from '../../support/fake-traffic-repository.js';

export const run = day('2026-08-07');
const daily = slotOf('Europe/Berlin', 7);
export const due = instant('2026-08-07T05:00');
export const batch = `${daily}#0000`;

export const edition = anEdition({
  papers: [
    { ...aRankedPaper({ id: paperId(1), title: 'Tables of the Heart' }, aTrendScore(5)), weekGain: 4 },
    aRankedPaper(
      { id: paperId(2), title: 'Diffusion of Lanterns', abstract: 'Lamps.', keywords: [], authors: ['Ada Moss'] },
      aTrendScore(4),
    ),
    { ...aRankedPaper({ id: paperId(3), title: 'More Tables' }, aTrendScore(3)), weekGain: 90 },
  ],
});

/** Somebody who reads of tables. */
export const reader = (number: number, over: Partial<Subscriber> = {}) =>
  aSubscriber({ id: subscriberId(number), profile: aProfile({ address: `reader${number}@example.org` }), ...over });

/** A batch of subscribers, a sender that answers as told and keeps what it was given, and a clock. */
export async function aDigestHouse(
  subscribers: readonly Subscriber[],
  over: {
    answers?: SendAnswer[];
    quota?: Partial<SendQuota>;
    isSecretDown?: boolean;
    compose?: ComposeDigest;
    /** The slot of the batch, instead of seven in Berlin every day. */
    slot?: Slot;
    /** Editions beside that of the run. */
    editions?: readonly (typeof edition)[];
    /** Where the subscribers are, instead of in memory. */
    store?: SubscriberRepository;
    /** The Subscribers table was restored, and waits for its replay. */
    isCopy?: boolean;
  } = {},
) {
  const store = over.store ?? fakeSubscriberRepository(...subscribers);
  const runs = fakeRunRepository();
  const slot = over.slot ?? daily;
  const ownBatch = `${slot}#0000`;
  await runs.openBatch({ run, slot, seq: 0, subscribers: subscribers.map(({ id }) => id) }, due);
  const sent: { to: string; raw: string; tags: Readonly<Record<string, string>> }[] = [];
  const answers = over.answers ?? [];
  const time = { now: due };
  const sender = {
    send: async (
      raw: Buffer,
      to: string,
      _from: string,
      tags: Readonly<Record<string, string>>,
    ): Promise<SendAnswer> => {
      const answer = answers.shift() ?? { kind: 'accepted', messageId: 'm' };
      if (answer.kind === 'accepted' || answer.kind === 'lost') sent.push({ to, raw: raw.toString(), tags });
      return answer;
    },
    quota: async () => ({ perSecond: 14, per24Hours: 50_000, sentLast24Hours: 0, ...over.quota }),
  };
  const warnings: string[] = [];
  const stops: number[] = [];
  const halts: number[] = [];
  const pauses: number[] = [];
  const broken: number[] = [];
  const unreadable: number[] = [];
  const consents = fakeConsentRepository();
  const warn = (message: string, what: object) => void warnings.push(`${message} ${JSON.stringify(what)}`);
  const editions = fakeEditionRepository(edition, ...(over.editions ?? []));
  const traffic = fakeTrafficRepository();
  const installation = {
    sender,
    from: 'Paperboy <papers@example.org>',
    postalAddress: '1 Example Street',
    pagesUrl: 'https://pages.example.org',
    sleep: async () => {},
  };
  const deps: SendDigestDeps = {
    runs,
    traffic,
    tally: trafficTally(traffic, () => time.now),
    maySend: sendingGate('digests', {
      traffic,
      now: () => time.now,
      warn,
      countHalted: (count) => void halts.push(count),
      countPaused: (count) => void pauses.push(count),
    }),
    mailProbe: probeMailer(installation),
    subscribers: store,
    isOwnTable: async () => !over.isCopy,
    consents,
    loadEdition: editionCache(editions, warn),
    seenHashes: seenHashesFrom(editions, warn),
    catalogue: [],
    mailDigest: digestMailer(
      {
        ...installation,
        keys: async () => {
          if (over.isSecretDown) throw new Error('throttled');
          return parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));
        },
      },
      over.compose,
    ),
    quota: sender.quota,
    paceFor: () => async () => {},
    lane: lanes(1),
    countStopped: (count) => void stops.push(count),
    countBroken: (count) => void broken.push(count),
    countUnreadable: (filters) => void unreadable.push(filters),
    publishHour: 5,
    warn,
    now: () => time.now,
  };
  const send = (
    more: Partial<SendDigestDeps> = {},
    remainingMs = () => 900_000,
    job: SendDigest = { run, batch: ownBatch },
    queuedAt?: Instant,
  ) => sendDigest(job, { ...deps, ...more }, remainingMs, queuedAt);
  const stateOf = async (number: number) => (await store.load([subscriberId(number)]))[0]!.state;
  return {
    editions,
    consents,
    stops,
    halts,
    pauses,
    broken,
    unreadable,
    store,
    runs,
    traffic,
    sent,
    send,
    time,
    stateOf,
    warnings,
  };
}
