import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { parseDeliveryDays } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { SubscriberId, SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { Chance } from '../engine/chance.js';
import type { Focus } from '../engine/focus.js';
import type { ReaderAction } from '../engine/ledger.js';
import { publicationOf } from '../engine/profile.js';
import { secret } from '../engine/world.js';

/** One thing that a person does, and when at the earliest. */
export interface Step {
  readonly at: number;
  readonly do: ReaderAction;
  /** In the midst of a job: at so-manieth call of the so-manieth job from then on. */
  readonly inJob?: { readonly job: number; readonly call: number };
  /** For how long a pause lasts, by which way somebody leaves, or to which hour a slot moves, and `/` days where those do. */
  readonly how?: string;
}

/** A person with an address and a plan. */
export interface Reader {
  readonly number: number;
  readonly id: SubscriberId;
  readonly profile: SubscriberProfile;
  /** How the run finds them; `pausing`: in a pause that ends when the first edition is due. */
  readonly origin: 'active' | 'pausing' | 'stranger';
  readonly pausedUntil: number;
  readonly filter: string;
  /** The seven editions before the run had nothing for them. */
  readonly isAfterQuietWeek?: boolean;
  readonly steps: readonly Step[];
  /** Number of the reader whose new address this is, or one of them. */
  readonly movesFrom?: number;
}

export const keys = parseKeys(secret);

const slots = [
  ['Europe/Berlin', 7],
  ['Europe/Berlin', 7],
  ['Europe/Berlin', 7],
  ['UTC', 6],
  ['Asia/Kolkata', 12],
  ['America/New_York', 3],
  ['America/New_York', 20],
] as const;

/** Most get a digest every day; of the others, some on neither day of a run. A run's days are Thursday and Friday. */
const days = [undefined, undefined, undefined, undefined, '12345', '5', 'w4', 'w5', '67'] as const;

/** When the first slots are due after an edition's time, in milliseconds after it. */
const rush = 15 * minuteMs;

type Plot = (near: (what: string) => number, later: (what: string) => number) => Omit<Step, never>[];

const plots: Readonly<Record<string, Plot>> = {
  quiet: () => [],
  leave: (near) => [{ at: near('leave'), do: 'unsubscribe', how: 'one-click' }],
  leaveByPage: (near) => [{ at: near('leave'), do: 'unsubscribe', how: 'page' }],
  leaveAndReturn: (near, later) => [
    { at: near('leave'), do: 'unsubscribe', how: 'page' },
    { at: later('return'), do: 'subscribe' },
  ],
  pause: (near) => [{ at: near('pause'), do: 'pause', how: 'open-end' }],
  pauseAndResume: (near, later) => [
    { at: near('pause'), do: 'pause', how: 'week' },
    { at: later('resume'), do: 'resume' },
  ],
  move: (near) => [{ at: near('move'), do: 'change', how: '9' }],
  moveEarlier: (near) => [{ at: near('move'), do: 'change', how: '6' }],
  erase: (near) => [{ at: near('erase'), do: 'erase' }],
  eraseAndReturn: (near, later) => [
    { at: near('erase'), do: 'erase' },
    { at: later('return'), do: 'subscribe' },
  ],
};

const plotNames = Object.keys(plots);

function plotOf(chance: Chance, number: number, origin: Reader['origin'], editionAt: number): readonly Step[] {
  // Most meet the functions at work: just after the edition, or at a tick.
  const near = (what: string) => {
    const name = `${what} of ${number}`;
    const moment = chance.between(-500, 6_000, `${name} moment`);
    const publication = publicationOf(chance, editionAt) + moment;
    const tick = editionAt + chance.whole(0, 5, `${name} tick`) * rush + moment;
    const anyTime = editionAt + chance.between(-rush, 3 * rush, name);
    return chance.pick([publication, tick, tick, anyTime], `${name} when`);
  };
  const later = (what: string) => near(what) + chance.pick([minuteMs, hourMs, 6 * hourMs], `${what} later ${number}`);
  if (origin === 'stranger') return [{ at: near('come'), do: 'subscribe' }];
  if (origin === 'pausing') {
    const at = publicationOf(chance, editionAt) + chance.between(-300, 2_500, `end of the pause of ${number}`);
    return [
      { at, do: 'resume' },
      { at, do: 'pause', how: 'open-end' },
    ];
  }
  const name = chance.isBelow(0.45, `quiet ${number}`) ? 'quiet' : chance.pick(plotNames, `plot of ${number}`);
  const [first, ...rest] = plots[name]?.(near, later) ?? [];
  if (!first || !chance.isBelow(0.5, `in a job ${number}`)) return first ? [first, ...rest] : [];
  const inJob = { job: chance.whole(1, 8, `job of ${number}`), call: chance.whole(1, 12, `call of ${number}`) };
  return [{ ...first, at: editionAt, inJob }, ...rest];
}

/** Who is erased just after the first mail, and comes back. */
function newLifeOf(chance: Chance, number: number, editionAt: number): readonly Step[] {
  const at = publicationOf(chance, editionAt) + chance.between(1_500, 15_000, `erase of ${number}`);
  const backMs = chance.between(minuteMs / 2, 20 * minuteMs, `return of ${number}`);
  return [
    { at, do: 'erase' },
    { at: at + backMs, do: 'subscribe' },
  ];
}

/** Who ends a pause and begins another in the midst of the job that would end the first. */
function newPauseOf(chance: Chance, number: number, editionAt: number): readonly Step[] {
  const inJob = { job: chance.whole(1, 4, `job of ${number}`), call: chance.whole(2, 9, `call of ${number}`) };
  return [
    { at: editionAt, do: 'resume', inJob },
    { at: editionAt, do: 'pause', how: 'open-end' },
  ];
}

/** An address to which a reader moves. */
export const newAddressOf = (number: number, which: string) => `elsewhere-${which}${number}@example.org`;

/** Who moves to another address in the midst of it all: once, to two at the same time, or leaving in between. */
function movesOf(chance: Chance, number: number, editionAt: number): readonly Step[] {
  const at = publicationOf(chance, editionAt) + chance.between(-20 * minuteMs, 2 * hourMs, `move of ${number}`);
  const soon = at + chance.between(0, 20 * minuteMs, `next of ${number}`);
  const first: Step = { at, do: 'address', how: newAddressOf(number, 'first') };
  switch (number === 0 ? 'once' : chance.pick(['once', 'both', 'leave'], `moves of ${number}`)) {
    case 'both':
      return [first, { at: soon, do: 'address', how: newAddressOf(number, 'second') }];
    case 'leave':
      return [first, { at: soon, do: 'unsubscribe', how: 'one-click' }];
    default:
      return [first];
  }
}

function stepsOf(chance: Chance, reader: Omit<Reader, 'steps'>, editionAt: number, focus?: Focus): readonly Step[] {
  const { number, origin } = reader;
  if (focus === 'new addresses' && number < 2) return movesOf(chance, number, editionAt);
  if (focus === 'pauses') return newPauseOf(chance, number, editionAt);
  if (focus === 'new lives' && origin === 'active') return newLifeOf(chance, number, editionAt);
  const later = origin === 'pausing' ? 0 : chance.pick([0, 0, 24 * hourMs], `day of ${number}`);
  return plotOf(chance, number, origin, editionAt + later);
}

/** Draws one person of a run: the first three are always there from the start. */
export function readerOf(chance: Chance, number: number, firstEditionAt: number, focus?: Focus): Reader {
  const drawn =
    number < 3 ? 'active' : chance.pick(['active', 'active', 'stranger', 'pausing'] as const, `origin ${number}`);
  const origin = focus === 'pauses' ? 'pausing' : drawn;
  const trait = chance.pick(
    ['reader', 'reader', 'reader', 'reader', 'bounces', 'complains', 'rejected'],
    `trait ${number}`,
  );
  const localPart = number < 2 ? 'reader' : trait;
  const address = `${localPart}${number}@example.org`;
  const filter = chance.pick(
    ['tables', 'robots', 'tables OR robots', 'tables OR robots', 'lanterns'],
    `filter ${number}`,
  );
  // A pause that ends is ended by the first job of the day.
  const [timeZone, hour] = origin === 'pausing' ? slots[0] : chance.pick(slots, `slot ${number}`);
  const wanted = origin === 'pausing' ? undefined : chance.pick(days, `days ${number}`);
  const on = wanted && parseDeliveryDays(wanted);
  const topics = [{ name: 'Own', filter }];
  const onQuietDays = filter === 'lanterns' ? chance.pick(['nothing', 'note', 'best'], `quiet days of ${number}`) : '';
  const best = onQuietDays === 'best' ? { quietDays: 'best-unseen' as const } : {};
  const reader = {
    number,
    id: subscriberIdOf(address, keys.identity),
    profile: { address, timeZone, hour, ...(on && { days: on }), topics, maxPapers: 20, ...best },
    isAfterQuietWeek: onQuietDays === 'note',
    origin,
    pausedUntil: firstEditionAt,
    filter,
  };
  return { ...reader, steps: stepsOf(chance, reader, firstEditionAt, focus) };
}
