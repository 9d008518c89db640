import { describe, expect, it, jest } from '@jest/globals';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import { editionCache, newestEdition } from '../../../shared/delivery/loaded-edition.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { runRepository } from '../../../shared/storage/runs-repository.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { type Command, MemoryDynamo } from '../../simulation/cloud/dynamo/memory-dynamo.js';
import { anEdition, aRankedPaper, day, instant, paperId, subscriberId } from '../../support/builders.js';

jest.setTimeout(120_000);

const run = day('2026-08-07');
const berlin = slotOf('Europe/Berlin', 7);
const due = instant('2026-08-07T05:00');
const first = anEdition({ papers: [aRankedPaper({ id: paperId(1) })] });
const second = anEdition({ papers: [aRankedPaper({ id: paperId(2) })] });

type Client = ReturnType<MemoryDynamo['client']>;

/** Tables with an open edition and a slot; `editionsSeen` notes the edition at each row that is written of a run. */
async function aHouse() {
  const seen = new Set<string>();
  const dynamo: MemoryDynamo = new MemoryDynamo({
    changed: ({ table }) => {
      if (table === runsTable) seen.add(hashNow());
    },
  });
  const [editions, subscribers, runsTable] = ['editions', 'subscribers', 'runs'].map((kind) =>
    dynamo.createTable(kind),
  ) as [string, string, string];
  const hashNow = () => String(dynamo.table(editions).stored({ pk: `edition#${run}`, sk: 'head' })?.item?.hash);
  await editionRepository(dynamo.client(), editions).publish(first);
  const write = (key: { pk: string; sk: string }, more: object = {}) =>
    dynamo.table(subscribers).write(key, { ...key, v: 1, ...more }, due);
  write({ pk: 'slots', sk: berlin });
  for (const number of [1, 2]) {
    write({ pk: subscriberId(number), sk: 'state' }, { status: 'active', slot: berlin });
  }
  const plan = (client: Client) =>
    planDigests({
      editions: editionRepository(client, editions),
      subscribers: subscriberRepository(client, subscribers),
      runs: runRepository(client, runsTable),
      enqueue: async () => {},
      quota: async () => ({ perSecond: 500, per24Hours: Number.POSITIVE_INFINITY, sentLast24Hours: 0 }),
      isOwnTable: async () => true,
      batchSize: 1,
      publishHour: 5,
      countSkipped: () => {},
      countEditionAge: () => {},
      warn: () => {},
      now: () => due,
    });
  const remake = (client: Client) => editionRepository(client, editions).remake(second);
  const load = (client: Client) => {
    const repository = editionRepository(client, editions);
    return newestEdition(
      repository,
      editionCache(repository, () => {}),
    )(due);
  };
  return { dynamo, plan, remake, load, seen, hashNow };
}

/** A client that dies at its so manieth request. */
function dyingClient(dynamo: MemoryDynamo, at: number) {
  let requests = 0;
  const send = async (command: Command) => {
    requests += 1;
    if (requests >= at) throw new Error('killed');
    return dynamo.execute(command);
  };
  return { client: { send } as unknown as Client, count: () => requests };
}

/**
 * Runs a program on a new house while its edition is remade: before the program's request `from` the remaker begins, and goes
 * on up to its last request, which alone decides; that one is carried out before the program's request `to`.
 */
async function interleaved(
  firstOf: (house: Awaited<ReturnType<typeof aHouse>>) => (client: Client) => Promise<unknown>,
  { from, to, dies }: { readonly from: number; readonly to: number; readonly dies?: boolean },
) {
  const house = await aHouse();
  const { dynamo } = house;
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  let outcome: Promise<unknown> = Promise.resolve();
  const begin = async () => {
    let reached = () => {};
    const waits = new Promise<void>((resolve) => {
      reached = resolve;
    });
    // Its requests before the last write what nobody reads yet.
    const send = async (command: Command) => {
      const { Item } = command.input as { Item?: { sk?: string } };
      if (Item?.sk === 'head') {
        reached();
        await held;
      }
      return dynamo.execute(command);
    };
    outcome = house.remake({ send } as unknown as Client).finally(reached);
    await waits;
  };
  const finish = async () => {
    goOn();
    await outcome;
  };
  let requests = 0;
  const send = async (command: Command) => {
    requests += 1;
    if (requests === from) await begin();
    if (requests === to) await finish();
    if (requests >= to && dies) throw new Error('killed');
    return dynamo.execute(command);
  };
  const result = await firstOf(house)({ send } as unknown as Client).catch((error: Error) => error);
  if (requests < from) await begin();
  await finish();
  return { house, requests, result, outcome: await outcome };
}

/** Every pair of places between the requests of a program, until it has no more of them. */
async function everyWay(
  firstOf: Parameters<typeof interleaved>[0],
  check: (found: Awaited<ReturnType<typeof interleaved>>) => Promise<void>,
  dies = false,
): Promise<{ readonly ways: number; readonly outcomes: ReadonlySet<unknown> }> {
  const outcomes = new Set<unknown>();
  let ways = 0;
  for (let from = 1, isOver = false; !isOver; from += 1) {
    for (let to = from; ; to += 1) {
      const found = await interleaved(firstOf, { from, to, dies });
      await check(found);
      outcomes.add(found.outcome);
      ways += 1;
      isOver = found.requests < from;
      if (found.requests < to) break;
    }
  }
  return { ways, outcomes };
}

describe('an edition that is remade while a planner plans', () => {
  it('is the same from its first planned row on, in every order of their requests', async () => {
    const { ways, outcomes } = await everyWay(
      ({ plan }) => plan,
      async ({ house: { seen, hashNow, remake, dynamo } }) => {
        await remake(dynamo.client());
        expect([...seen]).toEqual([hashNow()]);
      },
    );
    expect(ways).toBeGreaterThan(100);
    expect([...outcomes].sort()).toEqual(['remade', 'sealed']);
  });

  it('is so too when the planner is killed anywhere, and another goes on', async () => {
    await everyWay(
      ({ plan }) => plan,
      async ({ house: { seen, hashNow, remake, plan, dynamo } }) => {
        await plan(dynamo.client());
        await remake(dynamo.client());
        expect([...seen]).toEqual([hashNow()]);
      },
      true,
    );
  });

  it('is so too when whoever remakes it is killed anywhere', async () => {
    for (let at = 1; ; at += 1) {
      const { dynamo, plan, remake, seen, hashNow } = await aHouse();
      const { client, count } = dyingClient(dynamo, at);
      await remake(client).catch(() => {});
      await plan(dynamo.client());
      await remake(dynamo.client());
      expect([...seen]).toEqual([hashNow()]);
      if (count() < at) break;
    }
  });
});

describe('an edition that is remade while a welcome loads it', () => {
  it('is loaded as it stays, in every order of their requests', async () => {
    const { outcomes } = await everyWay(
      ({ load }) => load,
      async ({ house: { load, remake, dynamo }, result }) => {
        await remake(dynamo.client());
        const loaded = result as Awaited<ReturnType<typeof load>>;
        const now = await load(dynamo.client());
        expect(loaded?.indexed.edition).toEqual(now?.indexed.edition);
      },
    );
    expect([...outcomes].sort()).toEqual(['remade', 'sealed']);
  });
});
