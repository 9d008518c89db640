import { spawnSync } from 'node:child_process';
import type { Edition } from '../../shared/domain/edition.js';
import type { Filter } from '../../shared/domain/filter/filter.js';
import { tokenise } from '../../shared/domain/filter/normalise.js';
import { type PeerRun, termsOf } from './match-peers.js';

/**
 * PostgreSQL's `tsquery` over a GIN index, in temporary tables of one session of `psql`; `undefined` when no server
 * answers at `url`, or at PGHOST and its like. Documents and queries are made of the engine's own terms, so both find the same;
 * making them is not counted. One statement serves all filters: sending each by itself would take longer.
 */
export function runPostgres(
  edition: Edition,
  filters: readonly Filter[],
  url: string | undefined,
): PeerRun | undefined {
  const script = [
    'SET client_min_messages = error; SET jit = off; SET max_parallel_workers_per_gather = 0;',
    'CREATE TEMP TABLE papers (place int PRIMARY KEY, words tsvector); CREATE TEMP TABLE filters (id int, query tsquery);',
    ...copied(
      'papers',
      edition.papers.map(({ paper }) => vectorOf(paper)),
    ),
    ...copied('filters', filters.map(queryOf)),
    'SELECT clock_timestamp() AS start \\gset',
    'CREATE INDEX ON papers USING gin (words);',
    "SELECT 'read', extract(epoch FROM clock_timestamp() - :'start') * 1000;",
    'ANALYZE papers; ANALYZE filters; SET enable_seqscan = off;',
    ...[0, 1, 2, 3].flatMap((run) => [
      'SELECT clock_timestamp() AS start \\gset',
      `CREATE TEMP TABLE best${run} AS ${matching('LIMIT 10')};`,
      "SELECT 'match', extract(epoch FROM clock_timestamp() - :'start') * 1000;",
    ]),
    `SELECT 'places', places FROM (${matching('')}) AS every ORDER BY id;`,
  ].join('\n');
  const args = [
    '--no-psqlrc',
    '--quiet',
    '--tuples-only',
    '--no-align',
    '--set=ON_ERROR_STOP=1',
    ...(url ? [url] : []),
  ];
  const { status, stdout, stderr } = spawnSync('psql', args, { input: script, encoding: 'utf8', maxBuffer: 1 << 30 });
  if (status !== 0) {
    console.error(`match: no PostgreSQL: ${(stderr || 'psql is not installed').trim().split('\n')[0]}`);
    return undefined;
  }
  const rows = stdout.split('\n').map((line) => line.split('|'));
  const fastestOf = (name: string) => Math.min(...rows.filter(([first]) => first === name).map(([, ms]) => Number(ms)));
  const places = rows.filter(([first]) => first === 'places').map(([, list = '']) => listed(list));
  return { readMs: fastestOf('read'), matchMs: fastestOf('match'), places };
}

function matching(limit: string): string {
  return `SELECT id, places FROM filters CROSS JOIN LATERAL (SELECT array_agg(place) AS places FROM
    (SELECT place FROM papers WHERE words @@ query ORDER BY place ${limit}) AS found) AS best`;
}

function copied(table: string, values: readonly string[]): string[] {
  return [
    `COPY ${table} FROM STDIN;`,
    ...values.map((value, index) => `${index}\t${value.replaceAll('\\', '\\\\')}`),
    '\\.',
  ];
}

function quoted(term: string): string {
  return `'${term.replaceAll("'", "''")}'`;
}

/** The terms with their positions; an empty position between title and abstract. */
function vectorOf({ title, abstract }: { title: string; abstract: string }): string {
  const positions = new Map<string, number[]>();
  const terms = [...tokenise(title), undefined, ...tokenise(abstract)];
  for (const [at, token] of terms.entries()) {
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
