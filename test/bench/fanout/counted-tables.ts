import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiCall, ApiService } from '../../../cli/local/api-call.js';
import { openBatches, papersByActiveDay, subscribersBySlot } from '../../../shared/contract/tables.js';
import { Counts, WriteHeat } from './tally.js';

/** What was asked of DynamoDB: requests by kind, and the units that are charged for them. */
export class TableUse {
  readonly requests = new Counts();
  readonly heat = new WriteHeat();
  readUnits = 0;
  writeUnits = 0;
}

type Key = Readonly<Record<'pk' | 'sk', { readonly S?: string } | undefined>>;
interface Write {
  readonly TableName?: string;
  readonly Key?: Key;
  readonly Item?: Key & Readonly<Record<string, unknown>>;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

const indexKeys = [openBatches.pk, subscribersBySlot.pk, papersByActiveDay.pk];
const isRead = (action: string) => /^(Get|BatchGet|Query|Scan)/.test(action);

/** What one answer says was consumed: a refused condition is charged like the smallest write. */
function unitsIn(body: string): number {
  const { ConsumedCapacity } = JSON.parse(body) as { ConsumedCapacity?: { CapacityUnits: number } | [] };
  const each = [ConsumedCapacity ?? []].flat() as { CapacityUnits: number }[];
  return body.includes('ConditionalCheckFailed') ? 1 : each.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
}

/** A write that names the key of an index may write there too; the embedded tables do not count that. */
const touchesIndex = ({ Item, ExpressionAttributeNames: names = {} }: Write) =>
  indexKeys.some((name) => Item?.[name] !== undefined || Object.values(names).includes(name));

function note(call: ApiCall, body: string, use: TableUse): void {
  const write = call.input as Write;
  use.requests.add(call.action);
  if (isRead(call.action)) {
    use.readUnits += unitsIn(body);
    return;
  }
  use.writeUnits += unitsIn(body) + (touchesIndex(write) ? 1 : 0);
  const key = write.Key ?? write.Item;
  use.heat.note(`${write.TableName} ${key?.pk?.S} ${key?.sk?.S}`, performance.now());
}

/** Tables that answer what functions ask only after so many milliseconds, and count it; the operator is not counted. */
export function countedTables(tables: ApiService, delayMs: number, use: TableUse): ApiService {
  return {
    ...tables,
    async answer(call) {
      if (call.caller.name === 'the operator') return tables.answer(call);
      const asked = { ...call.input, ReturnConsumedCapacity: 'INDEXES' };
      const answer = await tables.answer({ ...call, body: Buffer.from(JSON.stringify(asked)) });
      note(call, answer.body, use);
      await sleep(delayMs);
      return answer;
    },
  };
}
