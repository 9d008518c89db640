import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { dateOf, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { messageWithPosition } from '../../../shared/domain/filter/read/filter-error.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import { parseDeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { SubscriberProfile, TopicChoice } from '../../../shared/domain/subscriber/subscriber.js';
import { timeZoneOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { compileText } from '../../../shared/domain/subscriber/topic.js';
import { CliError } from '../../command/cli-error.js';
import type { PaperboyHouse } from '../../house/paperboy-house.js';

const defaultMaxPapers = 10;

/** zod/mini has no messages of its own: without these every complaint is "Invalid input". */
const inWords = z.locales.en().localeError;

const entry = z.strictObject({
  email: z.string(),
  timezone: z
    .string()
    .check(z.refine((zone) => timeZoneOf(zone) !== undefined, 'write a time zone such as Europe/Berlin')),
  hour: z.int().check(z.minimum(0), z.maximum(23)),
  days: z.optional(
    z
      .string()
      .check(
        z.refine(
          (days) => parseDeliveryDays(days) !== undefined,
          'write weekdays such as 12345, or w5 for once a week',
        ),
      ),
  ),
  topics: z.array(z.unknown()).check(z.minLength(1, 'name at least one topic')),
  maxPapers: z.optional(z.int().check(z.minimum(1), z.maximum(25))),
});

const ownTopic = z.strictObject({
  name: z.string().check(z.minLength(1), z.maxLength(60)),
  filter: z.string().check(z.minLength(1)),
});

/** Reads `[{email, timezone, hour, days?, topics, maxPapers?}]`; the first mistake is a `CliError` naming entry and field. */
export function readSubscribersFile(path: string): readonly SubscriberProfile[] {
  const entries = parseJson(path);
  if (!Array.isArray(entries)) throw new CliError(`${path}: must be a JSON array of subscribers`);
  const profiles = entries.map((value, index) => readEntry(value, `${path}: entry ${index + 1}`));
  const addresses = profiles.map(({ address }) => canonicalOf(address));
  const twice = addresses.findIndex((address, index) => addresses.indexOf(address) !== index);
  if (twice >= 0) throw new CliError(`${path}: entry ${twice + 1}, email: occurs twice in the file`);
  return profiles;
}

/** Different spellings of one mailbox are one subscriber. */
function canonicalOf(address: string): string {
  const parsed = parseAddress(address);
  return parsed.ok ? parsed.canonical : address;
}

function parseJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new CliError(`${path}: cannot be read (${(error as NodeJS.ErrnoException).code}); give a subscribers file`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(`${path}: is not JSON: ${(error as Error).message.replace(/\s+/g, ' ')}`);
  }
}

function readEntry(value: unknown, where: string): SubscriberProfile {
  const { email, timezone, hour, days, topics, maxPapers } = parse(entry, value, where);
  const chosenDays = days === undefined ? undefined : parseDeliveryDays(days);
  const parsed = parseAddress(email);
  if (!parsed.ok) throw new CliError(`${where}, email: ${parsed.message}`);
  return {
    address: parsed.address,
    timeZone: timeZoneOf(timezone) ?? timezone,
    hour,
    ...(chosenDays && { days: chosenDays }),
    topics: topics.map((topic, index) => readTopic(topic, `${where}, topics[${index}]`)),
    maxPapers: maxPapers ?? defaultMaxPapers,
  };
}

function readTopic(value: unknown, where: string): TopicChoice {
  if (typeof value === 'string') {
    if (catalogue.some(({ id }) => id === value)) return { catalogueId: value };
    throw new CliError(
      `${where}: the catalogue has no topic "${value}"; choose from ${catalogue.map(({ id }) => id).join(', ')}`,
    );
  }
  const own = parse(ownTopic, value, where);
  const compiled = compileText(own.filter);
  if (!compiled.ok) throw new CliError(`${where}, filter: ${messageWithPosition(compiled.error)}`);
  return { ...own, compiled: compiled.filter.form };
}

function parse<Schema extends z.core.$ZodType>(schema: Schema, value: unknown, where: string): z.infer<Schema> {
  const result = z.safeParse(schema, value, { error: inWords });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.length ? `, ${issue.path.join('.')}` : '';
  throw new CliError(`${where}${field}: ${issue?.message ?? 'is not valid'}`);
}

/** A subscriber to the whole catalogue who is due in the current hour of `now` (UTC). */
function demonstrationSubscriber(now: Instant): SubscriberProfile {
  return {
    address: 'you@example.org',
    timeZone: 'UTC',
    hour: Math.floor((now - startOf(dateOf(now))) / hourMs),
    topics: catalogue.map(({ id }) => ({ catalogueId: id })),
    maxPapers: 10,
  };
}

/** Makes the demonstration subscriber due now; topics that were changed on the pages stay changed. */
export async function welcomeDemonstration(paperboy: PaperboyHouse, now: Instant): Promise<void> {
  const demonstration = demonstrationSubscriber(now);
  const [known] = await paperboy.subscribers.load([paperboy.idOf(demonstration.address)]);
  const { topics, maxPapers } = known?.profile ?? demonstration;
  await subscribeWithConsent({ ...demonstration, topics, maxPapers }, 'demonstration', paperboy, now);
}

/** Adds somebody with a consent of that cause in the journal, without which no import takes an export; or changes them. */
export async function subscribeWithConsent(
  profile: SubscriberProfile,
  cause: string,
  { subscribers, consents, subscribe, idOf }: PaperboyHouse,
  now: Instant,
): Promise<void> {
  const subscriber = idOf(profile.address);
  const [known] = await subscribers.load([subscriber]);
  if (known === undefined) await consents.append({ subscriber, event: 'confirmed', at: now, cause });
  await subscribe(profile, now);
}

/** Four subscribers around the world, for a day without a subscribers file. */
export const bundledSubscribers: readonly SubscriberProfile[] = [
  {
    address: 'ada@example.org',
    timeZone: 'Europe/London',
    hour: 7,
    topics: [{ catalogueId: 'llm-serving' }, { catalogueId: 'test-time-compute' }],
    maxPapers: 10,
  },
  {
    address: 'bela@example.org',
    timeZone: 'America/New_York',
    hour: 8,
    topics: [{ catalogueId: 'diffusion' }, { catalogueId: 'vision-language' }],
    maxPapers: 5,
  },
  {
    address: 'chandra@example.org',
    timeZone: 'Asia/Kolkata',
    hour: 6,
    topics: [{ name: 'Agents', filter: 'agent OR "tool use" OR agentic' }],
    maxPapers: 10,
  },
  {
    address: 'dora@example.org',
    timeZone: 'Pacific/Auckland',
    hour: 7,
    topics: [{ name: 'Anything new in learning', filter: 'model OR learning OR network' }],
    maxPapers: 25,
  },
];
