import { spawnSync } from 'node:child_process';
import type { Edition } from '../../shared/domain/edition/edition.js';
import type { Filter } from '../../shared/domain/filter/filter.js';
import { tokenise } from '../../shared/domain/filter/words/normalise.js';
import { type PeerRun, termsOf } from './match-peers.js';

/** Asked filter by filter, as the other peers are, and all filters in one statement. */
export interface PostgresRuns {
  readonly each: PeerRun;
  readonly oneStatement: PeerRun;
}

const best = 'SELECT place FROM papers WHERE words @@';
const runs = [0, 1, 2, 3];

/**
 * PostgreSQL's `tsquery` over a GIN index, in temporary tables of one session of `psql`; `undefined` when no server
 * answers at `url`, or at PGHOST and its like. Documents and queries are made of the engine's own terms, so both find
 * the same; making them is not counted. The fastest of four runs counts.
 */
export function runPostgres(
  edition: Edition,
  filters: readonly Filter[],
  url: string | undefined,
): PostgresRuns | undefined {
  const queries = filters.map(queryOf);
  const script = [
    'SET client_min_messages = error; SET jit = off; SET max_parallel_workers_per_gather = 0;',
    'CREATE TEMP TABLE papers (place int, words tsvector); CREATE TEMP TABLE filters (id int, query tsquery);',
    ...copied('papers', edition.papers.map(vectorOf)),
    ...copied('filters', queries),
    ...timed('read', ['CREATE INDEX ON papers USING gin (words);']),
    'ANALYZE papers; ANALYZE filters; SET enable_seqscan = off;',
    `PREPARE best (tsquery) AS ${best} $1 ORDER BY place LIMIT 10;`,
    ...runs.flatMap(() =>
      timed(
        'each',
        queries.map((query) => `EXECUTE best(${quoted(query)});`),
      ),
    ),
    ...runs.flatMap((run) => timed('joined', [`CREATE TEMP TABLE best${run} AS ${joined('LIMIT 10')};`])),
    `SELECT 'places', places FROM (${joined('')}) AS every ORDER BY id;`,
  ].join('\n');
  const rows = askPsql(script, url);
  if (rows === undefined) return undefined;
  const msOf = (name: string) => Math.min(...rows.filter(([first]) => first === name).map(([, ms]) => Number(ms)));
  const places = rows.filter(([first]) => first === 'places').map(([, list = '']) => listed(list));
  const run = (name: string): PeerRun => ({ readMs: msOf('read'), matchMs: msOf(name), places });
  return { each: run('each'), oneStatement: run('joined') };
}

function askPsql(script: string, url: string | undefined): string[][] | undefined {
  const options = ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1'];
  const { status, stdout, stderr } = spawnSync('psql', url === undefined ? options : [...options, url], {
    input: script,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (status === 0) return stdout.split('\n').map((line) => line.split('|'));
  console.error(`match: no PostgreSQL: ${(stderr || 'psql is not installed').trim().split('\n')[0]}`);
  return undefined;
}

function timed(name: string, statements: readonly string[]): string[] {
  return [
    'SELECT clock_timestamp() AS start \\gset',
    ...statements,
    `SELECT '${name}', extract(epoch FROM clock_timestamp() - :'start') * 1000;`,
  ];
}

function joined(limit: string): string {
  return `SELECT id, places FROM filters CROSS JOIN LATERAL
    (SELECT array_agg(place) AS places FROM (${best} query ORDER BY place ${limit}) AS found) AS best`;
}

function copied(table: string, values: readonly string[]): string[] {
  const rows = values.map((value, index) => `${index}\t${value.replaceAll('\\', '\\\\')}`);
  return [`COPY ${table} FROM STDIN;`, ...rows, '\\.'];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The terms with their positions; an empty position between title and abstract. */
function vectorOf({ paper }: Edition['papers'][number]): string {
  const positions = new Map<string, number[]>();
  const tokens = [...tokenise(paper.title), undefined, ...tokenise(paper.abstract)];
  for (const [at, token] of tokens.entries()) {
    if (token) positions.set(token.term, [...(positions.get(token.term) ?? []), at + 1]);
  }
  return [...positions].map(([term, at]) => `${quoted(term)}:${at.join(',')}`).join(' ');
}

function queryOf(filter: Filter): string {
  if (filter.kind === 'not') return `!(${queryOf(filter.filter)})`;
  if (filter.kind === 'all') return filter.filters.map((part) => `(${queryOf(part)})`).join(' & ');
  if (filter.kind === 'any') return filter.filters.map((part) => `(${queryOf(part)})`).join(' | ');
  return termsOf(filter).map(quoted).join(' <-> ');
}

function listed(array: string): readonly number[] {
  return array === '' ? [] : array.slice(1, -1).split(',').map(Number);
}
