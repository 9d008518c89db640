import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import MiniSearch from 'minisearch';
import type { servePagesEnv } from '../../../lambdas/serve-pages/env.js';
import type { EnvTexts } from '../../../shared/contract/env.js';
import { dateOf } from '../../../shared/domain/calendar-date.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { startEmbeddedDynamo } from '../../support/embedded-dynamodb.js';
import { type BenchReport, round, timed } from '../figures.js';
import { seeded } from '../measure.js';
import { interleave, middleOf, type Rounds, ratioOf } from '../rounds.js';
import { type MadeUpArchive, madeUpArchive } from './corpus.js';
import { type CountingTables, countingTables } from './counting-tables.js';
import { type MiniPaper, miniSearchOptions } from './mini-options.js';

const papers = 10_000;
/** Of the searches that follow the first, those that warm the process up do not count. */
const warmingUp = 50;
const warmSearches = 400;
const run = promisify(execFile);

interface SearchTimes {
  readonly times: readonly { readonly cpuMs: number; readonly wallMs: number }[];
  readonly found: string;
  readonly firstRssMb: number;
  readonly rssMb: number;
  readonly processCpuMs: number;
}

interface OwnTime {
  readonly cpuMs: number;
  readonly wallMs: number;
  readonly rssMb: number;
}

/** Bundles a script as functions are deployed. */
function bundled(name: string, folder: string): string {
  const outfile = join(folder, `${name}.js`);
  const entry = join(process.cwd(), 'test', 'bench', 'archive', `${name}.ts`);
  const { buildSync } = createRequire(join(process.cwd(), 'package.json'))('esbuild') as typeof import('esbuild');
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    minify: true,
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
}

/** Runs a bundle in a process of its own, and reads the JSON that it prints. */
async function inProcess<Answer>(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Answer> {
  const options = { env: { PATH: process.env.PATH, ...env }, maxBuffer: 1 << 24 };
  const { stdout } = await run(process.execPath, [file, ...args], options);
  return JSON.parse(stdout) as Answer;
}

const query = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString();

/** Addresses of searches and previews as people might ask for them: words, phrases, names, beginnings, other orders. */
function addresses({ words, names }: MadeUpArchive): readonly string[] {
  const random = seeded(17);
  const asked = words.filter((word) => !['and', 'or', 'not'].includes(word));
  const word = () => asked[Math.floor(asked.length ** (0.3 + 0.5 * random()))] ?? '';
  const kinds = [
    () => `${word()} ${word()}`,
    () => `${word()} OR ${word()} OR ${word()}`,
    () => `"${word()} ${word()}" OR "of the ${word()}"`,
    () => `${word()} -${word()} cat:cs.*`,
    () => `title:${word()} OR keyword:${word()}`,
    () => `${word().slice(0, 4)}* upvotes>=5`,
    () => `author:"${names[Math.floor(random() * names.length)]}" OR ${word()}`,
    () => `near/8(${word()} ${word()}) OR ${word()}`,
  ];
  const sorts = ['trend', 'newest', 'relevance'];
  return Array.from({ length: warmingUp + warmSearches }, (_, index) => {
    const q = kinds[index % kinds.length]?.() ?? '';
    return index % 5 === 4
      ? `/filters/preview?${query({ q })}`
      : `/search?${query({ q, sort: sorts[index % 3] ?? '' })}`;
  });
}

/**
 * The archive of 10,000 papers as serve-pages has it: the first search of a fresh process of its bundle, from the event to the
 * answer, over tables that are asked by HTTP; then many others, each once, in a process that answered fifty. Beside it MiniSearch loads its own stored index
 * and searches once: no tables, no page. Times are CPU time of the asking process.
 */
export async function benchArchive(): Promise<BenchReport> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-archive-'));
  const tables = await countingTables();
  try {
    return await measure(folder, tables);
  } finally {
    await tables.close();
    rmSync(folder, { recursive: true });
  }
}

async function measure(folder: string, tables: CountingTables): Promise<BenchReport> {
  const last = dateOf(Date.now());
  const archive = madeUpArchive(last, papers);
  process.env.PAPERBOY_DYNAMODB = tables.endpoint;
  const dynamo = await startEmbeddedDynamo();
  const table = await dynamo.createTable('editions');
  for (const edition of archive.editions) await editionRepository(dynamo.client, table).publish(edition);
  await dynamo.stop();
  const env = environment(tables.endpoint, table);
  const making = await inProcess<OwnTime>(bundled('child-index', folder), [last, table], env);
  const words = archive.words.slice(120, 122).join(' ');
  const pages = bundled('child-search', folder);
  const peer = bundled('child-minisearch', folder);
  const mini = storedMiniSearch(archive, folder);
  const firsts: SearchTimes[] = [];
  tables.takeReads();
  const reads: { items: number; bytes: number }[] = [];
  const asking = join(folder, 'addresses.json');
  const ask = (addresses: readonly string[]) => {
    writeFileSync(asking, JSON.stringify(addresses));
    return inProcess<SearchTimes>(pages, [asking], env);
  };
  const times = await interleave({
    first: async () => {
      tables.takeReads();
      const answer = await ask([`/search?${query({ q: words })}`]);
      firsts.push(answer);
      reads.push(tables.takeReads());
      return answer.times[0];
    },
    preview: async () => (await ask([`/filters/preview?${query({ q: words })}`])).times[0],
    miniSearch: () => inProcess<OwnTime>(peer, [mini, words]),
  });
  const warm = (await ask(addresses(archive))).times.slice(warmingUp);
  return reportOf({ times, firsts, reads, warm, making });
}

interface Measurements {
  readonly times: Record<'first' | 'preview' | 'miniSearch', Rounds>;
  readonly firsts: readonly SearchTimes[];
  readonly reads: readonly { readonly items: number; readonly bytes: number }[];
  readonly warm: SearchTimes['times'];
  readonly making: OwnTime;
}

function reportOf({ times, firsts, reads, warm, making }: Measurements): BenchReport {
  const first = middleOf(times.first.cpuMs);
  const preview = middleOf(times.preview.cpuMs);
  const ratio = ratioOf(times.miniSearch, times.first);
  const bytesRead = Math.max(...reads.map(({ bytes }) => bytes));
  const itemsRead = Math.max(...reads.map(({ items }) => items));
  const rssMb = Math.max(...firsts.map(({ firstRssMb }) => firstRssMb));
  const sorted = warm.map(({ cpuMs }) => cpuMs).sort((one, other) => one - other);
  const p50Ms = sorted[Math.floor(sorted.length * 0.5)] ?? Number.NaN;
  const p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? Number.NaN;
  return {
    json: {
      first: { cpuMs: round(first.value), bytesRead, rssMb: round(rssMb) },
      warm: { p50Ms: round(p50Ms), p99Ms: round(p99Ms) },
      ratios: { miniSearch: round(ratio.value) },
      making: { cpuMs: round(making.cpuMs), rssMb: round(making.rssMb) },
    },
    figures: [
      timed('CPU ms of the first search', first, { atMost: 150 }),
      timed('CPU ms of the first preview', preview, { atMost: 150 }),
      { name: 'bytes read by the first search', value: bytesRead, limit: { atMost: 3e6 } },
      { name: 'items read by it', value: itemsRead, limit: { atMost: 60 } },
      { name: 'MB of memory after it', value: rssMb, limit: { atMost: 180 } },
      {
        name: 'CPU ms of the process, its start and first search',
        value: middleOf(firsts.map(({ processCpuMs }) => processCpuMs)).value,
      },
      { name: 'CPU ms of a warm search, middle', value: p50Ms },
      { name: 'CPU ms of a warm search, 99th percentile', value: p99Ms, limit: { atMost: 30 } },
      timed("MiniSearch's load and first search over ours", ratio, { atLeast: 3 }),
      { name: 'CPU ms to make the index', value: making.cpuMs },
      { name: 'MB of memory to make it', value: making.rssMb },
    ],
  };
}

/** What the deployed function has in its environment, with its tables here. */
function environment(endpoint: string, table: string): NodeJS.ProcessEnv {
  const own: EnvTexts<typeof servePagesEnv> = {
    PAPERS_TABLE: table,
    EDITIONS_TABLE: table,
    SUBSCRIBERS_TABLE: table,
    RUNS_TABLE: table,
    CONSENTS_TABLE: table,
    KEYS_SECRET: 'keys',
    NOTICE_QUEUE_URL: 'https://queue.example/notices',
    INGEST_QUEUE_URL: 'https://queue.example/ingest.fifo',
    PAGES_URL: 'https://papers.example.org',
    CONTACT: 'admin@example.org',
    SENDER: 'papers@example.org',
    POSTAL_ADDRESS: '1 Reed Lane',
    PUBLISH_HOUR: '5',
    ARXIV_CATEGORIES: 'cs.CL cs.LG',
  };
  const aws = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' };
  return { ...aws, AWS_ENDPOINT_URL_DYNAMODB: endpoint, ...own };
}

/** Writes the index that MiniSearch makes of the same papers to a file. */
function storedMiniSearch({ editions }: MadeUpArchive, folder: string): string {
  const index = new MiniSearch<MiniPaper>(miniSearchOptions);
  const known = new Map(editions.flatMap((edition) => edition.papers.map(({ paper }) => [paper.id, paper] as const)));
  index.addAll(
    [...known.values()].map(({ title, abstract, keywords }, id) => ({
      id,
      title,
      abstract,
      keywords: keywords.join(' | '),
    })),
  );
  const file = join(folder, 'minisearch.json');
  writeFileSync(file, JSON.stringify(index));
  return file;
}
