import { createHash, randomBytes } from 'node:crypto';
import { rememberedDays } from '../../../lambdas/serve-pages/day/remembered-days.js';
import type { ServePagesDeps } from '../../../lambdas/serve-pages/dependencies.js';
import { rememberedCalendar } from '../../../lambdas/serve-pages/editions/edition-calendar.js';
import { rememberedArchives } from '../../../lambdas/serve-pages/editions/remembered-editions.js';
import { rememberedSent } from '../../../lambdas/serve-pages/feeds/remembered-sent.js';
import { learningFrom } from '../../../lambdas/serve-pages/learned/learning.js';
import { rememberedScoreboards } from '../../../lambdas/serve-pages/papers/remembered-scoreboards.js';
import { rememberedTitles } from '../../../lambdas/serve-pages/preferences/latest-digests.js';
import { servePages } from '../../../lambdas/serve-pages/serve-pages.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { seenHashesFrom } from '../../../shared/delivery/seen-hashes.js';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { type Catalogue, parseCatalogue } from '../../../shared/domain/subscriber/catalogue.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import type { LookUp } from '../../../shared/learning/learn-anew.js';
import { addressUrl } from '../../../shared/mail/send/installation.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { signToken, type TokenScope } from '../../../shared/runtime/tokens.js';
import { aHindsight, anEdition, aPaper, aState, aSubscriber, instant, subscriberId } from '../../support/builders.js';
import { fakeConsentRepository } from '../../support/fake-consent-repository.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeHindsightRepository } from '../../support/fake-hindsight-repository.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { fakeMonthRepository } from '../../support/fake-month-repository.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeSignupRepository } from '../../support/fake-signup-repository.js';
import { fakeSubscriberRepository } from '../../support/fake-subscriber-repository.js';
import { fakeTrafficRepository } from '../../support/fake-traffic-repository.js';
import { memoryRequests } from '../../support/memory-requests.js';

export const noon: Instant = instant('2026-08-07T12:00');

/** An address that no log line and no error page may ever hold. */
export const canary = 'canary.bird@example.org';

export const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));

export const topics: Catalogue['topics'] = parseCatalogue([
  { id: 'tables', name: 'Tables', description: 'Rows and columns.', filter: 'tables' },
  { id: 'robots', name: 'Robots', description: 'Machines that move.', filter: 'robot' },
]).topics;

export const token = (scope: TokenScope, number = 1, at = noon) =>
  signToken(keys.signing[0], scope, { subscriber: subscriberId(number), issuedOn: Math.floor(at / dayMs) });

const random = 'q'.repeat(43);

/** The token in the confirmation mail of `aPending`. */
export const confirmation = (number = 2) => `${subscriberId(number)}.${random}`;

/** Somebody who has asked and not confirmed yet. */
export function aPending(number = 2, expiresAt = noon + dayMs): Subscriber {
  const tokenHash = createHash('sha256').update(random).digest('hex');
  const state = aState({ status: 'pending', confirmation: { tokenHash, expiresAt } });
  return aSubscriber({ id: subscriberId(number), state });
}

/** Somebody whose address is to replace that of the first subscriber, and who has not confirmed it yet. */
export function aMoving(number: number, movesFrom = subscriberId(1)): Subscriber {
  const { id, state, profile } = aPending(number);
  const confirmation = { tokenHash: '', expiresAt: 0, ...state.confirmation, movesFrom };
  return { id, state: { ...state, confirmation }, profile: { ...profile, address: `number${number}@example.org` } };
}

/** The path of the link that begins a change of address. */
export const addressLink = (number = 1, at = noon) => addressUrl(keys.signing[0], '', subscriberId(number), at);

const reading = ['load', 'statusOf', 'isConfirmedBy', 'of', 'inSlot', 'slots'];

/** A repository that notes the name of each method called that writes. */
function noted<Repository extends object>(repository: Repository, writes: string[]): Repository {
  return new Proxy(repository, {
    get: (target, name) => {
      if (!reading.includes(String(name))) writes.push(String(name));
      return Reflect.get(target, name);
    },
  });
}

/** The pages over fakes, with what they wrote, queued and logged. */
export function openPages(given: readonly Subscriber[] = [aSubscriber()], over: Partial<ServePagesDeps> = {}) {
  const clock = { now: noon };
  const writes: string[] = [];
  const queue: SendNotice[] = [];
  const lookedUp: LookUp[] = [];
  const learnedTopics = fakeLearnedTopics();
  const log: string[] = [];
  const subscribers = fakeSubscriberRepository(...given);
  const consents = fakeConsentRepository();
  const editions = { ...fakeEditionRepository(anEdition()), ...over.editions };
  const months = fakeMonthRepository();
  const papers = fakePaperRepository();
  const runs = fakeRunRepository();
  const traffic = fakeTrafficRepository();
  const archives = rememberedArchives({ editions, months }, () => clock.now);
  const randomToken = () => randomBytes(32).toString('base64url');
  const warn = (message: string, what: object) => void log.push(`${message} ${JSON.stringify(what)}`);
  const app = servePages({
    calendar: rememberedCalendar(editions, papers, () => clock.now),
    papers,
    runs,
    traffic,
    hindsights: fakeHindsightRepository(aHindsight()),
    archives,
    describedPaper: async (id) => [aPaper()].find((paper) => paper.id === id),
    scoreboards: rememberedScoreboards({ editions, months }),
    months,
    loadDay: rememberedDays(editions, warn),
    titlesOf: rememberedTitles(editions),
    loadSent: rememberedSent({ editions, papers }),
    seenHashes: seenHashesFrom(editions, warn),
    subscribers: noted(subscribers, writes),
    ...learningFrom({
      ...{ editions, archives, papers, randomToken },
      subscribers: noted(subscribers, writes),
      learnedTopics: noted(learnedTopics, writes),
      lookUp: async (asked) => void lookedUp.push(asked),
      now: () => clock.now,
    }),
    signups: noted(fakeSignupRepository(), writes),
    requests: memoryRequests(),
    consents: noted(consents, writes),
    enqueue: async (notices) => void queue.push(...notices),
    keys: async () => keys,
    catalogue: topics,
    groups: [{ id: 'machines', name: 'Machines', topics: ['robots'] }],
    categories: ['cs.CL', 'cs.LG'],
    publisher: { sender: 'Paperboy <papers@example.org>', postalAddress: '1 Reed Lane', contact: 'admin@example.org' },
    pagesUrl: 'https://pages.paper.dev',
    publishHour: 5,
    randomToken,
    warn,
    now: () => clock.now,
    ...over,
    editions,
  });
  const post = (path: string, fields: Record<string, string> | [string, string][] = {}, headers = {}) =>
    app.request(path, { method: 'POST', body: new URLSearchParams(fields), headers });
  /** As a browser does: whatever leads elsewhere is followed. */
  const step = async (path: string, fields: Record<string, string> | [string, string][] = {}, headers = {}) => {
    const answer = await post(path, fields, headers);
    return answer.status === 303 ? app.request(answer.headers.get('location') ?? '') : answer;
  };
  const read = async (path: string) => (await app.request(path)).text();
  const status = async (id: SubscriberId = subscriberId(1)) => (await subscribers.load([id]))[0]?.state.status;
  const journal = async (id: SubscriberId = subscriberId(1)) => (await consents.of(id)).map(({ event }) => event);
  return {
    app,
    papers,
    runs,
    traffic,
    clock,
    writes,
    queue,
    lookedUp,
    learnedTopics,
    log,
    subscribers,
    consents,
    post,
    step,
    read,
    status,
    journal,
  };
}

/** The stamp in a page's form. */
export const stampIn = (page: string) => /name="stamp" value="([^"]*)"/.exec(page)?.[1] ?? '';
