import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { playDay } from '../../cli/commands/day/play-day.js';
import { connectOperator, type PaperboyHouse, playedSources } from '../../cli/house/paperboy-house.js';
import { type VirtualClock, virtualClock } from '../../cli/local/clock.js';
import { openHouse } from '../../cli/local/house.js';
import type { HouseOptions } from '../../cli/local/house-parts.js';
import { serveRecorded } from '../../cli/local/sources/recorded-sources.js';
import { synthesize, type Template } from '../../infra/synthesize.js';
import { type CalendarDate, dateOf, type Instant } from '../../shared/domain/calendar-date.js';
import type { RunBalance } from '../../shared/domain/subscriber/outcome.js';
import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { instant } from '../support/builders.js';
import { recordedDays, writeRecordedDays } from '../support/recorded-day.js';

/** The publish hour (UTC) that paperboy.config.json configures. */
export const publishHour = 5;

/** Paperboy's own template with its bundled code, made once for the houses of a test file. */
export interface Synthesized {
  readonly template: Template;
  readonly assembly: string;
  readonly remove: () => void;
}

export function synthesizeOnce(configuration?: object): Synthesized {
  const assembly = mkdtempSync(join(tmpdir(), 'journey-'));
  const { template } = synthesize({ outdir: assembly, ...(configuration && { configuration }) });
  return { template, assembly, remove: () => rmSync(assembly, { recursive: true }) };
}

/** The template with a stage that throttles nothing, for tests that ask faster than readers do. */
export function unthrottled({ Resources, ...template }: Template): Template {
  const changed = Object.entries(Resources).map(([id, resource]) => {
    if (resource.Type !== 'AWS::ApiGatewayV2::Stage') return [id, resource];
    const { RouteSettings: _, DefaultRouteSettings: _default, ...Properties } = resource.Properties ?? {};
    return [id, { ...resource, Properties }];
  });
  return { ...template, Resources: Object.fromEntries(changed) };
}

/** A house on the recorded days, whose clock starts at a day's publish hour. */
export interface OpenedHouse extends PaperboyHouse {
  readonly close: () => Promise<void>;
  readonly clock: VirtualClock;
  /** Where the recorded sources answer. */
  readonly sourcesUrl: string;
  /** Every line that a function wrote. */
  readonly logged: readonly string[];
  /** Subscribes everybody, as confirmed. */
  readonly welcome: (subscribers: readonly SubscriberProfile[]) => Promise<void>;
  /** Lives a day from its publish hour, or from now, until everybody was due and every digest has its outcome. */
  readonly play: (date: CalendarDate, subscribers: readonly SubscriberProfile[]) => Promise<RunBalance>;
  /** Fires every schedule up to that instant, each in its time. */
  readonly passTime: (until: Instant) => Promise<void>;
}

export async function openAt(
  date: CalendarDate,
  { template, assembly }: Pick<Synthesized, 'template' | 'assembly'>,
  { lists = recordedDays, ...options }: Partial<HouseOptions> & { readonly lists?: typeof recordedDays } = {},
): Promise<OpenedHouse> {
  const dir = mkdtempSync(join(tmpdir(), 'journey-recorded-'));
  writeRecordedDays(dir, lists);
  const last = [...lists.keys()].sort().at(-1) ?? date;
  const clock = virtualClock(instant(`${date}T0${publishHour}:00`));
  const recorded = await serveRecorded({ dir, date: last, today: () => dateOf(clock.now()) });
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  const environment = { ...playedSources(recorded.url), ...options.environment };
  const house = await openHouse({ template, assembly, clock, log, ...options, environment });
  const operator = await connectOperator(house);
  const close = async () => {
    await house.close();
    await recorded.close();
    rmSync(dir, { recursive: true });
  };
  const paperboy: PaperboyHouse = { house, ...operator };
  const step = async () => {
    await house.runSchedules(clock.now());
    await house.settle();
  };
  return {
    ...paperboy,
    close,
    clock,
    sourcesUrl: recorded.url,
    logged,
    async welcome(subscribers) {
      for (const subscriber of subscribers) await paperboy.subscribe(subscriber, clock.now());
    },
    play(today, subscribers) {
      const begin = instant(`${today}T0${publishHour}:00`);
      if (clock.now() < begin) clock.set(begin);
      const progress = { update: () => {}, stop: () => {} };
      return playDay(paperboy, { date: today, publishHour, subscribers, clock, progress, saveTime: () => {} });
    },
    async passTime(until) {
      await step();
      for (let next = house.nextScheduled(clock.now()); next <= until; next = house.nextScheduled(next)) {
        clock.set(next);
        await step();
      }
    },
  };
}
