import './quiet.js';
import { hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import { day } from '../../support/builders.js';
import { judge } from '../check/judge.js';
import { Story } from '../check/story.js';
import { Chance } from '../engine/chance.js';
import type { Service } from '../engine/container.js';
import type { Fate } from '../engine/faults.js';
import type { KnownMail } from '../engine/ledger.js';
import { calm, type Profile, publicationOf } from '../engine/profile.js';
import { World } from '../engine/world.js';
import { letDaysPass, settle } from '../house/days.js';
import { type DayEdition, editionOf, publishHour } from '../house/editions.js';
import { People } from '../house/people.js';
import { keys, type Reader, type Step } from '../house/readers.js';

export const [firstDay, secondDay] = [day('2026-08-06'), day('2026-08-07')];
/** When the first edition is due for everybody. */
export const firstAt = startOf(firstDay) + publishHour * hourMs;
const seed = 11;
/** When the first edition comes out. */
export const outAt = publicationOf(new Chance(seed), firstAt);

/** What happened to somebody else's sender, played here: five readers of one slot, unless said otherwise. */
export interface Scene {
  readonly steps?: Readonly<Record<number, readonly Step[]>>;
  /** Numbers of readers who are not subscribed yet. */
  readonly strangers?: readonly number[];
  readonly addresses?: Readonly<Record<number, string>>;
  readonly profile?: Partial<Profile>;
  /** What becomes of a call. */
  readonly fate?: (service: Service, call: string) => Fate | undefined;
  readonly latencyMs?: (call: string) => number | undefined;
  readonly happen?: (world: World) => void;
}

function readerIn({ steps, strangers, addresses }: Scene, number: number): Reader {
  const address = addresses?.[number] ?? `reader${number}@example.org`;
  const filter = 'tables OR robots';
  return {
    number,
    id: subscriberIdOf(address, keys.identity),
    profile: { address, timeZone: 'Europe/Berlin', hour: 7, topics: [{ name: 'Own', filter }], maxPapers: 20 },
    origin: strangers?.includes(number) ? 'stranger' : 'active',
    pausedUntil: firstAt,
    filter,
    steps: steps?.[number] ?? [],
  };
}

/** Plays a scene to its end, two editions long. */
export async function play(scene: Scene) {
  const editions = await Promise.all([firstDay, secondDay].map((date) => editionOf(date)));
  const days = new Map<string, DayEdition>(editions.map((edition) => [edition.date, edition]));
  const world = new World(firstAt - hourMs, { ...calm, ...scene.profile }, seed, undefined, days, true);
  const latency = world.latencyMs.bind(world);
  Object.assign(world, {
    fateOf: (service: Service, call: string) => scene.fate?.(service, call) ?? 'well',
    latencyMs: (call: string) => scene.latencyMs?.(call) ?? latency(call),
  });
  const readers = Array.from({ length: 5 }, (_, number) => readerIn(scene, number));
  await settle(world, readers);
  const end = firstAt + 52 * hourMs;
  letDaysPass(world, editions, end);
  new People(world, readers, () => true).start();
  scene.happen?.(world);
  await world.scheduler.runUntil(end);
  const options = { lostEvents: 0, outageHours: undefined };
  const verdict = judge({ world, readers, editions, end, options });
  const story = (number: number) => new Story(readers[number] as Reader, world);
  const mails = (number: number, is: (mail: KnownMail) => boolean = ({ kind }) => kind === 'digest') =>
    story(number).mails.filter(is);
  /** How many digests of an edition each reader got. */
  const copies = (edition: string) =>
    readers.map(({ number }) => mails(number, (mail) => mail.edition === edition).length);
  const outcomes = (number: number) =>
    story(number)
      .outcomes()
      .map(({ outcome }) => outcome);
  const status = (number: number) => story(number).last?.status;
  return { world, findings: verdict.findings.map(({ what }) => what), copies, mails, outcomes, status };
}

/** Lets the n-th call that a pattern names come to a fate; every other goes well. */
export function strike(pattern: RegExp, fate: Fate, nth: readonly number[] = [1]) {
  let count = 0;
  return (_: Service, call: string): Fate | undefined => {
    if (!pattern.test(call)) return undefined;
    count += 1;
    return nth.includes(count) ? fate : undefined;
  };
}

export const once = [1, 1, 1, 1, 1];
export const sending = /send-digest .* SendRawEmail/;
