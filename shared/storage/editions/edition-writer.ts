import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CalendarDate, Instant } from '../../domain/calendar-date.js';
import type { TopicCounts } from '../../domain/edition/backtest.js';
import type { Edition, PublishedEdition } from '../../domain/edition/edition.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { isWritten } from '../dynamo/conditional-write.js';
import { absent, change, is, onlyIf } from '../dynamo/expressions.js';
import { type Item, rowVersion } from '../dynamo/rows.js';
import { cutEdition } from '../edition-parts.js';
import { writeWithdrawn } from '../withdrawn-row.js';
import { headKey, papersKey, partition, partPrefix, readHead, topicsKey } from './edition-rows.js';
import { type WordFrequencies, writeFrequencies } from './frequencies-row.js';

/** What writes the editions, and seals them. */
export interface EditionWriter {
  /** Publishes the edition of its date, once: a later one for the same date changes nothing. It is open until it is sealed. */
  publish(edition: Edition): Promise<'published' | 'already-published'>;
  /**
   * Seals the edition of a date: it is never remade again. Whoever plans or claims digests by an edition seals it first;
   * sealing it twice changes nothing.
   */
  seal(date: CalendarDate, at: Instant): Promise<'sealed' | 'not-published'>;
  /** Puts another edition in the place of the one of its date, as long as that is open; the new one is open as well. */
  remake(edition: Edition): Promise<'remade' | 'sealed' | 'not-published'>;
  /** Notes which papers are withdrawn beside the editions, for their pages to mark; replaces what was noted before. */
  noteWithdrawn(ids: readonly PaperId[]): Promise<void>;
  /** Notes beside the edition of a date how many papers the topics matched in the days up to it. */
  noteTopicCounts(date: CalendarDate, counts: TopicCounts): Promise<void>;
  /** Notes beside an edition how frequent its words are in the month up to it. */
  noteFrequencies(edition: PublishedEdition, frequencies: WordFrequencies): Promise<void>;
}

/** Writes editions; the head is written last, and its condition decides between all who publish, remake or seal. */
export function editionWriter(client: DynamoDBDocumentClient, TableName: string): EditionWriter {
  /** Writes all that the head names; returns the head. */
  async function writeBody(edition: Edition): Promise<Item> {
    const { date, formula, publishedAt, papers } = edition;
    const { hash, parts } = await cutEdition(edition);
    for (const [index, bytes] of parts.entries()) {
      const sk = partPrefix(hash) + String(index).padStart(3, '0');
      await client.send(new PutCommand({ TableName, Item: { pk: partition(date), sk, v: rowVersion, bytes } }));
    }
    const ids = papers.map(({ paper }) => paper.id).join(' ');
    await client.send(new PutCommand({ TableName, Item: { ...papersKey(date, hash), v: rowVersion, ids } }));
    const counts = { parts: parts.length, papers: papers.length };
    return { ...headKey(date), v: rowVersion, date, formula, publishedAt, hash, ...counts, isOpen: true };
  }

  const putHead = (Item: Item, condition: ReturnType<typeof absent>) =>
    isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(condition) })));

  return {
    async publish(edition) {
      if (await readHead(client, TableName, edition.date)) return 'already-published';
      return (await putHead(await writeBody(edition), absent('pk'))) ? 'published' : 'already-published';
    },

    async seal(date, at) {
      const head = await readHead(client, TableName, date);
      if (!head?.isOpen) return head ? 'sealed' : 'not-published';
      const sealed = change({ isOpen: undefined, sealedAt: at }, is('isOpen', true));
      await isWritten(client.send(new UpdateCommand({ TableName, Key: headKey(date), ...sealed })));
      return 'sealed';
    },

    async remake(edition) {
      const { date } = edition;
      const head = await readHead(client, TableName, date);
      if (!head?.isOpen) return head ? 'sealed' : 'not-published';
      return (await putHead(await writeBody(edition), is('isOpen', true))) ? 'remade' : 'sealed';
    },

    noteWithdrawn: (ids) => writeWithdrawn(client, TableName, ids),

    async noteTopicCounts(date, counts) {
      await client.send(new PutCommand({ TableName, Item: { ...topicsKey(date), v: rowVersion, date, counts } }));
    },

    noteFrequencies: (edition, frequencies) => writeFrequencies(client, TableName, edition, frequencies),
  };
}
