import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { replayIn } from '../../../../cli/commands/recovery/restore-replay.js';
import { consentRepository } from '../../../../shared/storage/consents-repository.js';
import { runRepository } from '../../../../shared/storage/runs-repository.js';
import { readName, tableGate, writeName } from '../../../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../../../shared/storage/subscribers/subscribers-repository.js';
import { dyingClient, embeddedForTests } from '../../../storage/embedded.js';
import { aConsent, aProfile, instant, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';

const dynamo = embeddedForTests();
const now = instant('2026-08-07T12:00');
const [ann, bob] = [subscriberId(1), subscriberId(2)];

describe('the command restore replay', () => {
  let tables: Readonly<Record<string, string>>;
  beforeEach(async () => {
    tables = {
      SubscribersTable: await dynamo().createTable('subscribers'),
      ConsentsTable: await dynamo().createTable('consents'),
      RunsTable: await dynamo().createTable('runs'),
    };
  });
  const named = (name: string) => tables[name] ?? '';
  const consents = () => consentRepository(dynamo().client, named('ConsentsTable'));

  /** What it prints, and its answer. */
  async function replayed(
    options: Readonly<Record<string, string | boolean>> = {},
    isDryRun = false,
    client = dynamo().client,
  ) {
    const lines: string[] = [];
    const answers: object[] = [];
    const operator = {
      dynamo: client,
      output: named,
      consents: consents(),
      editions: fakeEditionRepository(),
      runs: runRepository(dynamo().client, named('RunsTable')),
      now: () => now,
    };
    const io = {
      out: (text: string) => void lines.push(text),
      json: (value: object) => void answers.push(value),
      progress: () => ({ step: () => {}, end: () => {} }),
    };
    await replayIn(operator, { options, isDryRun }, io);
    return { said: lines.join('\n'), answer: answers[0] };
  }

  it('refuses a table that is in use, and one that may be, and says what to do', async () => {
    await expect(replayed()).rejects.toThrow('if it was restored from a backup of an earlier version, add --unnamed');
    await writeName(dynamo().client, named('SubscribersTable'));
    await expect(replayed({ unnamed: true })).rejects.toThrow('is in use and needs no replay');
  });

  it('says what it does to whom, without a word of an address, and lists newcomers by id', async () => {
    const subscribers = subscriberRepository(dynamo().client, named('SubscribersTable'));
    await subscribers.put(ann, aProfile({ address: 'ann@example.org' }), now - 3_600_000);
    for (const subscriber of [ann, bob]) {
      await consents().append(aConsent({ subscriber, at: now - 7_200_000 }));
      await consents().append(aConsent({ subscriber, event: 'confirmed', at: now - 3_600_000 }));
    }
    await consents().append(aConsent({ subscriber: ann, event: 'unsubscribed', at: now }));
    const dry = await replayed({ unnamed: true }, true);
    expect(dry.said).toMatch(
      /^Would bring 2 subscribers up to date: 1 left, .*\n1 subscribed after.*\n {2}\S+\nNothing/,
    );
    expect(await readName(dynamo().client, named('SubscribersTable'))).toBeUndefined();
    const { said, answer } = await replayed({ unnamed: true });
    expect(answer).toMatchObject({ dryRun: false, unsubscribed: 1, newcomers: [bob] });
    expect(said).toContain(`their addresses are gone, and they must sign up again:\n  ${bob}`);
    expect(said).not.toContain('@');
    await expect(replayed()).rejects.toThrow('in use');
  });

  it('refuses to fetch newcomers from the restored table itself, and from one that is not there', async () => {
    const from = named('SubscribersTable');
    await expect(replayed({ unnamed: true, 'newcomers-from': from })).rejects.toThrow('is the restored table');
    await expect(replayed({ unnamed: true, 'newcomers-from': 'Nowhere' })).rejects.toThrow('there is no such table');
    expect(await readName(dynamo().client, from)).toBeUndefined();
  });

  describe('and the table that was in use before', () => {
    let old: string;
    /** A table in use with Ann in it, whom the journal may know. */
    async function tableInUse(isKnown = true): Promise<string> {
      const table = await dynamo().createTable('subscribers');
      await writeName(dynamo().client, table);
      await subscriberRepository(dynamo().client, table).put(ann, aProfile(), now - 3_600_000);
      if (isKnown) await consents().append(aConsent({ subscriber: ann, event: 'confirmed', at: now - 3_600_000 }));
      return table;
    }
    /** Gives the restored table the name that a backup of a table has. */
    const restoredFrom = (table: string) =>
      dynamo().client.send(
        new PutCommand({
          TableName: named('SubscribersTable'),
          Item: { pk: 'table', sk: 'name', v: 1, name: table },
        }),
      );
    const isSending = (table: string) => tableGate(dynamo().client, table, 'generated', 'reads')();
    /** A client that may not do this to the old table. */
    const denied = (dies: string) => dyingClient(dynamo().client, (input) => input.TableName === old && dies in input);

    it('closes it, wherever its name is from, and says so; a dry run only says that it would', async () => {
      old = await tableInUse();
      const other = await tableInUse();
      await restoredFrom(old);
      const dry = await replayed({ 'newcomers-from': other }, true);
      expect(dry.said).toContain(`Would close ${old}, `);
      expect(dry.answer).toMatchObject({
        oldTables: [
          { table: other, is: 'open' },
          { table: old, is: 'open' },
        ],
      });
      expect([await isSending(old), await isSending(other)]).toEqual([true, true]);
      const { said, answer } = await replayed({ 'newcomers-from': other });
      for (const table of [old, other]) expect(said).toContain(`Closed ${table}, which was in use before`);
      expect(answer).toMatchObject({ oldTables: [{ is: 'closed now' }, { is: 'closed now' }] });
      expect([await isSending(old), await isSending(other)]).toEqual([false, false]);
      expect(await isSending(named('SubscribersTable'))).toBe(true);
    });

    it('closes it before mails go out from the restored one, and goes on where it was killed in between', async () => {
      old = await tableInUse();
      await restoredFrom(old);
      const restored = named('SubscribersTable');
      const dies = (input: Record<string, unknown>) =>
        input.TableName === restored && JSON.stringify(input).includes(`"${restored}"}`);
      await expect(replayed({}, false, dyingClient(dynamo().client, dies))).rejects.toThrow('the process died');
      expect([await isSending(old), await isSending(restored)]).toEqual([false, false]);
      expect((await replayed({ 'newcomers-from': old })).said).toContain(`${old}, which was in use before, is closed`);
      expect([await isSending(old), await isSending(restored)]).toEqual([false, true]);
    });

    it('brings the rest to its end where it may not close it, and says what to do by hand', async () => {
      old = await tableInUse();
      for (const [dies, said] of [
        ['UpdateExpression', `Could not close ${old}, which was in use before (Error): close it by hand`],
        ['ConsistentRead', `${old}, which was in use before, cannot be read (Error): close it by hand`],
      ] as const) {
        await restoredFrom(old);
        expect((await replayed({}, false, denied(dies))).said).toContain(said);
        expect([await isSending(old), await isSending(named('SubscribersTable'))]).toEqual([true, true]);
      }
    });

    it('says that it is gone, and that a backup without a name does not tell which it was', async () => {
      await restoredFrom('Deleted');
      expect((await replayed()).said).toContain('Deleted, which was in use before, is gone.');
      tables = { ...tables, SubscribersTable: await dynamo().createTable('subscribers') };
      expect((await replayed({ unnamed: true })).said).toContain('does not say which table was in use before');
    });

    it('leaves alone what is another Paperboy’s, and refuses to fetch newcomers from that or from another kind of table', async () => {
      old = await tableInUse(false);
      const refused = (from: string) => replayed({ unnamed: true, 'newcomers-from': from });
      await expect(refused(old)).rejects.toThrow(`${old}: is another Paperboy's; name the one`);
      await expect(refused(named('RunsTable'))).rejects.toThrow('is no table of subscribers');
      await expect(refused('no name!')).rejects.toThrow('is no table of subscribers');
      expect(await readName(dynamo().client, named('SubscribersTable'))).toBeUndefined();
      await restoredFrom(old);
      expect((await replayed()).said).toContain(`${old}, which is another Paperboy's and was left alone`);
      expect(await isSending(old)).toBe(true);
    });
  });
});
