import { randomBytes } from 'node:crypto';
import { rememberedDays } from '../../../lambdas/serve-pages/day/remembered-days.js';
import { rememberedCalendar } from '../../../lambdas/serve-pages/editions/edition-calendar.js';
import { rememberedArchives } from '../../../lambdas/serve-pages/editions/remembered-editions.js';
import { rememberedSent } from '../../../lambdas/serve-pages/feeds/remembered-sent.js';
import { learningFrom } from '../../../lambdas/serve-pages/learned/learning.js';
import { rememberedScoreboards } from '../../../lambdas/serve-pages/papers/remembered-scoreboards.js';
import { rememberedTitles } from '../../../lambdas/serve-pages/preferences/latest-digests.js';
import { servePages } from '../../../lambdas/serve-pages/serve-pages.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { seenHashesFrom } from '../../../shared/delivery/seen-hashes.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../../shared/storage/hindsights-repository.js';
import { monthRepository } from '../../../shared/storage/months-repository.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { fakeRunRepository } from '../../support/fake-run-repository.js';
import { fakeTrafficRepository } from '../../support/fake-traffic-repository.js';
import { memoryRequests } from '../../support/memory-requests.js';
import type { CaseContext } from './probe-kind.js';
import { keys, openTables } from './subscriber-tables.js';

/** The pages on tables of their own, by a clock that is set by hand, with what they queue. */
export async function openPages(context: CaseContext, clock: { now: Instant }) {
  const dynamo = await context.dynamo();
  const tables = await openTables(context);
  const editionsTable = await dynamo.createTable('editions');
  const editions = editionRepository(dynamo.client, editionsTable);
  const months = monthRepository(dynamo.client, editionsTable);
  const papers = fakePaperRepository();
  const archives = rememberedArchives({ editions, months }, () => clock.now);
  const randomToken = () => randomBytes(32).toString('base64url');
  const queue: SendNotice[] = [];
  const app = servePages({
    ...tables,
    ...learningFrom({
      ...{ ...tables, archives, papers, editions },
      learnedTopics: fakeLearnedTopics(),
      lookUp: async () => undefined,
      randomToken,
      now: () => clock.now,
    }),
    editions,
    calendar: rememberedCalendar(editions, papers, () => clock.now),
    papers,
    runs: fakeRunRepository(),
    traffic: fakeTrafficRepository(),
    requests: memoryRequests(),
    randomToken,
    hindsights: hindsightRepository(dynamo.client, editionsTable),
    archives,
    describedPaper: async () => undefined,
    scoreboards: rememberedScoreboards({ editions, months }),
    months,
    titlesOf: rememberedTitles(editions),
    loadSent: rememberedSent({ editions, papers: fakePaperRepository() }),
    loadDay: rememberedDays(editions, () => undefined),
    seenHashes: seenHashesFrom(editions, () => undefined),
    enqueue: async (notices) => void queue.push(...notices),
    keys: async () => keys,
    categories: ['cs.AI', 'cs.CL', 'cs.CV', 'cs.LG'],
    catalogue: [],
    groups: [],
    publisher: { sender: 'Paperboy <post@example.org>', postalAddress: '1 Reed Lane', contact: 'admin@example.org' },
    pagesUrl: 'https://pages.paper.dev',
    publishHour: 5,
    warn: () => undefined,
    now: () => clock.now,
  });
  return { ...tables, app, queue };
}

/** The field of a form for the time zone. */
export function zoneField(page: string): string {
  return /<select[^>]*name="timezone".*?<\/select>/s.exec(page)?.[0] ?? '';
}
