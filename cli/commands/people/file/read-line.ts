import { closest } from 'fastest-levenshtein';
import { dateOf, type Instant } from '../../../../shared/domain/calendar-date.js';
import { catalogue } from '../../../../shared/domain/subscriber/catalogue.js';
import { mostExclusions } from '../../../../shared/domain/subscriber/exclusions/exclusions.js';
import { type ParsedAddress, parseAddress } from '../../../../shared/domain/subscriber/mail-address.js';
import { choiceLimits, parseOwnFilters } from '../../../../shared/domain/subscriber/own-filters.js';
import { parseDeliveryDays } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import type { FilterChoice, SubscriberProfile } from '../../../../shared/domain/subscriber/subscriber.js';
import { timeZoneOf } from '../../../../shared/domain/subscriber/subscription-form.js';
import { compileText } from '../../../../shared/domain/subscriber/topic.js';
import { FieldReader, type Problem } from './field-reader.js';
import { type Fields, fileFields, standings } from './file-fields.js';
import { readList, readTopics } from './topics-text.js';

/** Somebody who may be imported. */
export interface Entry {
  readonly address: Extract<ParsedAddress, { readonly ok: true }>;
  readonly profile: SubscriberProfile;
  readonly consentAt: Instant;
  readonly consentSource: string;
}

/** A line that was read: somebody to import, somebody who was not active where the file comes from, or what is wrong. */
type ReadLine =
  | { readonly kind: 'entry'; readonly entry: Entry }
  | { readonly kind: 'not-active'; readonly status: string }
  | { readonly kind: 'wrong'; readonly problems: readonly Problem[] };

const papersUnlessSaid = 10;
const longestSource = 200;
const mostZones = 1000;

/** Reads one line of a file by the rules of the form. Consents of after `now` are refused. */
export function readLine(fields: Fields, now: Instant): ReadLine {
  const reader = new FieldReader(fields);
  const status = reader.text('status');
  const isStatus = status === '' || standings.some((known) => known === status);
  if (!isStatus) reader.refuse('status', `leave it empty, or write one of ${standings.join(', ')}`);
  else if (status !== '' && status !== 'active') return { kind: 'not-active', status };
  for (const field of Object.keys(fields)) {
    if (fileFields.some((known) => known === field)) continue;
    const near = closest(field, [...fileFields]);
    const name = /^\w{1,40}$/.test(field) ? field : 'a field';
    reader.refuse(name, `is unknown; the nearest is ${near}; else take it out`);
  }
  const address = parseAddress(reader.text('email'));
  if (!address.ok) reader.refuse('email', address.message);
  const choices = readChoices(reader);
  const consent = readConsent(reader, now);
  if (!address.ok || !choices || !consent || reader.problems.length > 0) {
    return { kind: 'wrong', problems: reader.problems };
  }
  return { kind: 'entry', entry: { address, profile: { address: address.address, ...choices }, ...consent } };
}

/** Asking the runtime for a zone takes longer than all the rest of a line; files name the same few. */
const zones = new Map<string, string | undefined>();

function zoneOf(text: string): string | undefined {
  if (!zones.has(text)) {
    if (zones.size >= mostZones) zones.clear();
    zones.set(text, timeZoneOf(text));
  }
  return zones.get(text);
}

const wholeNumber = (least: number, most: number) => (text: string) => {
  const number = /^\d{1,2}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= least && number <= most ? number : undefined;
};

function readChoices(reader: FieldReader): Omit<SubscriberProfile, 'address'> | undefined {
  const timeZone = reader.value('timezone', zoneOf, 'write a time zone such as Europe/Berlin');
  const hour = reader.value('hour', wholeNumber(0, 23), 'write a whole hour from 0 to 23');
  const most = choiceLimits.papers;
  const papers = (text: string) => (text === '' ? papersUnlessSaid : wholeNumber(1, most)(text));
  const maxPapers = reader.value('maxPapers', papers, `write a whole number from 1 to ${most}`);
  const days = reader.value(
    'days',
    (text) => (text === '' ? 'every day' : parseDeliveryDays(text)),
    'leave it empty for every day, or write weekdays such as 12345, or w5 for once a week',
  );
  const rest = readHabits(reader);
  const topics = readWantedTopics(reader);
  if (timeZone === undefined || hour === undefined || maxPapers === undefined || days === undefined || !topics) {
    return undefined;
  }
  return { timeZone, hour, ...(days !== 'every day' && { days }), topics, maxPapers, ...rest };
}

/** What a file may leave out: what it then means is what the form proposes. */
function readHabits(reader: FieldReader): Pick<SubscriberProfile, 'aiSummaries' | 'quietDays' | 'never'> {
  const yesOrNo = (text: string) =>
    ['', 'yes', 'true'].includes(text) ? true : !['no', 'false'].includes(text) && undefined;
  const wanted = reader.value('aiSummaries', yesOrNo, 'write yes or no, or leave it empty');
  const quiet = (text: string) => (text === '' || text === 'best-unseen' ? text : undefined);
  const quietDays = reader.value('quietDays', quiet, 'write best-unseen, or leave it empty');
  const never = reader.list('never', readList).filter((text) => typeof text === 'string');
  if (never.length > mostExclusions) reader.refuse('never', `name at most ${mostExclusions} filters`);
  const unread = never.findIndex((text) => !compileText(text).ok);
  if (unread >= 0) reader.refuse('never', `its filter ${unread + 1} cannot be read`);
  return {
    ...(wanted === false && { aiSummaries: wanted }),
    ...(quietDays === 'best-unseen' && { quietDays }),
    ...(never.length > 0 && { never }),
  };
}

const howTopicsAreWritten = 'write ids of the catalogue, or own topics as name=filter, with ; between them';

function readWantedTopics(reader: FieldReader): readonly FilterChoice[] | undefined {
  const before = reader.problems.length;
  const topics = reader.list('topics', readTopics).flatMap((topic) => {
    const [choice = undefined] = typeof topic === 'string' ? readTopics(topic) : [topicIn(topic)];
    if (choice === undefined) reader.refuse('topics', howTopicsAreWritten);
    return choice ?? [];
  });
  const ids = topics.flatMap((topic) => ('catalogueId' in topic ? topic.catalogueId : []));
  for (const id of ids) checkId(id, reader);
  const errors: Record<string, string> = {};
  const own = parseOwnFilters(
    topics.flatMap((topic) => ('filter' in topic ? topic : [])),
    errors,
  );
  for (const message of Object.values(errors)) reader.refuse('topics', message);
  const isEmpty = ids.length + own.length === 0;
  if (isEmpty && reader.problems.length === before) reader.refuse('topics', howTopicsAreWritten);
  if (reader.problems.length > before) return undefined;
  return [...[...new Set(ids)].map((catalogueId) => ({ catalogueId })), ...own];
}

/** A topic as JSON writes it, beside ids: `{ "name", "filter" }`. */
function topicIn(value: unknown): FilterChoice | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if ('catalogueId' in value && typeof value.catalogueId === 'string') return { catalogueId: value.catalogueId };
  const { name = '', filter } = value as { readonly name?: unknown; readonly filter?: unknown };
  return typeof name === 'string' && typeof filter === 'string' ? { name, filter } : undefined;
}

function checkId(id: string, reader: FieldReader): void {
  if (catalogue.some((topic) => topic.id === id)) return;
  const nearest = closest(
    id,
    catalogue.map((topic) => topic.id),
  );
  const isId = /^[a-z0-9-]{1,40}$/.test(id);
  reader.refuse('topics', isId ? `no topic is called "${id}"; the nearest is "${nearest}"` : howTopicsAreWritten);
}

const isoInstant = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d))?$/;

function readConsent(reader: FieldReader, now: Instant): Pick<Entry, 'consentAt' | 'consentSource'> | undefined {
  const instant = (text: string) => (isoInstant.test(text) && Date.parse(text) > 0 ? Date.parse(text) : undefined);
  const how = 'write when they consented: a day such as 2026-08-07, or an instant such as 2026-08-07T05:15:00Z';
  const consentAt = reader.value('consentAt', instant, how);
  if (consentAt !== undefined && consentAt > now) {
    reader.refuse('consentAt', `lies in the future: here it is ${dateOf(now)}`);
  }
  const isFit = (text: string) => text !== '' && text.length <= longestSource && !/[\p{Cc}@\u2028\u2029]/u.test(text);
  const consentSource = reader.value(
    'consentSource',
    (text) => (isFit(text) ? text : undefined),
    `write where they consented, in at most ${longestSource} characters of one line without an @`,
  );
  return consentAt === undefined || consentSource === undefined ? undefined : { consentAt, consentSource };
}
