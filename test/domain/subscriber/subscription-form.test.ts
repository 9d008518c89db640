import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { parseCatalogue } from '../../../shared/domain/subscriber/catalogue.js';
import type { FormFields } from '../../../shared/domain/subscriber/own-filters.js';
import { isTimeZone } from '../../../shared/domain/subscriber/slot/local-clock.js';
import { parseChoices, timeZoneOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { anOwnTopic } from '../../support/filters.js';

const { topics: catalogue } = parseCatalogue([
  { id: 'tables', name: 'Tables', description: 'Rows.', filter: 'tables' },
  { id: 'robots', name: 'Robots', description: 'Machines.', filter: 'robot' },
]);
const whole = { topic: 'tables', hour: '7', timezone: 'Europe/Berlin', maxPapers: '10' };
const errorsOf = (fields: FormFields) => {
  const parsed = parseChoices(fields, catalogue);
  return parsed.ok ? {} : parsed.errors;
};

describe('the choices of a form', () => {
  it('are read: topics once each, own filters in pairs and compiled, empty ones left out', () => {
    const fields = {
      ...whole,
      topic: ['robots', 'robots'],
      filter: ['lantern', ' ', 'a\r\nb'],
      filterName: ['Mine', '', ''],
    };
    expect(parseChoices(fields, catalogue)).toEqual({
      ok: true,
      value: {
        timeZone: 'Europe/Berlin',
        hour: 7,
        maxPapers: 10,
        topics: [{ catalogueId: 'robots' }, anOwnTopic('Mine', 'lantern'), anOwnTopic('a b', 'a b')],
      },
    });
  });

  it('need a topic or a filter', () => {
    expect(Object.keys(errorsOf({ ...whole, topic: [] }))).toEqual(['topic']);
    expect(errorsOf({ ...whole, topic: [], filter: 'lantern' })).toEqual({});
  });

  it('hold no AI summaries and the best of the rest only where these are ticked', () => {
    const readOf = (fields: FormFields) => {
      const parsed = parseChoices({ ...whole, ...fields }, catalogue);
      return parsed.ok ? parsed.value : parsed.errors;
    };
    expect(readOf({ aiSummaries: 'no', quietDays: 'best-unseen' })).toMatchObject({
      aiSummaries: false,
      quietDays: 'best-unseen',
    });
    for (const empty of [{}, { aiSummaries: '', quietDays: '' }]) {
      expect(Object.keys(readOf(empty))).toEqual(['timeZone', 'hour', 'topics', 'maxPapers']);
    }
  });

  it('say what is wrong with which filter', () => {
    const errors = errorsOf({ ...whole, filter: ['lantern', 'tables AND )'], filterName: ['', ''] });
    expect(errors).toEqual({ 'filter-2': 'A word is missing between "AND" and ")".' });
  });

  const wrong: [string, FormFields, string][] = [
    ['a topic that the catalogue has not', { topic: 'secret' }, 'topic'],
    ['more topics than there are', { topic: Array(200).fill('tables') }, 'topic'],
    ['an hour after 23', { hour: '24' }, 'hour'],
    ['an hour that is no number', { hour: '7am' }, 'hour'],
    ['two hours', { hour: ['7', '8'] }, 'hour'],
    ['no paper at all', { maxPapers: '0' }, 'maxPapers'],
    ['more papers than 25', { maxPapers: '26' }, 'maxPapers'],
    ['a zone that nobody has', { timezone: 'Mars/Base' }, 'timezone'],
    ['an offset for a zone', { timezone: '+01:00' }, 'timezone'],
    ['a name over several lines', { filter: 'a', filterName: 'a\u2028b' }, 'filter'],
    ['a name of 61 characters', { filter: 'a', filterName: 'n'.repeat(61) }, 'filter'],
    ['a category that does not exist', { filter: 'wax cat:cs.XX' }, 'filter'],
    ['text that turns itself round', { filter: 'a \u202e b' }, 'filter'],
    ['a box that sends something else', { aiSummaries: 'yes' }, 'aiSummaries'],
    ['a quiet day that nobody offers', { quietDays: 'everything' }, 'quietDays'],
    ['eleven filters', { filter: Array(11).fill('a') }, 'filter'],
    ['chosen days of which there is none', { days: 'chosen' }, 'days'],
    ['a day that no week has', { days: 'chosen', day: ['5', '8'] }, 'days'],
    ['a weekly digest without its day', { days: 'weekly', day: ['5'] }, 'days'],
    ['days that there are not', { days: 'monthly' }, 'days'],
  ];
  it.each(wrong)('refuse %s', (_name, fields, field) => {
    expect(Object.keys(errorsOf({ ...whole, ...fields }))).toEqual([field]);
  });

  it('have days: every day when the form does not say, else in their one form', () => {
    const daysOf = (fields: FormFields) => {
      const parsed = parseChoices({ ...whole, ...fields }, catalogue);
      return parsed.ok ? (parsed.value.days ?? 'every day') : parsed.errors;
    };
    expect(['', 'daily'].map((days) => daysOf({ days }))).toEqual(['every day', 'every day']);
    expect(daysOf({})).toBe('every day');
    expect(daysOf({ days: 'workdays', day: ['7'], weekDay: '3' })).toBe('12345');
    expect(daysOf({ days: 'chosen', day: ['6', '2'], weekDay: '3' })).toBe('26');
    expect(daysOf({ days: 'chosen', day: '6' })).toBe('6');
    expect(daysOf({ days: 'weekly', day: ['6'], weekDay: '3' })).toBe('w3');
    const alsoWrong = parseChoices({ ...whole, days: 'chosen', hour: '24' }, catalogue);
    expect(alsoWrong).toMatchObject({ ok: false, errors: { days: 'Choose at least one day of the week.' } });
    expect(Object.keys(errorsOf({ ...whole, days: 'chosen', hour: '24' })).sort()).toEqual(['days', 'hour']);
  });

  it('name every field that is missing', () => {
    expect(Object.keys(errorsOf({})).sort()).toEqual(['hour', 'maxPapers', 'timezone', 'topic']);
  });

  it('are whole or refused, whatever was sent', () => {
    const value = fc.oneof(
      fc.string(),
      fc.array(fc.string({ unit: 'binary' })),
      fc.constantFrom('tables', '7', 'UTC', '10'),
    );
    const kept = ['topic', 'filter', 'filterName', 'hour', 'timezone', 'maxPapers', 'aiSummaries', 'quietDays'];
    const names = [...kept, 'days', 'day', 'weekDay'];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), (fields) => {
        const parsed = parseChoices(fields, catalogue);
        if (!parsed.ok) return Object.values(parsed.errors).every((message) => message !== '');
        const { topics, hour, timeZone, maxPapers } = parsed.value;
        const areTopics = topics.every((each) => 'catalogueId' in each || parseFilter(each.filter).ok);
        return (
          topics.length > 0 && areTopics && hour <= 23 && maxPapers >= 1 && maxPapers <= 25 && isTimeZone(timeZone)
        );
      }),
    );
  });
});

describe('a time zone', () => {
  it('has one name, whatever the case', () => {
    expect(timeZoneOf('europe/berlin')).toBe('Europe/Berlin');
    expect(timeZoneOf('utc')).toBe('UTC');
    expect(timeZoneOf('')).toBeUndefined();
  });
});
