import { proofOf, stampForm } from '../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import { Chance } from '../engine/chance.js';
import { keys } from '../house/readers.js';
import { FormHouse } from './form-house.js';
import { drawPosts, lengthOf, type Post } from './posts.js';

/** What came of a flood of the form. */
export interface FormReport {
  /** Forms that were posted, by people and by flooders. */
  readonly requests: number;
  /** Mails that left because of them. */
  readonly mails: number;
  /** Mails beyond what one clock hour may cause, summed over the hours. */
  readonly overCap: number;
  /** Requests that were queued for a stamp that is forged or has served, or as proven without the proof. */
  readonly acceptedForgeries: number;
  /** Share of the people whose mail left within 15 minutes. */
  readonly honestServed: number;
}

/** A quarter of 50,000 mails a day, for an hour. */
const mostAnHour = Math.floor((50_000 * 0.25) / 24);
const promptMs = 15 * minuteMs;
/** Posts the forms of a flood, each as its sender does it, and counts what must not have been taken. */
class Flood {
  acceptedForgeries = 0;
  private usedStamp = '';

  constructor(
    private readonly house: FormHouse,
    private readonly chance: Chance,
  ) {}

  begin(posts: readonly Post[]): void {
    for (const post of posts) this.house.at(post.at, () => this.send(this.possible(post)));
  }

  /** The first flooders find no stamp that has served. */
  private possible(post: Post): Post {
    return post.trick === 'used stamp' && this.usedStamp === '' ? { ...post, trick: 'proof' } : post;
  }

  private async send(post: Post): Promise<void> {
    const { address, sourceIp, trick, slip } = post;
    const stamp = this.stampOf(post);
    const form = { stamp, proof: this.proofFor(post, stamp), address };
    if (slip === 'mistyped') await this.house.post({ ...form, address: address.replace('@', ' at ') }, sourceIp);
    if (slip === 'pressed twice') await this.house.post(form, sourceIp);
    const queued = await this.house.post(form, sourceIp);
    const isForged = trick === 'used stamp' || trick === 'forged stamp';
    const wrong = queued.filter(
      (message) =>
        isForged || (trick !== 'proof' && message.kind === 'answer-request' && message.origin?.lane !== 'unproven'),
    );
    this.acceptedForgeries += wrong.length;
    if (trick === 'proof') this.usedStamp = stamp;
  }

  private stampOf({ number, openedAt, trick }: Post): string {
    if (trick === 'used stamp') return this.usedStamp;
    const stamp = stampForm(keys.signing[0], openedAt, `form${number}`);
    return trick === 'forged stamp' ? stamp.replace(`form${number}`, `forged${number}`) : stamp;
  }

  private proofFor({ number, trick }: Post, stamp: string): string {
    if (trick === 'wrong proof') return String(this.chance.whole(1_000_000, 2_000_000, `guess ${number}`));
    if (trick === 'proof of another form') return proofOf(keys.signing, this.usedStamp) ?? '';
    return trick === 'no proof' ? '' : (proofOf(keys.signing, stamp) ?? '');
  }
}

function overCapOf(mails: readonly { readonly at: Instant }[]): number {
  const hours = new Map<number, number>();
  for (const { at } of mails) hours.set(Math.floor(at / hourMs), (hours.get(Math.floor(at / hourMs)) ?? 0) + 1);
  return [...hours.values()].reduce((sum, count) => sum + Math.max(0, count - mostAnHour), 0);
}

/** Floods the form with so many posts, honest ones among them, from a seed. */
export async function form(requests: number, seed: number, say: (line: string) => void): Promise<FormReport> {
  const chance = new Chance(seed);
  const start = Date.UTC(2026, 7, 7, chance.whole(0, 23, 'hour of the day'), chance.whole(0, 59, 'minute'));
  const posts = drawPosts(requests, chance, start);
  const house = new FormHouse(start - hourMs, chance);
  const flood = new Flood(house, chance);
  flood.begin(posts);
  await house.scheduler.runUntil(start + lengthOf(requests) + 2 * hourMs);
  const mailedAt = new Map(house.mails.map(({ to, at }) => [to, at]));
  const people = posts.filter(({ isHonest }) => isHonest);
  const isServed = ({ address, at }: Post) => (mailedAt.get(address) ?? Number.POSITIVE_INFINITY) - at <= promptMs;
  tell(people, isServed, say);
  return {
    requests,
    mails: house.mails.length,
    overCap: overCapOf(house.mails),
    acceptedForgeries: flood.acceptedForgeries,
    honestServed: people.length === 0 ? 1 : people.filter(isServed).length / people.length,
  };
}

/** Says of each kind of people how many were served. */
function tell(people: readonly Post[], isServed: (post: Post) => boolean, say: (line: string) => void): void {
  for (const [kind, isOfKind] of [
    ['with a script', ({ trick }: Post) => trick === 'proof'],
    ['without one', ({ trick }: Post) => trick !== 'proof'],
  ] as const) {
    const those = people.filter(isOfKind);
    say(`people ${kind}: ${those.filter(isServed).length} of ${those.length} had their mail within 15 minutes`);
  }
}
