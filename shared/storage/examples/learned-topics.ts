import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { subscriberId } from '../../contract/ids.js';
import { type Instant, minuteMs } from '../../domain/calendar-date.js';
import type { KeptTopic } from '../../domain/likeness/kept-topic.js';
import { isPressedName } from '../../domain/likeness/topic-name.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { isWritten } from '../dynamo/conditional-write.js';
import {
  absent,
  type Condition,
  change,
  either,
  exists,
  is,
  isNot,
  onlyIf,
  plus,
  where,
} from '../dynamo/expressions.js';
import { allItems, readItems, realWaiting, type Waiting } from '../dynamo/reading.js';
import { expiryOf, type Item, type Key, rowReader, rowVersion } from '../dynamo/rows.js';
import { packTopic, unpackTopic } from './packed-topic.js';

/** How many learned topics a subscriber has at most. */
export const mostLearned = 3;

/** A learned topic as it is stored. */
export interface StoredTopic extends KeptTopic {
  /** Names it for good; the remainder by three is its place. */
  readonly n: number;
  /** Grows with each change. */
  readonly version: number;
  /** Until when it is kept, while the address is not confirmed. */
  readonly until?: Instant;
  /** Whose it was before the address was changed. */
  readonly movedFrom?: SubscriberId;
}

/** A subscriber whose learned topics are not finished: words are missing, or the profile may be behind the examples. */
interface Unfinished {
  readonly subscriber: SubscriberId;
  readonly mark: string;
}

/** The examples of subscribers' learned topics. Personal data: only serving pages, notices and learning may use it. */
export interface LearnedTopicRepository {
  /** The topics of a subscriber, ascending by number; those that were kept until before `now` are left out. */
  load(id: SubscriberId, now?: Instant): Promise<readonly StoredTopic[]>;
  /** Keeps a topic where `over` is, as it was loaded, or where none is; `false`, and nothing is kept, when another change came first. */
  keep(id: SubscriberId, topic: Omit<StoredTopic, 'version'>, over: StoredTopic | undefined): Promise<boolean>;
  /** Deletes a topic as it was loaded; `false` when another change came first. */
  drop(id: SubscriberId, topic: StoredTopic): Promise<boolean>;
  /** Keeps for good what was kept until a confirmation. */
  stay(id: SubscriberId): Promise<void>;
  /** Copies the topics of an old address to the new one, once. */
  bring(from: SubscriberId, to: SubscriberId): Promise<void>;
  /** Notes that a subscriber is not finished, and when to look again; whoever notes it last may call it finished. */
  open(id: SubscriberId, mark: string, due: Instant): Promise<void>;
  /** Notes that a subscriber is finished, unless somebody else has opened it since. */
  close(id: SubscriberId, mark: string): Promise<void>;
  /** Who is unfinished and due at `now`, longest due first. */
  due(now: Instant): Promise<readonly Unfinished[]>;
}

/** The number of a new topic at a place, from 0 to 2: no other topic of the subscriber has had it. */
export function numberAt(place: number, at: Instant): number {
  return mostLearned * Math.floor(at / minuteMs) + place;
}

/** Where a topic is among the three. */
export const placeOf = (n: number) => n % mostLearned;

const places = Array.from({ length: mostLearned }, (_, place) => place);
/** Never read by sending. */
const examplesKey = (id: SubscriberId, place: number): Key => ({ pk: id, sk: `examples#${place}` });

const unfinishedPartition = 'learning';
/** The row of a subscriber who is not finished, if there is one. */
export const unfinishedKey = (id: SubscriberId): Key => ({ pk: unfinishedPartition, sk: id });

/** The keys of a subscriber's topics; the row of who is unfinished stays, so that what comes after an erasure is found. */
export const learnedKeys = (id: SubscriberId): readonly Key[] => places.map((place) => examplesKey(id, place));

const readTopicRow = rowReader(() =>
  z.object({
    n: z.number(),
    version: z.number(),
    topic: z.instanceof(Uint8Array),
    origin: z.exactOptional(z.string()),
    takesPresses: z.exactOptional(z.boolean()),
    askedAt: z.exactOptional(z.number()),
    askedTimes: z.exactOptional(z.number()),
    expiresAt: z.exactOptional(z.number()),
    movedFrom: z.exactOptional(subscriberId),
  }),
);

const readUnfinishedRow = rowReader(() => z.object({ sk: subscriberId, mark: z.string(), due: z.number() }));

function storedTopic(item: Item): StoredTopic {
  const { n, version, askedAt, askedTimes: times = 1, origin, expiresAt, movedFrom, ...row } = readTopicRow(item);
  const kept = unpackTopic(row.topic);
  // Older rows are known by the name alone.
  const { takesPresses = isPressedName(kept.topic.name) } = row;
  return {
    ...kept,
    ...(askedAt !== undefined && { asked: { at: askedAt, times } }),
    ...(origin !== undefined && { origin }),
    ...(takesPresses && { takesPresses }),
    n,
    version,
    ...(expiresAt !== undefined && { until: expiresAt * 1000 }),
    ...(movedFrom && { movedFrom }),
  };
}

function attributesOf({ n, asked, origin, until, movedFrom, ...kept }: Omit<StoredTopic, 'version'>): Item {
  return {
    v: rowVersion,
    n,
    topic: packTopic(kept),
    takesPresses: kept.takesPresses ?? false,
    ...(origin !== undefined && { origin }),
    ...(asked && { askedAt: asked.at, askedTimes: asked.times }),
    ...(until !== undefined && { expiresAt: expiryOf(until, 0) }),
    ...(movedFrom && { movedFrom }),
  };
}

/** Holds while the topic is as it was loaded. */
const isAsLoaded = ({ n, version }: StoredTopic): readonly Condition[] => [is('n', n), is('version', version)];

/** Learned topics in DynamoDB: `examples#<place>` of a subscriber holds one, and `learning` a row for each unfinished subscriber. */
export function learnedTopicRepository(
  client: DynamoDBDocumentClient,
  TableName: string,
  waiting: Waiting = realWaiting,
): LearnedTopicRepository {
  const put = (Item: Item, ...conditions: readonly Condition[]) =>
    isWritten(client.send(new PutCommand({ TableName, Item, ...onlyIf(...conditions) })));
  const remove = (Key: Key, ...conditions: readonly Condition[]) =>
    isWritten(client.send(new DeleteCommand({ TableName, Key: { ...Key }, ...onlyIf(...conditions) })));

  async function load(id: SubscriberId, now = Number.NEGATIVE_INFINITY): Promise<readonly StoredTopic[]> {
    const items = await readItems(
      client,
      TableName,
      places.map((place) => examplesKey(id, place)),
      waiting,
    );
    const topics = items.map(storedTopic);
    return topics.filter(({ until = Number.POSITIVE_INFINITY }) => until > now).sort((one, other) => one.n - other.n);
  }

  return {
    load,

    async keep(id, topic, over) {
      const version = (over?.version ?? 0) + 1;
      const Item = { ...examplesKey(id, placeOf(topic.n)), ...attributesOf(topic), version };
      return put(Item, ...(over ? isAsLoaded(over) : [absent('pk')]));
    },

    drop: (id, topic) => remove(examplesKey(id, placeOf(topic.n)), ...isAsLoaded(topic)),

    async stay(id) {
      const kept = change({ expiresAt: undefined, version: plus(1) }, exists('expiresAt'));
      for (const place of places) {
        await isWritten(client.send(new UpdateCommand({ TableName, Key: { ...examplesKey(id, place) }, ...kept })));
      }
    },

    async bring(from, to) {
      for (const topic of await load(from)) {
        const { until: _, version, ...kept } = { ...topic, movedFrom: from };
        const Item = { ...examplesKey(to, placeOf(topic.n)), ...attributesOf(kept), version };
        // Once it has come, it is changed there.
        await put(Item, either(absent('pk'), isNot('movedFrom', from)));
      }
    },

    async open(id, mark, due) {
      const Item = { ...unfinishedKey(id), v: rowVersion, mark, due };
      await client.send(new PutCommand({ TableName, Item }));
    },

    async close(id, mark) {
      await remove(unfinishedKey(id), is('mark', mark));
    },

    async due(now) {
      const query = { TableName, ConsistentRead: true, ...where([is('pk', unfinishedPartition)]) };
      const rows = (await allItems(client, query)).map(readUnfinishedRow).filter(({ due }) => due <= now);
      rows.sort((one, other) => one.due - other.due);
      return rows.map(({ sk: subscriber, mark }) => ({ subscriber, mark }));
    },
  };
}
