import { beforeEach, describe, expect, it } from '@jest/globals';
import { ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import { dayMs, hourMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { PaperRecord } from '../../../shared/domain/paper/paper.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { embeddedForTests } from '../../storage/embedded.js';
import { aPaperRecord, day, instant, paperId } from '../../support/builders.js';

const at = instant('2026-08-07T05:00');
const answer = { records: [], days: [], rejected: [], unanswered: [] };

interface Request {
  readonly name: string;
  readonly keys: readonly string[];
}

describe('an hourly run', () => {
  const dynamo = embeddedForTests();
  let requests: Request[];
  let records: readonly PaperRecord[];
  let listed: number;
  let ingest: (now: Instant) => Promise<unknown>;

  beforeEach(async () => {
    const table = await dynamo().createTable('papers');
    requests = [];
    listed = 3;
    const send = (command: {
      readonly input: Record<string, unknown>;
      readonly constructor: { readonly name: string };
    }) => {
      const { Item, Key, RequestItems } = command.input as { Item?: object; Key?: object; RequestItems?: object };
      const batch = Object.values(RequestItems ?? {}) as { Keys: { pk: string }[] }[];
      const keys = [Item ?? Key ?? [], ...batch.map(({ Keys }) => Keys)].flat() as { pk: string }[];
      requests.push({ name: command.constructor.name, keys: keys.map(({ pk }) => pk) });
      return dynamo().client.send(command as never);
    };
    const papers = paperRepository({ send } as never, table);
    records = [1, 2, 3].map((number) =>
      aPaperRecord({ id: paperId(number), listedOn: day('2026-08-07'), counts: { upvotes: number, comments: 0 } }),
    );
    ingest = async (now) => {
      requests = [];
      await ingestPapers({
        sources: [
          {
            name: 'hugging-face',
            latest: async () => ({ ...answer, records, days: [{ date: day('2026-08-07'), listed }] }),
          },
          { name: 'arxiv', latest: async () => answer },
        ],
        describe: async (ids) => ({
          ...answer,
          records: ids.map((id) => aPaperRecord({ id, source: 'arxiv', version: 1, categories: ['cs.CL'] })),
        }),
        papers,
        publish: async () => undefined,
        warn: () => undefined,
        countDown: () => undefined,
        countStarsMissing: () => undefined,
        now: () => now,
      });
    };
    await ingest(at);
  });

  const written = () => requests.filter(({ name }) => /^(?:Put|Update)/.test(name)).flatMap(({ keys }) => keys);
  const health = ['source#hugging-face', 'source#arxiv'];

  it('in which nothing changed writes the health of the sources alone', async () => {
    await ingest(at + hourMs);
    expect(written()).toEqual(health);
  });

  it('in which counts changed writes one item more', async () => {
    records = records.map((record) => ({ ...record, counts: { upvotes: 90, comments: 0 } }));
    await ingest(at + hourMs);
    expect(written()).toEqual(['hours', ...health]);
  });

  it('writes the row of a paper whose description changed, and no other', async () => {
    records = records.map((record) => (record.id === paperId(2) ? { ...record, aiSummary: 'Reads tables.' } : record));
    await ingest(at + hourMs);
    expect(written()).toEqual([`paper#${paperId(2)}`, ...health]);
  });

  it('in which arXiv says again what it said a day ago writes no row', async () => {
    await ingest(at + dayMs);
    expect(written()).toEqual(['hours', ...health]);
    await ingest(at + dayMs + hourMs);
    expect(written()).toEqual(health);
  });

  it('notes how many papers a day lists when that has changed', async () => {
    listed = 4;
    await ingest(at + hourMs);
    expect(written()).toEqual(['day#2026-08-07', ...health]);
  });

  it('reads each paper’s row once', async () => {
    await ingest(at + dayMs);
    const read = requests.filter(({ name }) => name === 'BatchGetCommand').flatMap(({ keys }) => keys);
    expect(read.filter((pk) => pk.startsWith('paper#')).sort()).toEqual(
      [1, 2, 3].map((number) => `paper#${paperId(number)}`),
    );
  });
});
