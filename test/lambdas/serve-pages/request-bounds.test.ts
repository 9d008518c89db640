import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import { servePagesDependencies } from '../../../lambdas/serve-pages/dependencies.js';
import { assets } from '../../../lambdas/serve-pages/frame/own-files.js';
import { servePages } from '../../../lambdas/serve-pages/serve-pages.js';
import { stampForm } from '../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { makeMonth } from '../../../shared/domain/archive/make-month.js';
import { addDays, dayMs, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import { signToken } from '../../../shared/runtime/tokens.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { learnedTopicRepository } from '../../../shared/storage/examples/learned-topics.js';
import { hindsightRepository } from '../../../shared/storage/hindsights-repository.js';
import { monthRepository } from '../../../shared/storage/months-repository.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { editionOf, plainPaper } from '../../domain/edition/archive-builder.js';
import { MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { env } from '../../simulation/house/functions.js';
import { claimOn, outcome, seenAt } from '../../storage/subscribers/one-subscriber.js';
import { aConfirmation, aHindsight, aProfile, day, instant, subscriberId } from '../../support/builders.js';
import { savePaper } from '../../support/save-paper.js';
import { addressLink, aPending, confirmation, keys, noon, token } from './serve-pages-fixture.js';

/** How many items one request may read; a key of a batch that is not there counts, since it is paid for as well. */
const mostItemReads = 60;

/** How long one request may keep a core, in milliseconds. */
const mostCpuMs = 300;

/** The CPU time of some work; of two such times the smaller one has less of what else went on. */
async function cpuMsOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const newest = day('2026-08-07');
const stamp = stampForm(keys.signing[0], noon - 60_000, 'bounds');
const filters = Array.from({ length: 1100 }, (_, index): [string, string] => ['filter', `w${index}`]);
const choices: [string, string][] = [['hour', '7'], ['timezone', 'UTC'], ['maxPapers', '25'], ...filters];
const form: [string, string][] = [['stamp', stamp], ['address', 'reader@example.org'], ...choices];
const learned = `/learned?token=${token('preferences')}&n=3`;
/** Papers that are named, most of them unknown. */
const idsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => `2608.${String(at).padStart(5, '0')}`).join('\n');
const own = (path = '') => `/preferences${path}?token=${token('preferences')}`;

type Asked = readonly [path: string, fields?: [string, string][]];
/** A paper of every edition, listed so long ago that seven of them may be asked about it. */
const inEachEdition = plainPaper(9000, {
  firstSeenAt: instant('2026-08-01T04:00'),
  listedDays: [day('2026-08-01')],
});
/** How many items the page of a paper may read. */
const mostPaperReads = 10;
const madeAt = 29_000_000;
const claims = { subscriber: subscriberId(1), issuedOn: madeAt };
const ownFeed = `/feeds/own.atom?token=${signToken(keys.signing[0], 'feed', claims)}`;

/** The dearest requests that we know of for each of the routes, which are named as the router has them. */
const requests: Readonly<Record<string, readonly Asked[]>> = {
  ...Object.fromEntries(Object.values(assets).map(({ path }) => [`GET ${path}`, [[path]]])),
  'GET /assets/:name{paperboy\\.\\w+\\.css}': [['/assets/paperboy.0ld.css']],
  'GET /assets/:name{paperboy\\.\\w+\\.js}': [['/assets/paperboy.0ld.js']],
  'GET /assets/:name{solver\\.\\w+\\.js}': [['/assets/solver.0ld.js']],
  'GET /assets/:name{paperboy\\.\\w+\\.svg}': [['/assets/paperboy.0ld.svg']],
  'GET /favicon.ico': [['/favicon.ico']],
  'GET /manifest.webmanifest': [['/manifest.webmanifest']],
  'GET /robots.txt': [['/robots.txt']],
  'GET /.well-known/security.txt': [['/.well-known/security.txt']],
  'GET /privacy': [['/privacy']],
  'GET /how': [['/how']],
  'GET /hindsight': [['/hindsight']],
  'GET /editions': [['/editions'], ['/editions?month=2026-07'], ['/editions?month=2020-01']],
  'GET /editions/:date': [
    ['/editions/2026-08-06'],
    ['/editions/2026-08-06?topic=llm-agents&view=compact'],
    ['/editions/2020-01-01'],
  ],
  'GET /sitemap.xml': [['/sitemap.xml']],
  'GET /topics': [['/topics']],
  'GET /topics/:id': [['/topics/evaluation']],
  'GET /status': [['/status']],
  'GET /papers/:address{.+}': [
    [`/papers/${inEachEdition.paper.id}`],
    [`/papers/${inEachEdition.paper.id}/citation.bib`],
    ['/papers/2001.00001'],
  ],
  'GET /search': [['/search?q=lamp'], ['/search?q=zebra+unknown'], ['/search?q=lamp&from=2026-07-01&to=2026-07-31']],
  'GET /filters/preview': [['/filters/preview?q=lamp'], ['/filters/preview?q=zebra+author:nobody']],
  'GET /feeds/edition.atom': [['/feeds/edition.atom']],
  'GET /feeds/edition.json': [['/feeds/edition.json']],
  'GET /feeds/search.atom': [['/feeds/search.atom?q=lamp'], ['/feeds/search.atom?q=zebra+author:nobody']],
  'GET /feeds/search.json': [['/feeds/search.json?q=lamp']],
  'GET /feeds/topics/:topic{[^/]+\\.(?:atom|json)}': [['/feeds/topics/robots.atom'], ['/feeds/topics/everything.json']],
  'GET /feeds/own.atom': [[ownFeed]],
  'GET /feeds/own.json': [[ownFeed.replace('.atom', '.json')]],
  'GET /': [['/']],
  'POST /subscribe': [
    ['/subscribe', form],
    ['/subscribe', [...form, ['topic', 'none']]],
  ],
  'POST /subscribe/try': [
    ['/subscribe/try', form],
    ['/subscribe/try', form.slice(0, 14)],
  ],
  'GET /check-inbox': [['/check-inbox']],
  'GET /confirm': [[`/confirm?token=${confirmation()}`]],
  'POST /confirm': [[`/confirm?token=${confirmation()}`, []]],
  'GET /preferences': [[own()]],
  'POST /preferences': [[own(), choices]],
  'GET /preferences/pause': [[own('/pause')]],
  'POST /preferences/pause': [
    [own('/pause'), [['for', 'never']]],
    [own('/pause'), [['for', 'week']]],
  ],
  'GET /preferences/resume': [[own('/resume')]],
  'POST /preferences/resume': [[own('/resume'), []]],
  'GET /preferences/weekly': [[own('/weekly')]],
  'POST /preferences/weekly': [[own('/weekly'), []]],
  'GET /preferences/address': [[own('/address')]],
  'POST /preferences/address': [[own('/address'), []]],
  'GET /preferences/feed': [[own('/feed')]],
  'POST /preferences/feed': [[own('/feed'), [['feed', 'other']]]],
  'GET /preferences/again': [[own('/again')]],
  'POST /preferences/again': [[own('/again'), [['again', 'lamp']]]],
  'POST /preferences/try': [
    [own('/try'), choices],
    [own('/try'), choices.slice(0, 13)],
  ],
  'POST /preferences/export': [[own('/export'), []]],
  'GET /preferences/unsubscribe': [[own('/unsubscribe')]],
  'POST /preferences/unsubscribe': [[own('/unsubscribe'), []]],
  'GET /preferences/erase': [[own('/erase')]],
  'POST /preferences/erase': [[own('/erase'), []]],
  'GET /erased': [['/erased']],
  'GET /address': [[addressLink()]],
  'POST /address': [[addressLink(), [['address', 'other@example.org']]]],
  'GET /unsubscribe': [[`/unsubscribe?token=${token('unsubscribe')}`]],
  'POST /unsubscribe': [[`/unsubscribe?token=${token('unsubscribe')}`, []]],
  'GET /unsubscribe/undo': [[`/unsubscribe/undo?token=${token('resubscribe')}`]],
  'POST /unsubscribe/undo': [[`/unsubscribe/undo?token=${token('resubscribe')}`, []]],
  'GET /day': [[`/day?token=${token('day')}`]],
  'GET /less': [[`/less?token=${token('less')}`]],
  'POST /less': [[`/less?token=${token('less')}`, [['never', 'lamp']]]],
  'GET /like': [[`/like?token=${token('like')}`]],
  'POST /like': [
    [
      `/like?token=${token('like')}`,
      [
        ['want', 'more'],
        ['paper', '2608.00000'],
      ],
    ],
  ],
  'GET /learned': [[learned]],
  'POST /learned': [
    [
      learned,
      [
        ['do', 'pin'],
        ['value', 'wax lamp'],
      ],
    ],
    [
      learned,
      [
        ['do', 'like'],
        ['papers', idsOf(40)],
      ],
    ],
  ],
  'POST /digest-now': [
    ['/digest-now', form],
    ['/digest-now', [...form, ['papers', idsOf(40)]]],
  ],
};

interface Input {
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly object[] }>>;
}

/** A client that counts the items that each command reads. */
function counting(client: DynamoDBDocumentClient, note: (items: number) => void): DynamoDBDocumentClient {
  const send = async (command: { readonly input: Input; readonly constructor: { readonly name: string } }) => {
    const answer = (await client.send(command as never)) as { readonly Items?: readonly object[] };
    const { name } = command.constructor;
    if (name === 'GetCommand') note(1);
    if (name === 'QueryCommand') note(Math.max(1, answer.Items?.length ?? 0));
    for (const { Keys } of Object.values(command.input.RequestItems ?? {})) note(Keys.length);
    return answer;
  };
  return { send } as unknown as DynamoDBDocumentClient;
}

/** The pages over stored editions of six weeks, and a subscriber who got a digest of each of the last fourteen days. */
async function openStoredPages() {
  const memory = new MemoryDynamo({ now: () => noon });
  for (const kind of ['papers', 'editions', 'subscribers', 'runs', 'consents']) memory.createTable(kind, kind);
  const stored = memory.client();
  const editions = editionRepository(stored, env.EDITIONS_TABLE);
  const months = monthRepository(stored, env.EDITIONS_TABLE);
  const papersTable = paperRepository(stored, env.PAPERS_TABLE);
  await savePaper(papersTable, inEachEdition.paper);
  const hindsights = hindsightRepository(stored, env.EDITIONS_TABLE);
  for (const [index, date] of daysUpTo(newest, 42).entries()) {
    const papers = Array.from({ length: 30 }, (_, place) => plainPaper(index * 30 + place, { title: `Lamp ${place}` }));
    const edition = editionOf(date, ...papers, inEachEdition);
    await editions.publish(edition);
    const added = papers.map(({ paper }) => ({ before: undefined, after: { paper } }));
    await papersTable.keep(added, noon);
    if (index >= 30) await months.write(makeMonth([edition]), [edition], [date], noon);
    await hindsights.keep(aHindsight({ date }));
  }
  await editions.noteTopicCounts(newest, { robots: 3 });
  const subscribers = subscriberRepository(stored, env.SUBSCRIBERS_TABLE);
  const topics = Array.from({ length: 10 }, (_, index) => ({ name: `F${index}`, filter: `lamp OR w${index}` }));
  await subscribers.put(subscriberId(1), aProfile({ topics, feed: madeAt }), noon - 30 * dayMs);
  const { id, profile, state } = aPending();
  await subscribers.request(id, profile, state.confirmation ?? aConfirmation(), noon);
  const seen = [];
  for (let back = 13; back >= 0; back -= 1) {
    const date = addDays(newest, -back);
    const [subscriber] = await subscribers.load([subscriberId(1)]);
    if (!subscriber) throw new Error('nobody is subscribed');
    seen.push(seenAt(date, 0, 3, 5));
    await subscribers.claim(subscriber, claimOn(date), seen);
    await subscribers.record(subscriber, outcome(date, 'sent').outcome, claimOn(date));
  }
  const examples = Array.from({ length: 20 }, (_, at) => ({
    id: `2607.${String(at).padStart(5, '0')}`,
    title: `Lamp ${at}`,
    liked: at % 4 > 0,
    words: wordCounts(`Lamp ${at}`, 'Lamps burn wax, and wax burns.'),
  }));
  const topic = { name: 'Lamps', examples, struck: [], pinned: [], strictness: 3, order: 'trend' } as const;
  const learnedTopics = learnedTopicRepository(stored, env.SUBSCRIBERS_TABLE);
  await learnedTopics.keep(subscriberId(1), { n: 3, topic, notFound: [] }, undefined);
  let reads = 0;
  const outside = {
    dynamo: counting(stored, (items) => {
      reads += items;
    }),
    sqs: Object.assign(new SQSClient({ region: 'none' }), { send: async () => ({}) }),
    secrets: Object.assign(new SecretsManagerClient({ region: 'none' }), {
      send: async () => ({ SecretString: JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }) }),
    }),
    now: () => noon,
    elapsed: () => 0,
    sleep: async () => undefined,
    random: () => 0.5,
    randomToken: () => 'r'.repeat(43),
  };
  const app = servePages(servePagesDependencies(env, outside));
  const readsOf = async (work: () => Promise<unknown>) => {
    reads = 0;
    await work();
    return reads;
  };
  return { app, readsOf };
}

function routesOf(app: Hono): readonly string[] {
  return [
    ...new Set(app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`)),
  ];
}

describe('every public request', () => {
  let pages: Awaited<ReturnType<typeof openStoredPages>>;
  beforeAll(async () => {
    pages = await openStoredPages();
  });

  it('has its route in the list that bounds them, and the list no other', () => {
    expect([...routesOf(pages.app)].sort()).toEqual(Object.keys(requests).sort());
  });

  const listed = Object.entries(requests).flatMap(([route, asked]) =>
    asked.map(([path, fields], index) => ({ name: `${route} (${index + 1})`, path, fields })),
  );
  // What ends the subscription comes last.
  const endings = [/unsubscribe\?/, /undo/, /erase\?/];
  const place = (path: string) => endings.findIndex((ending) => ending.test(path));
  listed.sort((one, other) => place(one.path) - place(other.path));

  it.each(listed)(
    `reads at most ${mostItemReads} items in ${mostCpuMs} ms of CPU when it is warm: $name`,
    async ({ path, fields }) => {
      const init = fields ? { method: 'POST', body: new URLSearchParams(fields) } : {};
      const ask = async () => {
        const answer = await pages.app.request(path, init);
        await answer.text();
        return answer.status;
      };
      const status = await ask();
      // A request that is turned away at the door bounds nothing.
      expect([403, 413, 415]).not.toContain(status);
      expect(status).toBeLessThan(500);
      expect(await pages.readsOf(ask)).toBeLessThanOrEqual(mostItemReads);
      expect(Math.min(await cpuMsOf(ask), await cpuMsOf(ask))).toBeLessThanOrEqual(mostCpuMs);
    },
  );
});

describe('a form that names papers', () => {
  it('reads an item for each, 200 at most', async () => {
    const { app, readsOf } = await openStoredPages();
    const ask = (count: number) => async () => {
      const fields: [string, string][] = [...form, ['papers', idsOf(count)]];
      const answer = await app.request('/digest-now', { method: 'POST', body: new URLSearchParams(fields) });
      expect(answer.status).toBe(200);
    };
    await ask(1)();
    const usual = await readsOf(ask(0));
    expect(await readsOf(ask(200))).toBe(usual + 200);
    expect(await readsOf(ask(201))).toBe(usual);
  });
});

describe('the page of a paper', () => {
  it(`reads at most ${mostPaperReads} items, even when nothing is remembered, and then its row and its text`, async () => {
    const { app, readsOf } = await openStoredPages();
    let page = '';
    const ask = async () => {
      page = await (await app.request(`/papers/${inEachEdition.paper.id}`)).text();
    };
    expect(await readsOf(ask)).toBeLessThanOrEqual(mostPaperReads);
    expect(page.split('<th scope="row">')).toHaveLength(8);
    expect(await readsOf(ask)).toBe(2);
  });
});
