import { composeWelcome, type NoticeMailerDeps, noticeMailer } from '../../../lambdas/send-notice/notice-mailer.js';
import { type SendNoticeDeps, sendNotice } from '../../../lambdas/send-notice/send-notice.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { digestMailer } from '../../../shared/delivery/digest-mailer.js';
import { editionCache, newestEdition } from '../../../shared/delivery/loaded-edition.js';
import { seenHashesFrom } from '../../../shared/delivery/seen-hashes.js';
import { isPausedByAdmin, sendingGate } from '../../../shared/delivery/sending-gate.js';
import { trafficTally } from '../../../shared/delivery/traffic-tally.js';
import { parseCatalogue } from '../../../shared/domain/subscriber/catalogue.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { anEdition, aRankedPaper, aTrendScore, instant, paperId } from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeSignupRepository } from '../../support/fake-signup-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { fakeTrafficRepository } from '../../support/fake-traffic-repository.js';
import { memoryRequests } from '../../support/memory-requests.js';

const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));

export const noon = instant('2026-08-07T12:00');
export const canary = 'canary.bird@example.org';
export const idOf = (canonical: string) => subscriberIdOf(canonical, keys.identity);
export const canaryId = idOf(canary);

/** A request made on the form at noon. */
export function aRequest(over: Partial<Extract<SendNotice, { kind: 'answer-request' }>> = {}): SendNotice {
  return {
    kind: 'answer-request',
    address: canary,
    timeZone: 'Europe/Berlin',
    hour: 7,
    topics: [{ name: 'Secretword', filter: 'tables' }],
    maxPapers: 10,
    page: '2026-11',
    requestedAt: noon,
    ...over,
  };
}

/** An edition of which `filter: tables` matches the first paper. */
export const edition = anEdition({
  papers: [
    aRankedPaper({ id: paperId(1), title: 'Tables of the Heart' }, aTrendScore(5)),
    aRankedPaper({ id: paperId(2), title: 'Lanterns', abstract: 'Lamps.', keywords: [] }, aTrendScore(4)),
  ],
});

export interface SentMail {
  readonly to: string;
  readonly raw: string;
  readonly tags: Readonly<Record<string, string>>;
}

interface HouseOptions {
  readonly subscribers?: readonly Subscriber[];
  readonly answers?: SendAnswer[];
  readonly per24Hours?: number;
  readonly editions?: readonly (typeof edition)[];
  /** What somebody else does while the use case waits. */
  readonly onSleep?: (store: SubscriberRepository) => Promise<unknown>;
  /** The Subscribers table was restored, and waits for its replay. */
  readonly isCopy?: boolean;
}

/** The use case on fakes, with a sender that answers as told, and everything that was sent, put back and logged. */
export function aNoticeHouse({ subscribers = [], answers = [], per24Hours = 50_000, ...over }: HouseOptions = {}) {
  const store = fakeSubscriberRepository(...subscribers);
  const signups = fakeSignupRepository();
  const requests = memoryRequests();
  const consents = fakeConsentRepository();
  const runs = fakeRunRepository();
  const traffic = fakeTrafficRepository();
  const editions = fakeEditionRepository(...(over.editions ?? [edition]));
  const sent: SentMail[] = [];
  const putBack: { message: SendNotice; delaySeconds: number }[] = [];
  const log: string[] = [];
  const pauses: number[] = [];
  const time = { now: noon };
  const randoms = Array.from({ length: 900 }, (_, at) => 999 - at);
  const sender = {
    async send(raw: Buffer, to: string, _from: string, tags: Readonly<Record<string, string>>): Promise<SendAnswer> {
      const answer = answers.shift() ?? { kind: 'accepted', messageId: 'm' };
      // Quoted-printable, read back far enough for what the tests look for.
      const text = raw.toString().replace(/=\r\n/g, '').replaceAll('=3D', '=');
      if (answer.kind === 'accepted' || answer.kind === 'lost') sent.push({ to, raw: text, tags });
      return answer;
    },
  };
  const warn = (message: string, what: object) => void log.push(`${message} ${JSON.stringify(what)}`);
  const topics = fakeLearnedTopics();
  const loadEdition = editionCache(editions, warn);
  const mail: NoticeMailerDeps = {
    sender,
    keys: async () => keys,
    from: 'Paperboy <papers@example.org>',
    postalAddress: '1 Example Street',
    pagesUrl: 'https://pages.example.org',
    sleep: async () => {},
    warn,
  };
  const deps: SendNoticeDeps = {
    subscribers: store,
    topics,
    isOwnTable: async () => !over.isCopy,
    runs,
    signups,
    requests,
    consents,
    loadEdition,
    seenHashes: seenHashesFrom(editions, warn),
    newestEdition: newestEdition(editions, loadEdition),
    tally: trafficTally(traffic, () => time.now),
    mayAskStrangers: sendingGate('notices', {
      traffic,
      now: () => time.now,
      warn,
      countHalted: () => {},
      countPaused: () => {},
    }),
    isPaused: (sorts) => isPausedByAdmin(sorts, traffic),
    countPaused: (count) => void pauses.push(count),
    mailNotice: noticeMailer(mail),
    publishHour: 5,
    mailDigest: digestMailer(mail, composeWelcome(5)),
    quota: async () => ({ perSecond: 14, per24Hours, sentLast24Hours: 0 }),
    requeue: async (message, delaySeconds) => void putBack.push({ message, delaySeconds }),
    random: () => `${'r'.repeat(40)}${randoms.pop()}`,
    keys: mail.keys,
    sleep: async () => over.onSleep?.(store),
    countUnreadable: () => {},
    catalogue: parseCatalogue([{ id: 'robots', name: 'Robots', description: 'Machines.', filter: 'robot' }]).topics,
    warn,
    now: () => time.now,
  };
  /** Delivers a message as the queue does: what the use case reports or throws is logged. */
  const deliver = async (message: SendNotice) => {
    try {
      const report = await sendNotice(message, deps);
      log.push(JSON.stringify(report));
      return report;
    } catch (error) {
      log.push(String(error));
      throw error;
    }
  };
  const stateOf = async (id = canaryId) => (await store.load([id]))[0]?.state;
  // Without a postal address no mail can be composed.
  const breakComposing = () => Object.assign(mail, { postalAddress: undefined });
  const mendComposing = () => Object.assign(mail, { postalAddress: '1 Example Street' });
  return {
    topics,
    breakComposing,
    mendComposing,
    store,
    signups,
    requests,
    consents,
    runs,
    traffic,
    editions,
    sent,
    putBack,
    log,
    pauses,
    time,
    deliver,
    stateOf,
  };
}
