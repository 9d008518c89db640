import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { openBatches, papersByActiveDay, subscribersBySlot } from '../../../../shared/contract/tables.js';
import type { Item, Key } from '../../../../shared/storage/dynamo/rows.js';
import { type Bound, type Compiled, compileCondition } from './conditions.js';
import { batchGet, projected, type QueryInput, queryPage, type ReadFaults, seen, soundReads } from './reads.js';
import { type Change, type Index, MemoryTable } from './tables.js';
import { ValidationException } from './tokens.js';
import { compileUpdate } from './updates.js';
import { copyOf, isEqual } from './values.js';

const indexes: Readonly<Record<string, Index | undefined>> = {
  papers: papersByActiveDay,
  subscribers: subscribersBySlot,
  runs: openBatches,
};

/** A command of the document client. */
export interface Command {
  readonly input: object;
}

/** The parameters that the played commands have. */
interface Input {
  readonly TableName: string;
  readonly Key?: Key;
  readonly Item?: Item;
  readonly ConditionExpression?: string;
  readonly UpdateExpression?: string;
  readonly ProjectionExpression?: string;
  readonly FilterExpression?: string;
  readonly KeyConditionExpression?: string;
  readonly ExpressionAttributeNames?: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, unknown>;
  readonly ConsistentRead?: boolean;
  readonly ReturnValues?: string;
  readonly RequestItems?: Record<string, { Keys: Key[]; ConsistentRead?: boolean }>;
}

export interface MemoryDynamoOptions {
  readonly now?: () => number;
  readonly faults?: ReadFaults;
  readonly changed?: (change: Change) => void;
}

/** DynamoDB in memory, as the document client's `send` shows it; each command is one step and cannot be cut. */
export class MemoryDynamo {
  readonly tables = new Map<string, MemoryTable>();
  private readonly now: () => number;
  private readonly faults: ReadFaults;
  private readonly changed: (change: Change) => void;

  constructor({ now = () => 0, faults = soundReads, changed = () => {} }: MemoryDynamoOptions = {}) {
    this.now = now;
    this.faults = faults;
    this.changed = changed;
  }

  /** Makes an empty table of a kind (`papers`, `editions`, `subscribers`, `runs`, `consents`). */
  createTable(kind: string, name = `${kind}-${this.tables.size + 1}`): string {
    this.tables.set(name, new MemoryTable(name, indexes[kind]));
    return name;
  }

  table(name: string): MemoryTable {
    const table = this.tables.get(name);
    if (!table) throw new ValidationException(`There is no table ${name}`);
    return table;
  }

  /** A client that sends at once. */
  client(): DynamoDBDocumentClient {
    return { send: async (command: Command) => this.execute(command) } as unknown as DynamoDBDocumentClient;
  }

  /** Carries out a command from its start to its end. */
  execute(command: Command): object {
    return this.carryOut(command.constructor.name, command.input);
  }

  /** Carries out the command of that name, as the document client's classes are called. */
  carryOut(name: string, given: object): object {
    const input = given as Input;
    const play = plays[name];
    if (!play) throw new ValidationException(`${name} is not played`);
    return play.call(this, input);
  }

  get({ TableName, Key, ConsistentRead, ...rest }: Input): object {
    const stored = this.table(TableName).stored(keyIn(Key));
    const item = stored && seen(stored, this.now(), ConsistentRead ? 0 : this.faults.lagMs());
    return item ? { Item: projected(item, rest, boundIn(rest)) } : {};
  }

  query(input: Input): object {
    const bound = boundIn(input, [input.KeyConditionExpression, input.FilterExpression], input.ProjectionExpression);
    return queryPage(this.table(input.TableName), input as QueryInput, bound, this.now(), this.faults);
  }

  scan({ TableName }: Input): object {
    return { Items: this.table(TableName).items().map(copyOf) };
  }

  batch({ RequestItems = {} }: Input): object {
    const Responses: Record<string, Item[]> = {};
    const UnprocessedKeys: Record<string, { Keys: Key[] }> = {};
    for (const [name, { Keys, ConsistentRead = false }] of Object.entries(RequestItems)) {
      const { items, unprocessed } = batchGet(this.table(name), Keys, ConsistentRead, this.now(), this.faults);
      Responses[name] = items;
      if (unprocessed.length > 0) UnprocessedKeys[name] = { Keys: [...unprocessed] };
    }
    return { Responses, UnprocessedKeys };
  }

  put(input: Input): object {
    const item = copyOf(input.Item ?? {});
    return this.write(input, keyIn(item as unknown as Key), () => item);
  }

  delete(input: Input): object {
    return this.write(input, keyIn(input.Key), () => undefined);
  }

  update(input: Input): object {
    const key = keyIn(input.Key);
    const { meaning } = compileUpdate(input.UpdateExpression ?? '');
    return this.write(input, key, (before, bound) => {
      const after = meaning(before ?? { ...key }, bound);
      if (!isEqual(after.pk, key.pk) || !isEqual(after.sk, key.sk)) {
        throw new ValidationException('Cannot update an attribute that is part of the key');
      }
      return after;
    });
  }

  private write(input: Input, key: Key, make: (before: Item | undefined, bound: Bound) => Item | undefined): object {
    const table = this.table(input.TableName);
    const used = input.UpdateExpression === undefined ? [] : [compileUpdate(input.UpdateExpression)];
    const bound = boundIn(input, [input.ConditionExpression], undefined, used);
    const before = table.stored(key)?.item;
    if (input.ConditionExpression && !compileCondition(input.ConditionExpression).meaning(before, bound)) {
      throw new ConditionalCheckFailedException({ message: 'The conditional request failed', $metadata: {} });
    }
    const after = make(before, bound);
    table.write(key, after, this.now());
    this.changed({ table: table.name, key, before, after });
    if (input.ReturnValues === 'ALL_OLD' && before) return { Attributes: copyOf(before) };
    return input.ReturnValues === 'ALL_NEW' && after ? { Attributes: copyOf(after) } : {};
  }
}

const { prototype: played } = MemoryDynamo;
const plays: Readonly<Record<string, (this: MemoryDynamo, input: Input) => object>> = {
  GetCommand: played.get,
  QueryCommand: played.query,
  ScanCommand: played.scan,
  BatchGetCommand: played.batch,
  PutCommand: played.put,
  DeleteCommand: played.delete,
  UpdateCommand: played.update,
};

function keyIn(key: Key | undefined): Key {
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  if (!isText(key?.pk) || !isText(key?.sk)) throw new ValidationException('The key lacks a part, or one is empty');
  return { pk: key?.pk ?? '', sk: key?.sk ?? '' };
}

/** The bound placeholders of a request; as in DynamoDB each must be used, and an empty map is refused. */
function boundIn(
  { ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values }: Partial<Input>,
  conditions: readonly (string | undefined)[] = [],
  projection = '',
  others: readonly Compiled<unknown>[] = [],
): Bound {
  const expressions = [
    ...conditions.flatMap((text) => (text === undefined ? [] : [compileCondition(text)])),
    ...others,
  ];
  if (values && Object.keys(values).length === 0) throw new ValidationException('ExpressionAttributeValues is empty');
  const isUsed = (name: string) => expressions.some(({ used }) => used.has(name)) || projection.includes(name);
  for (const name of [...Object.keys(names), ...Object.keys(values ?? {})]) {
    if (expressions.length > 0 && !isUsed(name)) throw new ValidationException(`${name} is bound and not used`);
  }
  return { names, values: values ?? {} };
}
