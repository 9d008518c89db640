import { describe, expect, it } from '@jest/globals';
import { csvCell, exportedLine } from '../../../../../cli/commands/people/file/exported-line.js';
import { type Fields, importCause } from '../../../../../cli/commands/people/file/file-fields.js';
import { readLine } from '../../../../../cli/commands/people/file/read-line.js';
import type { DeliveryDays } from '../../../../../shared/domain/subscriber/slot/delivery-days.js';
import type { SubscriberProfile } from '../../../../../shared/domain/subscriber/subscriber.js';
import { aConsent, aProfile, instant } from '../../../../support/builders.js';
import { anOwnTopic } from '../../../../support/filters.js';

const now = instant('2026-08-07T09:00');
const ada = {
  email: 'ada@example.org',
  timezone: 'Europe/London',
  hour: '7',
  topics: 'llm-serving;Rain=rain -snow',
  consentAt: '2026-03-01T12:00:00+01:00',
  consentSource: 'sheet at the fair',
};

const read = (over: Fields = {}) => readLine({ ...ada, ...over }, now);
const entry = (over: Fields = {}) => {
  const line = read(over);
  if (line.kind !== 'entry') throw new Error(JSON.stringify(line));
  return line.entry;
};
const problems = (over: Fields) => {
  const line = read(over);
  return line.kind === 'wrong' ? line.problems.map(({ field, message }) => `${field}: ${message}`) : [line.kind];
};

describe('a line of a file of subscribers', () => {
  it('is somebody with their choices and their consent', () => {
    expect(entry()).toEqual({
      address: { ok: true, address: 'ada@example.org', canonical: 'ada@example.org' },
      profile: {
        address: 'ada@example.org',
        timeZone: 'Europe/London',
        hour: 7,
        topics: [{ catalogueId: 'llm-serving' }, anOwnTopic('Rain', 'rain -snow')],
        maxPapers: 10,
      },
      consentAt: instant('2026-03-01T11:00'),
      consentSource: 'sheet at the fair',
    });
  });

  it('may have numbers, lists and topics of JSON', () => {
    const topics = ['llm-serving', { name: 'Rain', filter: 'rain -snow' }];
    const json = { hour: 7, maxPapers: 3, days: 12345, topics, never: ['snow', 'hail'], aiSummaries: false };
    expect(entry({ ...json, quietDays: null }).profile).toEqual({
      ...entry().profile,
      ...{ maxPapers: 3, days: '12345', never: ['snow', 'hail'], aiSummaries: false },
    });
  });

  it('is not imported when it was not active where it comes from', () => {
    expect(read({ status: 'active' }).kind).toBe('entry');
    expect(read({ status: 'bounced', email: '' })).toEqual({ kind: 'not-active', status: 'bounced' });
    expect(problems({ status: 'gone' })).toEqual([expect.stringMatching(/^status: leave it empty/)]);
  });

  it.each<readonly [field: string, value: unknown, message: string | RegExp]>([
    ['email', '', 'Enter your email address.'],
    ['email', ['a'], 'must be a text or a number'],
    ['timezone', 'Europe/Atlantis', 'write a time zone such as Europe/Berlin'],
    ['hour', '24', 'write a whole hour from 0 to 23'],
    ['hour', '7.5', 'write a whole hour from 0 to 23'],
    ['maxPapers', '26', 'write a whole number from 1 to 25'],
    ['days', 'Friday', 'leave it empty for every day, or write weekdays such as 12345, or w5 for once a week'],
    ['topics', '', 'write ids of the catalogue, or own topics as name=filter, with ; between them'],
    ['topics', [7], 'write ids of the catalogue, or own topics as name=filter, with ; between them'],
    ['topics', 'llm-servin', 'no topic is called "llm-servin"; the nearest is "llm-serving"'],
    ['topics', 'Rain=rain AND (', 'The bracket opened at the end is never closed.'],
    ['emails', 'Ada', 'is unknown; the nearest is email; else take it out'],
    ['aiSummaries', 'maybe', 'write yes or no, or leave it empty'],
    ['aiSummaries', 'constructor', 'write yes or no, or leave it empty'],
    ['quietDays', 'yes', 'write best-unseen, or leave it empty'],
    ['never', 'snow;(', 'its filter 2 cannot be read'],
    ['consentAt', '2026-03-01T12:00', /^write when they consented: a day such as/],
    ['consentAt', '', /^write when they consented: a day such as/],
    ['consentAt', '2026-08-08', 'lies in the future: here it is 2026-08-07'],
    ['consentSource', '', /^write where they consented, in at most 200/],
    ['consentSource', 'mail from grace@example.org', /^write where they consented, in at most 200/],
  ])('says what is wrong with %s %j', (field, value, message) => {
    const line = read({ [field]: value });
    const wrong = line.kind === 'wrong' ? line.problems : [];
    expect(wrong).toEqual([{ field, message: typeof message === 'string' ? message : expect.stringMatching(message) }]);
  });

  it('is told all that is wrong with it at once, and never in its own words', () => {
    const secret = 'grace@example.org';
    const wrong = { email: `${secret} x`, timezone: secret, hour: secret, topics: secret, consentAt: secret };
    const said = problems({ ...wrong, [secret]: secret, days: secret, maxPapers: secret, status: secret });
    expect(said).toHaveLength(9);
    expect(said.join(' ')).not.toContain('grace');
  });
});

describe('an exported line', () => {
  const profile: SubscriberProfile = {
    ...aProfile({ address: 'Ada+x@example.org', days: 'w5' as DeliveryDays, maxPapers: 7 }),
    topics: [{ catalogueId: 'llm-serving' }, anOwnTopic('=1+1; "x"', 'rain OR "a;b"')],
    aiSummaries: false,
    quietDays: 'best-unseen',
    never: ['snow', 'author:"Ada Moss"'],
  };
  const confirmedAt = instant('2026-03-01T12:00');
  const confirmed = aConsent({ event: 'confirmed', at: confirmedAt, cause: `${importCause}sheet` });

  it('is read back as the same choices and consent', () => {
    const line = exportedLine({ standing: 'active' }, profile, [aConsent(), confirmed]);
    const back = readLine(line, now);
    expect(back).toMatchObject({ kind: 'entry', entry: { profile, consentAt: confirmedAt, consentSource: 'sheet' } });
    expect(exportedLine({ standing: 'active' }, profile, [confirmed])).toEqual(line);
  });

  it('tells of a consent by its last confirmation, and else by when the address was confirmed', () => {
    const again = aConsent({ event: 'confirmed', at: confirmedAt + 1, cause: 'confirmation link' });
    const line = exportedLine({ standing: 'paused' }, profile, [confirmed, again, aConsent({ event: 'paused' })]);
    expect(line).toMatchObject({ consentAt: '2026-03-01T12:00:00.001Z', consentSource: 'confirmation link' });
    expect(line.status).toBe('paused');
    const unknown = exportedLine({ standing: 'active', confirmedAt }, profile, []);
    expect(unknown).toMatchObject({ consentAt: '2026-03-01T12:00:00.000Z', consentSource: '' });
  });

  it('leaves out topics that were learned from papers', () => {
    const learned = { name: 'Like these', n: 1, like: new Uint8Array([1]) };
    const line = exportedLine({ standing: 'active' }, { ...profile, topics: [learned, ...profile.topics] }, []);
    expect(line.topics).toBe(exportedLine({ standing: 'active' }, profile, []).topics);
  });

  it('is no formula in a spreadsheet', () => {
    const cells = ['=1+1', '+1', '-1', '@x', "'quoted", 'plain', 7].map(csvCell);
    expect(cells).toEqual(["'=1+1", "'+1", "'-1", "'@x", "''quoted", 'plain', '7']);
  });
});
