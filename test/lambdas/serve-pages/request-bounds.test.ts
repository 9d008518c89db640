import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Hono } from 'hono';
import { servePagesDependencies } from '../../../lambdas/serve-pages/dependencies.js';
import { servePages } from '../../../lambdas/serve-pages/serve-pages.js';
import { stampForm } from '../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { addDays, dayMs, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../../shared/storage/hindsights-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { editionOf, plainPaper } from '../../domain/edition/archive-builder.js';
import { MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { env } from '../../simulation/house/functions.js';
import { claimOn, outcome, seenAt } from '../../storage/subscribers/one-subscriber.js';
import { aConfirmation, aHindsight, aProfile, day, subscriberId } from '../../support/builders.js';
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
const own = (path = '') => `/preferences${path}?token=${token('preferences')}`;

/** The dearest requests that we know of for each of the routes, which are named as the router has them. */
const requests: Readonly<Record<string, readonly (readonly [path: string, fields?: [string, string][]])[]>> = {
  'GET /paperboy.css': [['/paperboy.css']],
  'GET /paperboy.js': [['/paperboy.js']],
  'GET /solver.js': [['/solver.js']],
  'GET /paperboy.svg': [['/paperboy.svg']],
  'GET /privacy': [['/privacy']],
  'GET /how': [['/how']],
  'GET /hindsight': [['/hindsight']],
  'GET /editions/:date': [['/editions/2026-08-06'], ['/editions/2020-01-01']],
  'GET /search': [['/search?q=lamp'], ['/search?q=zebra+unknown'], ['/search?q=lamp&from=2026-07-01&to=2026-07-31']],
  'GET /filters/preview': [['/filters/preview?q=lamp'], ['/filters/preview?q=zebra+author:nobody']],
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
  'POST /digest-now': [['/digest-now', form]],
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
  for (const kind of ['editions', 'subscribers', 'runs', 'consents']) memory.createTable(kind, kind);
  const stored = memory.client();
  const editions = editionRepository(stored, env.EDITIONS_TABLE);
  const hindsights = hindsightRepository(stored, env.EDITIONS_TABLE);
  for (const [index, date] of daysUpTo(newest, 42).entries()) {
    const papers = Array.from({ length: 30 }, (_, place) => plainPaper(index * 30 + place, { title: `Lamp ${place}` }));
    await editions.publish(editionOf(date, ...papers));
    await hindsights.keep(aHindsight({ date }));
  }
  await editions.noteTopicCounts(newest, { robots: 3 });
  const subscribers = subscriberRepository(stored, env.SUBSCRIBERS_TABLE);
  const topics = Array.from({ length: 10 }, (_, index) => ({ name: `F${index}`, filter: `lamp OR w${index}` }));
  await subscribers.put(subscriberId(1), aProfile({ topics }), noon - 30 * dayMs);
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
