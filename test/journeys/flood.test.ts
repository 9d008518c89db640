import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { routes } from '../../infra/parts/pages-api.js';
import { addDays } from '../../shared/domain/calendar-date.js';
import { anEdition, aProfile, aRankedPaper, aTrendScore, day, instant, paperId } from '../support/builders.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

/** `npm run test:flood` floods for a whole minute, with an archive of the size of arXiv's; here a taste of it. */
const isWhole = process.env.FLOOD === 'whole';
const [seconds, papersPerEdition, leaversPerSecond] = isWhole ? [60, 250, 2] : [5, 50, 1];
/** Among other tests a machine may be too busy to be punctual. */
const patienceMs = isWhole ? 2000 : 10_000;
const searchesPerSecond = 100;
const date = day('2026-08-07');

jest.setTimeout(180_000 + seconds * 1000);

const leavers = Array.from({ length: seconds * leaversPerSecond }, (_, index) =>
  aProfile({
    address: `leaver${index}@example.org`,
    timeZone: 'UTC',
    hour: 5,
    topics: [{ name: 'A', filter: 'agents' }],
  }),
);

/** A month of editions, so that a search has something to read. */
async function fillArchive({ editions }: OpenedHouse): Promise<void> {
  for (let back = 1; back < 30; back += 1) {
    const papers = Array.from({ length: papersPerEdition }, (_, index) =>
      aRankedPaper(
        { id: paperId(back * papersPerEdition + index), title: `Nets of kind ${index}` },
        aTrendScore(1000 - index),
      ),
    );
    await editions.publish(anEdition({ date: addDays(date, -back), papers }));
  }
}

interface Answer {
  readonly status: number;
  readonly tookMs: number;
}

/** Asks once and reads the answer to its end; every visitor has a connection of their own. */
function ask(url: string, { method = 'GET', body = '' } = {}): Promise<Answer> {
  const begun = performance.now();
  return new Promise((answered, failed) => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
    const asked = request(url, { method, headers, agent: new Agent() }, (response) => {
      response.resume();
      response.on('end', () => answered({ status: response.statusCode ?? 0, tookMs: performance.now() - begun }));
    });
    asked.on('error', failed).end(body);
  });
}

/** Asks at a steady pace, however slowly the answers come. */
async function everySoOften(times: number, pauseMs: number, act: (turn: number) => Promise<Answer>): Promise<Answer[]> {
  const begun = performance.now();
  const answers: Promise<Answer>[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    answers.push(act(turn));
    await sleep(Math.max(0, begun + (turn + 1) * pauseMs - performance.now()));
  }
  return Promise.all(answers);
}

describe('a flood of searches on a new account, whose functions share ten executions', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  /** Seconds that the searches took: a machine that is busy sends them more slowly. */
  let took: number;
  let searches: readonly Answer[];
  let leavings: readonly Answer[];

  beforeAll(async () => {
    made = synthesizeOnce();
    opened = await openAt(date, made, { accountConcurrency: 10 });
    await fillArchive(opened);
    await opened.welcome(leavers);
    await opened.passTime(instant('2026-08-07T05:15'));
    const links = await Promise.all(opened.house.mails().map(async ({ raw }) => linkIn((await readMail(raw)).headers)));
    const leave = (url: string) => ask(url, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    const search = (turn: number) => ask(`${opened.house.pagesUrl}/search?q=nets+AND+kind+AND+${turn}`);
    // On AWS a start has a processor of its own; here ten of them at once would share this machine's.
    await Promise.all(Array.from({ length: 6 }, () => ask(`${opened.house.pagesUrl}/privacy`)));
    const begun = performance.now();
    [searches, leavings] = await Promise.all([
      everySoOften(seconds * searchesPerSecond, 1000 / searchesPerSecond, search),
      everySoOften(links.length, 1000 / leaversPerSecond, (turn) => leave(links[turn] ?? '')),
    ]);
    took = (performance.now() - begun) / 1000;
  });
  afterAll(async () => {
    await opened.close();
    made.remove();
  });

  it('is turned away but for the few searches that the throttle lets through', () => {
    const answered = searches.filter(({ status }) => status === 200).length;
    expect(answered).toBeGreaterThan(0);
    const { burst, rate } = routes.search.throttle;
    expect(answered).toBeLessThanOrEqual(burst + (took + 1) * rate);
    expect(searches.filter(({ status }) => status === 429)).toHaveLength(searches.length - answered);
  });

  it('refuses nobody who unsubscribes, and keeps nobody waiting', () => {
    expect(leavings.filter(({ status }) => status !== 200)).toEqual([]);
    expect(leavings).toHaveLength(leavers.length);
    expect(Math.max(...leavings.map(({ tookMs }) => tookMs))).toBeLessThan(patienceMs);
  });

  it('leaves everybody unsubscribed who asked for it, and nothing failed', async () => {
    const ids = await Promise.all(leavers.map(({ address }) => opened.idOf(address)));
    const states = (await opened.subscribers.load(ids)).map(({ state }) => state.status);
    expect(states).toEqual(Array(leavers.length).fill('unsubscribed'));
    expect(opened.house.failures()).toEqual([]);
  });
});

function linkIn(headers: readonly (readonly [string, string])[]): string {
  const [, value = ''] = headers.find(([name]) => name.toLowerCase() === 'list-unsubscribe') ?? [];
  return value.replace(/^<|>$/g, '');
}
