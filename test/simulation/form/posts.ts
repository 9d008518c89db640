import { hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Chance } from '../engine/chance.js';

/** People who sign up in an hour, and hostile posts in one: ten times the budget of an account of 50,000 mails a day. */
const honestAnHour = 240;
const hostileAnHour = 5200;

const largeProviders = ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'proton.me'];
/** Networks of which everybody's are drawn; the flooders have a thousand of them, where people live as well. */
const networks = 60_000;
const hostileNetworks = 1000;
const hostileDomains = 100;
const honestDomains = 5000;

/** What a post does about its stamp and the proof of work. */
export type Trick = 'proof' | 'no proof' | 'wrong proof' | 'proof of another form' | 'used stamp' | 'forged stamp';

/** One form that is posted. */
export interface Post {
  readonly number: number;
  readonly at: Instant;
  /** When the form was opened. */
  readonly openedAt: Instant;
  readonly isHonest: boolean;
  readonly address: string;
  readonly sourceIp: string;
  readonly trick: Trick;
  /** People send a form twice, or first with a mistake. */
  readonly slip: 'none' | 'pressed twice' | 'mistyped';
}

/** How long it takes until so many are posted. */
export function lengthOf(posts: number): number {
  return (posts / (honestAnHour + hostileAnHour)) * hourMs;
}

/** Everything that is posted from `start` on, in order: all at the same pace, one by one at random. */
export function drawPosts(count: number, chance: Chance, start: Instant): readonly Post[] {
  const length = lengthOf(count);
  const honest = Math.round((count * honestAnHour) / (honestAnHour + hostileAnHour));
  const posts = Array.from({ length: count }, (_, number) => {
    const at = Math.round(start + chance.between(0, length, `when ${number}`));
    return number < honest ? aPerson(number, at, chance) : aFlooder(number, at, chance);
  });
  return posts.sort((one, other) => one.at - other.at || one.number - other.number);
}

function aPerson(number: number, at: Instant, chance: Chance): Post {
  const isAtLarge = chance.isBelow(0.5, `large ${number}`);
  const domain = isAtLarge
    ? chance.pick(largeProviders, `provider ${number}`)
    : `org${chance.whole(1, honestDomains, `domain ${number}`)}.example`;
  const slip = chance.of(`slip ${number}`);
  return {
    number,
    at,
    openedAt: at - Math.round(chance.between(5000, 10 * minuteMs, `opened ${number}`)),
    isHonest: true,
    address: `reader.${number}@${domain}`,
    sourceIp: ipOf(chance.whole(1, networks, `network ${number}`), number),
    trick: chance.isBelow(0.2, `script ${number}`) ? 'no proof' : 'proof',
    slip: slip < 0.05 ? 'pressed twice' : slip < 0.1 ? 'mistyped' : 'none',
  };
}

const unproven: readonly Trick[] = [
  ...(Array(6).fill('no proof') as Trick[]),
  'wrong proof',
  'proof of another form',
  'used stamp',
  'forged stamp',
];

function aFlooder(number: number, at: Instant, chance: Chance): Post {
  const isAtLarge = chance.isBelow(0.1, `large ${number}`);
  const domain = isAtLarge
    ? chance.pick(largeProviders, `provider ${number}`)
    : `flood${chance.whole(1, hostileDomains, `domain ${number}`)}.example`;
  const isSolved = chance.isBelow(0.5, `solved ${number}`);
  return {
    number,
    at,
    openedAt: at - Math.round(chance.between(2000, 20_000, `opened ${number}`)),
    isHonest: false,
    address: `victim${number}@${domain}`,
    sourceIp: ipOf(chance.whole(1, hostileNetworks, `network ${number}`), number),
    trick: isSolved ? 'proof' : chance.pick(unproven, `trick ${number}`),
    slip: 'none',
  };
}

/** An address of a network; every tenth network is of IPv6. */
function ipOf(network: number, number: number): string {
  if (network % 10 === 0)
    return `2001:db8:${network.toString(16)}:${(number % 500).toString(16)}::${(number % 99) + 1}`;
  return `10.${network >> 8}.${network & 255}.${(number % 250) + 1}`;
}
