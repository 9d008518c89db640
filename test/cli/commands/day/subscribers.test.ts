import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CliError } from '../../../../cli/command/cli-error.js';
import { readSubscribersFile, subscribeWithConsent } from '../../../../cli/commands/day/subscribers.js';
import type { PaperboyHouse } from '../../../../cli/house/paperboy-house.js';
import { catalogue } from '../../../../shared/domain/subscriber/catalogue.js';
import { aProfile, instant, subscriberId } from '../../../support/builders.js';
import { fakeConsentRepository } from '../../../support/fake-consent-repository.js';
import { fakeSubscriberRepository } from '../../../support/fake-subscriber-repository.js';
import { anOwnTopic } from '../../../support/filters.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'subscribers-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const ada = { email: 'ada@example.org', timezone: 'Europe/London', hour: 7, topics: [{ name: 'A', filter: 'agents' }] };

const read = (content: unknown) => {
  const path = join(dir, 'subscribers.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return readSubscribersFile(path);
};

/** The complaint about a file, without the file's path. */
const complaint = (content: unknown) => {
  try {
    read(content);
  } catch (error) {
    expect(error).toBeInstanceOf(CliError);
    return (error as Error).message.replace(`${join(dir, 'subscribers.json')}: `, '');
  }
  throw new Error('the file was taken');
};

describe('a subscribers file', () => {
  it('gives profiles: topics of the catalogue by id, own ones by name and filter, ten papers if it does not say', () => {
    const id = catalogue[0]!.id;
    const profiles = read([{ ...ada, topics: [id, { name: 'Rain', filter: 'rain -snow' }] }]);
    expect(profiles).toEqual([
      {
        address: 'ada@example.org',
        timeZone: 'Europe/London',
        hour: 7,
        topics: [{ catalogueId: id }, anOwnTopic('Rain', 'rain -snow')],
        maxPapers: 10,
      },
    ]);
    expect(read([{ ...ada, maxPapers: 25 }])[0]?.maxPapers).toBe(25);
  });

  it('may say days, in the form of a slot', () => {
    expect([undefined, '12345', 'w5'].map((days) => read([{ ...ada, days }])[0]?.days)).toEqual([
      undefined,
      '12345',
      'w5',
    ]);
    expect(complaint([{ ...ada, days: 'Friday' }])).toBe(
      'entry 1, days: write weekdays such as 12345, or w5 for once a week',
    );
  });

  it('may be empty', () => {
    expect(read([])).toEqual([]);
  });

  it('that is missing is named with the reason', () => {
    const path = join(dir, 'nowhere.json');
    expect(() => readSubscribersFile(path)).toThrow(`${path}: cannot be read (ENOENT); give a subscribers file`);
  });

  it('that is not JSON, or not an array, is refused in one line', () => {
    expect(complaint('[{"email":\n nonsense')).toMatch(/^is not JSON: .+$/);
    expect(complaint({ subscribers: [] })).toBe('must be a JSON array of subscribers');
  });

  it.each([
    ['email', 'ada at home', 'An email address cannot contain spaces.'],
    ['email', 'Ada <ada@example.org>', 'Enter the address alone, without a name or angle brackets.'],
    ['email', undefined, 'Invalid input: expected string, received undefined'],
    ['timezone', 'Europe/Atlantis', 'write a time zone such as Europe/Berlin'],
    ['hour', 24, 'Too big: expected number to be <=23'],
    ['hour', 7.5, 'Invalid input: expected int, received number'],
    ['hour', '7', 'Invalid input: expected number, received string'],
    ['topics', [], 'name at least one topic'],
    ['topics', 'agents', 'Invalid input: expected array, received string'],
    ['maxPapers', 0, 'Too small: expected number to be >=1'],
    ['maxPapers', 26, 'Too big: expected number to be <=25'],
  ])('names entry and field: %s %j', (field, value, what) => {
    expect(complaint([ada, { ...ada, email: 'ben@example.org', [field]: value }])).toBe(`entry 2, ${field}: ${what}`);
  });

  it('names a field that it does not know, and an entry that is no subscriber', () => {
    expect(complaint([{ ...ada, colour: 'blue' }])).toBe('entry 1: Unrecognized key: "colour"');
    expect(complaint([ada, 'ben@example.org'])).toBe('entry 2: Invalid input: expected object, received string');
  });

  it('names a topic that the catalogue does not have, and those to choose from', () => {
    const said = complaint([{ ...ada, topics: [{ name: 'A', filter: 'a' }, 'gardening'] }]);
    expect(said).toMatch(/^entry 1, topics\[1\]: the catalogue has no topic "gardening"; choose from /);
    expect(said).toContain(catalogue[0]!.id);
  });

  it('says where a filter does not parse', () => {
    expect(complaint([{ ...ada, topics: [{ name: 'A', filter: 'agents AND (tools OR' }] }])).toMatch(
      /^entry 1, topics\[0\], filter: .*\d/,
    );
  });

  it('names an own topic’s missing or strange field', () => {
    expect(complaint([{ ...ada, topics: [{ name: 'A' }] }])).toMatch(/^entry 1, topics\[0\], filter: /);
    expect(complaint([{ ...ada, topics: [{ name: '', filter: 'a' }] }])).toMatch(/^entry 1, topics\[0\], name: /);
    expect(complaint([{ ...ada, topics: [7] }])).toMatch(/^entry 1, topics\[0\]: /);
  });

  it('with one address twice is refused, however it is written', () => {
    expect(complaint([ada, { ...ada, email: 'ADA@example.org' }])).toBe('entry 2, email: occurs twice in the file');
  });
});

describe('somebody whom no form brought', () => {
  it('has a consent in the journal, once, so that an export of them can be imported', async () => {
    const [id, now] = [subscriberId(1), instant('2026-08-07T09:00')];
    const [subscribers, consents] = [fakeSubscriberRepository(), fakeConsentRepository()];
    const subscribe: PaperboyHouse['subscribe'] = async (profile, at) => {
      await subscribers.put(id, profile, at);
      return id;
    };
    const house = { subscribers, consents, subscribe, idOf: () => id } as unknown as PaperboyHouse;
    await subscribeWithConsent(aProfile(), 'demonstration', house, now);
    await subscribeWithConsent(aProfile({ maxPapers: 3 }), 'demonstration', house, now + 1);
    expect(await consents.of(id)).toEqual([{ subscriber: id, event: 'confirmed', at: now, cause: 'demonstration' }]);
    expect((await subscribers.load([id])).map(({ profile }) => profile.maxPapers)).toEqual([3]);
  });
});
