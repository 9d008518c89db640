import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { addDays, type CalendarDate, daysUpTo, type Instant } from '../domain/calendar-date.js';
import { type DaySpan, daysBefore, lengthOf } from '../domain/edition/archive.js';
import type { TopicCounts } from '../domain/edition/backtest.js';
import type { Edition, PublishedEdition } from '../domain/edition/edition.js';
import type { Frequencies } from '../domain/likeness/likeness-profile.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { is, startsWith, where } from './dynamo/expressions.js';
import { queryItems, readItems, realWaiting, type Waiting } from './dynamo/reading.js';
import { joinEdition } from './edition-parts.js';
import {
  type Head,
  headKey,
  paperIdsIn,
  papersKey,
  partition,
  partPrefix,
  readHead,
  readHeadRow,
  readPartRow,
  readTopicsRow,
  topicsKey,
} from './editions/edition-rows.js';
import { type EditionWriter, editionWriter } from './editions/edition-writer.js';
import { readFrequencies } from './editions/frequencies-row.js';
import { readWithdrawn } from './withdrawn-row.js';

/** The frozen editions, one a day, as they are read. */
interface EditionReader {
  isPublished(date: CalendarDate): Promise<boolean>;
  /** Whether the edition of a date is published and may still be remade: nobody has sealed it. */
  isOpen(date: CalendarDate): Promise<boolean>;
  /** The newest edition of the seven days before a day, and when it was published. */
  before(date: CalendarDate): Promise<PublishedEdition | undefined>;
  /** The edition of a date; throws when it was published and cannot be read whole. */
  find(date: CalendarDate): Promise<Edition | undefined>;
  /** The ids of an edition's papers in rank order, without all that `find` reads. */
  papersOf(date: CalendarDate): Promise<readonly PaperId[] | undefined>;
  /**
   * The date of the newest edition that still counts on a day: its own edition, or the newest of the seven days before.
   */
  newestDate(today: CalendarDate): Promise<CalendarDate | undefined>;
  /** The dates of a span that have their edition, ascending. */
  publishedWithin(span: DaySpan): Promise<readonly CalendarDate[]>;
  /** What is known of the editions of some dates without reading them; dates that have none are left out. */
  summariesOf(dates: readonly CalendarDate[]): Promise<ReadonlyMap<CalendarDate, EditionSummary>>;
  /** The papers that are withdrawn, as far as it was noted beside the editions, ascending. */
  withdrawn(): Promise<readonly PaperId[]>;
  /** How many papers the topics matched in the days up to a date; `undefined` as long as nothing was noted. */
  topicCounts(date: CalendarDate): Promise<TopicCounts | undefined>;
  /** How frequent an edition's words are in the month up to it; `undefined` where that was not noted of this very edition. */
  frequencies(edition: PublishedEdition): Promise<Frequencies | undefined>;
}

/** The frozen editions, one a day. */
export interface EditionRepository extends EditionReader, EditionWriter {}

/** When an edition was published, and how many papers it ranks. */
export interface EditionSummary {
  readonly publishedAt: Instant;
  readonly papers: number;
}

const daysLookedBack = 7;

/** Editions as `editionReader` reads them, and what writes them. */
export function editionRepository(
  client: DynamoDBDocumentClient,
  tableName: string,
  waiting: Waiting = realWaiting,
): EditionRepository {
  return { ...editionReader(client, tableName, waiting), ...editionWriter(client, tableName) };
}

/**
 * Editions in DynamoDB: `edition#<date>` holds `part#<hash>#<nnn>` and `papers#<hash>`, written first, and then `head`,
 * which makes them count; `topics` and `frequencies` come later. `withdrawn` holds one row for all of them.
 */
export function editionReader(client: DynamoDBDocumentClient, tableName: string, waiting: Waiting): EditionReader {
  const TableName = tableName;
  const headOf = (date: CalendarDate) => readHead(client, tableName, date);

  async function editionOf({ date, hash, parts }: Head): Promise<Edition> {
    const ofThisHash = where([is('pk', partition(date)), startsWith('sk', partPrefix(hash))]);
    const found: Buffer[] = [];
    for await (const item of queryItems(client, { TableName, ConsistentRead: true, ...ofThisHash })) {
      found.push(Buffer.from(readPartRow(item).bytes));
    }
    if (found.length !== parts) throw new Error(`edition ${date} has ${found.length} of its ${parts} parts`);
    return joinEdition({ hash, parts: found });
  }

  async function headsOf(dates: readonly CalendarDate[]): Promise<Head[]> {
    return (await readItems(client, tableName, dates.map(headKey), waiting)).map(readHeadRow);
  }

  /** Ascending. */
  async function headsWithin(span: DaySpan): Promise<readonly Head[]> {
    const heads = await headsOf(daysUpTo(span.to, lengthOf(span)));
    return heads.sort((one, other) => (one.date < other.date ? -1 : 1));
  }

  async function publishedWithin(span: DaySpan): Promise<readonly CalendarDate[]> {
    return (await headsWithin(span)).map(({ date }) => date);
  }

  return {
    async isPublished(date) {
      return (await headOf(date)) !== undefined;
    },

    async isOpen(date) {
      return (await headOf(date))?.isOpen === true;
    },

    async before(day) {
      const newest = (await headsWithin(daysBefore(addDays(day, -1), daysLookedBack))).at(-1);
      return newest && { date: newest.date, publishedAt: newest.publishedAt };
    },

    async find(date) {
      const head = await headOf(date);
      return head && editionOf(head);
    },

    async papersOf(date) {
      const head = await headOf(date);
      if (!head) return undefined;
      const Key = papersKey(date, head.hash);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      // Editions of earlier versions have no such row.
      if (!Item) return (await editionOf(head)).papers.map(({ paper }) => paper.id);
      return paperIdsIn(Item);
    },

    publishedWithin,

    async newestDate(today) {
      return (await publishedWithin(daysBefore(today, daysLookedBack + 1))).at(-1);
    },

    summariesOf: async (dates) =>
      new Map((await headsOf(dates)).map(({ date, publishedAt, papers }) => [date, { publishedAt, papers }])),

    withdrawn: () => readWithdrawn(client, tableName, waiting),

    async topicCounts(date) {
      const [item] = await readItems(client, tableName, [topicsKey(date)], waiting);
      return item && readTopicsRow(item).counts;
    },

    frequencies: (edition) => readFrequencies(client, tableName, edition, waiting),
  };
}
