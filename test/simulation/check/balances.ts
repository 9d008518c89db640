import type { Item } from '../../../shared/storage/dynamo/rows.js';
import { env } from '../house/functions.js';
import type { Finding, Judged, Story } from './story.js';

type Balance = Readonly<Record<string, number>>;

interface BatchRow {
  readonly run: string;
  readonly id: string;
  readonly subscribers: readonly string[];
  readonly balance: Balance;
}

const outcomes = ['sent', 'unmatched', 'quiet-noted', 'suppressed', 'failed', 'expired', 'uncertain'];

const sum = (balance: Balance, names: readonly string[]) =>
  names.reduce((total, name) => total + (balance[name] ?? 0), 0);

function* judgeBatch(
  { run, id, subscribers, balance }: BatchRow,
  stories: ReadonlyMap<string, Story>,
  damaged: ReadonlySet<string>,
): Generator<Finding> {
  const name = `batch ${id} of ${run}`;
  const total = balance.candidates ?? 0;
  if (sum(balance, [...outcomes, 'open']) !== total) yield { counts: 'unbalanced', what: `${name} does not add up` };
  const damagedHere = subscribers.filter((subscriber) => damaged.has(subscriber)).length;
  const open = (balance.open ?? 0) - damagedHere;
  if (open > 0) yield { counts: 'open', what: `${name} has ${open} open` };
  const sound = subscribers.filter((subscriber) => !damaged.has(subscriber));
  const members = sound.flatMap((subscriber) => stories.get(subscriber) ?? []);
  const recorded = members.flatMap((story) =>
    story.outcomes().filter((entry) => entry.edition === run && entry.batch === id),
  );
  const erased = members.filter((story) => story.hasForgotten()).length;
  // An event may come after the last count: a rejection after `sent`, or the one that settles a claim given up.
  const groups = [['sent', 'quiet-noted', 'failed', 'uncertain'], ['unmatched']];
  for (const group of groups) {
    const known = recorded.filter(({ outcome }) => group.includes(outcome)).length;
    const counted = sum(balance, group);
    if (balance.open === 0 && (counted < known || counted > known + erased + damagedHere)) {
      yield { counts: 'unbalanced', what: `${name} counts ${counted} ${group.join('/')}, and ${known} are recorded` };
    }
  }
}

/** Whether the runs' accounts agree with what is recorded of each subscriber, and are closed. */
export function* judgeBalances(
  { world }: Judged,
  stories: readonly Story[],
  damaged: ReadonlySet<string>,
): Generator<Finding> {
  const byId = new Map(stories.map((story) => [story.reader.id as string, story]));
  const rows = world.dynamo.table(env.RUNS_TABLE).items();
  for (const row of rows) if (isBatch(row)) yield* judgeBatch(row as unknown as BatchRow, byId, damaged);
}

const isBatch = ({ sk }: Item) => String(sk).startsWith('batch#');
