import { beforeEach, describe, expect, it } from '@jest/globals';
import { replayIn } from '../../../../cli/commands/recovery/restore-replay.js';
import { consentRepository } from '../../../../shared/storage/consents-repository.js';
import { runRepository } from '../../../../shared/storage/runs-repository.js';
import { readName, writeName } from '../../../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../../../shared/storage/subscribers/subscribers-repository.js';
import { embeddedForTests } from '../../../storage/embedded.js';
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
  async function replayed(options: Readonly<Record<string, string | boolean>> = {}, isDryRun = false) {
    const lines: string[] = [];
    const answers: object[] = [];
    const operator = {
      dynamo: dynamo().client,
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
});
