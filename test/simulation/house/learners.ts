import type { PapersFound } from '../../../shared/contract/events.js';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { World } from '../engine/world.js';
import { env } from './functions.js';
import { learnTopicsFunction, type Press, pressFunction } from './learning-functions.js';
import type { Reader } from './readers.js';

/** A press that was answered, or was not. */
export interface KnownPress {
  readonly reader: Reader;
  readonly press: Press;
  readonly at: number;
  /** What the page said; absent when no answer came. */
  answer?: string;
}

const tries = 4;
/** Lambda starts a function that an event started twice more. */
const starts = 3;

/** Lets some readers have a topic like some papers, and press what cards offer, while learning completes it. */
export class Learners {
  readonly presses: KnownPress[] = [];

  constructor(
    private readonly world: World,
    private readonly happens: (what: string) => boolean,
  ) {
    world.found = (found, by) => this.found(found, by);
  }

  start(readers: readonly Reader[], from: number, end: number): void {
    const { chance } = this.world.faults;
    for (const reader of readers) {
      const { number, id: subscriber, origin } = reader;
      if (origin !== 'active' || !chance.isBelow(0.5, `learns ${number}`)) continue;
      const first = 100 * number + 1;
      const numbers = Array.from({ length: chance.whole(1, 6, `names ${number}`) }, (_, place) => first + place);
      const at = from + chance.between(0, 8 * hourMs, `names at ${number}`);
      this.later(reader, { subscriber, do: 'add', numbers }, at);
      for (let press = 0; press < chance.whole(0, 4, `presses ${number}`); press += 1) {
        const name = `press ${press} of ${number}`;
        // Often two at once, and often while papers are being found.
        const within = chance.pick([0, 5_000, 5 * minuteMs, 20 * hourMs], `${name} within`);
        const then = at + chance.pick([2_000, 30_000, hourMs], `${name} after`) + chance.between(0, within, name);
        const action = chance.pick(['more', 'less'] as const, `${name} how`);
        this.later(reader, { subscriber, do: action, number: first + 20 + press }, then);
      }
    }
    for (let at = from + 20 * minuteMs; at < end; at += hourMs) this.lookLater(at);
  }

  private later(reader: Reader, press: Press, at: number): void {
    const name = `serve-pages ${press.do} of ${reader.number} ${'number' in press ? press.number : ''}`;
    if (this.happens(name)) this.world.scheduler.at(at, () => void this.press(reader, press, name));
  }

  private async press(reader: Reader, press: Press, name: string): Promise<void> {
    const { scheduler, faults } = this.world;
    const known: KnownPress = { reader, press, at: scheduler.now };
    this.presses.push(known);
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const end = await this.world.invoke(pressFunction, `${name} #${attempt}`, press);
      if (end.end === 'done') {
        known.answer = end.answer;
        return;
      }
      await new Promise<void>((resolve) =>
        scheduler.in(faults.chance.between(1_000, 90_000, `${name} again ${attempt}`), resolve),
      );
    }
  }

  /** The bus hands an event on at least once; that it never comes is the dead letters' part, and a look's. */
  private found(found: PapersFound, by: string): void {
    const { faults, profile, scheduler } = this.world;
    const name = `papers.found by ${by}`;
    if (faults.strikes(`lost event: ${name}`, 0.1)) return;
    const copies = faults.strikes(`twice: ${name}`, Math.max(profile.duplicated, 0.1)) ? 2 : 1;
    for (let copy = 1; copy <= copies; copy += 1) {
      const late = faults.strikes(`late event: ${name} ${copy}`, 0.1) ? 6 * hourMs : 2_000;
      scheduler.in(faults.chance.between(50, late, `${name} ${copy}`), () => void this.learn(found, `${name} ${copy}`));
    }
  }

  private async learn(found: PapersFound | undefined, name: string): Promise<void> {
    for (let start = 1; start <= starts; start += 1) {
      const { end } = await this.world.invoke(learnTopicsFunction, `learn-topics ${name} #${start}`, found);
      if (end === 'done') return;
      await new Promise<void>((resolve) => this.world.scheduler.in(start * minuteMs, resolve));
    }
  }

  /** A look of the clock; those that would find nobody are left out, which saves time. */
  private lookLater(at: number): void {
    const { scheduler, dynamo } = this.world;
    scheduler.at(at, () => {
      const rows = [...dynamo.table(env.SUBSCRIBERS_TABLE).all('learning')];
      if (rows.some(({ item }) => item)) void this.learn(undefined, new Date(at).toISOString().slice(5, 16));
    });
  }
}
