import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { PublishedEdition } from '../../domain/edition/edition.js';
import type { Frequencies } from '../../domain/likeness/likeness-profile.js';
import { squeeze, unsqueeze } from '../byte-parts.js';
import { readItems, type Waiting } from '../dynamo/reading.js';
import { type Key, rowReader, rowVersion } from '../dynamo/rows.js';
import { partition } from './edition-rows.js';

/** In how many of so many papers of a month each of an edition's words is. */
export interface WordFrequencies {
  readonly papers: number;
  readonly counts: ReadonlyMap<string, number>;
}

const frequenciesKey = ({ date }: PublishedEdition): Key => ({ pk: partition(date), sk: 'frequencies' });

const readFrequenciesRow = rowReader(() =>
  z.object({ publishedAt: z.number(), papers: z.number(), words: z.instanceof(Uint8Array) }),
);

/**
 * What was noted of an edition's words; `undefined` where nothing was, as for editions of earlier versions, or where it was
 * of one that has been remade since.
 */
export async function readFrequencies(
  client: DynamoDBDocumentClient,
  table: string,
  edition: PublishedEdition,
  waiting: Waiting,
): Promise<Frequencies | undefined> {
  const [item] = await readItems(client, table, [frequenciesKey(edition)], waiting);
  if (!item) return undefined;
  const { publishedAt, papers, words } = readFrequenciesRow(item);
  if (publishedAt !== edition.publishedAt) return undefined;
  const counts = new Map<string, number>();
  for (const line of (await unsqueeze(words)).split('\n')) {
    const [count, ...named] = line.split(' ');
    for (const word of named) counts.set(word, Number(count));
  }
  return { papers, of: (word) => counts.get(word) ?? 0 };
}

/** Notes them; a line for each count with the words that have it: some 40 KB for 2,000 papers, compressed. */
export async function writeFrequencies(
  client: DynamoDBDocumentClient,
  TableName: string,
  edition: PublishedEdition,
  { papers, counts }: WordFrequencies,
): Promise<void> {
  const lines = new Map<number, string[]>();
  for (const [word, count] of [...counts].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const line = lines.get(count) ?? [`${count}`];
    line.push(word);
    lines.set(count, line);
  }
  const text = [...lines.values()].map((line) => line.join(' ')).join('\n');
  const { date, publishedAt } = edition;
  const Item = { ...frequenciesKey(edition), v: rowVersion, date, publishedAt, papers, words: await squeeze(text) };
  await client.send(new PutCommand({ TableName, Item }));
}
