import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { playedSources } from '../../cli/house/paperboy-house.js';
import { hourMs, type Instant, minuteMs } from '../../shared/domain/calendar-date.js';
import { plainName } from '../infra/synthesized.js';
import { day, instant } from '../support/builders.js';
import { type HostileServer, hostileServer, say } from '../support/hostile-server.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(240_000);

const date = day('2026-08-07');
/** The first run that does not come, or fails; three hours went well before. */
const trouble = instant('2026-08-07T08:00');

type Alarms = Readonly<Record<string, string>>;

/** Which alarms the runbook promises after each trouble, and when. */
function promised(): Readonly<Record<string, Alarms>> {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
  const rows = text.matchAll(/^\| ([^|]+) \| `(\w+)` \| ([^|]+) \|/gm);
  const found: Record<string, Record<string, string>> = {};
  for (const [, what = '', alarm = '', after = ''] of rows) found[what] = { ...found[what], [alarm]: after };
  return found;
}

function inWords(ms: number): string {
  const [hours, minutes] = [Math.floor(ms / hourMs), (ms % hourMs) / minuteMs];
  return [hours > 0 && `${hours} h`, minutes > 0 && `${minutes} min`].filter(Boolean).join(' ');
}

let made: Synthesized;
let opened: OpenedHouse;
/** Play the sources until they are told to be down. */
let [huggingFace, arxiv]: HostileServer[] = [];
const down = new Set<string>();

beforeAll(() => {
  made = synthesizeOnce();
});
afterAll(() => made.remove());

beforeEach(async () => {
  down.clear();
  const source = (name: string) =>
    hostileServer((response, request) => {
      if (down.has(name)) return say(response, 404, 'Nothing here.');
      fetch(`${opened.sourcesUrl}${request.url}`)
        .then(async (answer) => response.writeHead(answer.status).end(await answer.text()))
        .catch(() => response.destroy());
    });
  huggingFace = await source('Hugging Face');
  arxiv = await source('arXiv');
  const environment = {
    ...playedSources(huggingFace.url),
    ARXIV_FEED_URL: arxiv.url,
    ARXIV_API_URL: arxiv.url,
  };
  opened = await openAt(date, made, { environment });
});
afterEach(async () => {
  await opened.close();
  await huggingFace?.close();
  await arxiv?.close();
});

/** Lives minute by minute; answers each alarm that rises, and how long after the trouble. */
async function live(until: Instant, schedules = { ingest: true, tick: true }): Promise<Alarms> {
  const { clock, house } = opened;
  const raised = new Map<string, string>();
  for (let at = clock.now(); at <= until; at += minuteMs) {
    if (at > clock.now()) clock.set(at);
    if (schedules.ingest && at % hourMs === 0) await house.fire('IngestPapers');
    if (schedules.tick && at % (15 * minuteMs) === 0) await house.fire('PlanDigests');
    await house.settle();
    for (const { id, since } of house.alarms()) {
      if (!raised.has(plainName(id))) raised.set(plainName(id), inWords(since - trouble));
    }
  }
  return Object.fromEntries(raised);
}

/** Lives three good hours, in which nothing is in alarm, up to the minute before the trouble. */
async function goodMorning(): Promise<void> {
  expect(await live(trouble - minuteMs)).toEqual({});
  opened.clock.set(trouble);
}

const deleteTable = (output: string) =>
  new DynamoDBClient(opened.client).send(new DeleteTableCommand({ TableName: opened.house.output(output) }));

const troubles: Readonly<Record<string, () => Promise<Alarms>>> = {
  'The schedule of ingest stops': () => live(trouble + 3 * hourMs, { ingest: false, tick: true }),
  'Ingest fails in every run': async () => {
    await deleteTable('PapersTable');
    return live(trouble + 3 * hourMs);
  },
  'The tick stops': () => live(trouble + 3 * hourMs, { ingest: true, tick: false }),
  'The tick fails every time': async () => {
    await deleteTable('RunsTable');
    return live(trouble + 3 * hourMs);
  },
  'Hugging Face does not answer': () => {
    down.add('Hugging Face');
    return live(trouble + 7 * hourMs);
  },
  'arXiv does not answer': () => {
    down.add('arXiv');
    return live(trouble + 7 * hourMs);
  },
  'No source answers': () => {
    down.add('arXiv').add('Hugging Face');
    return live(trouble + 7 * hourMs);
  },
};

describe('the alarms, as the runbook promises them', () => {
  it('are promised for these troubles', () => {
    expect(Object.keys(promised())).toEqual(Object.keys(troubles));
  });

  it.each(Object.entries(troubles))('rise in time: %s', async (what, happens) => {
    await goodMorning();
    expect(await happens()).toEqual(promised()[what]);
  });

  it('stay silent in a house where everything goes well, for a day and a night', async () => {
    expect(await live(instant('2026-08-08T07:00'))).toEqual({});
  });
});
