import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import type { Standing, SubscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';

/** Somebody with what they told us, as far as anything of that is kept. */
export interface Known extends Standing {
  readonly profile?: SubscriberProfile;
}

interface EverybodyDeps {
  readonly register: Pick<SubscriberRegister, 'everybody'>;
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  /** Receives the id of somebody whose rows make no sense to this version. */
  readonly tellUnreadable: (id: string) => void;
}

/** BatchGetItem takes a hundred keys, and a subscriber has two. */
const loadedAtOnce = 50;

/** Everybody in the register of whom `isWanted` says so, a few at a time, with their profiles. */
export async function* everybodyWithProfile(
  at: Instant,
  isWanted: (standing: Standing) => boolean,
  { register, subscribers, tellUnreadable }: EverybodyDeps,
): AsyncGenerator<readonly Known[]> {
  for await (const page of register.everybody(at, tellUnreadable)) {
    const wanted = page.filter(isWanted);
    for (let from = 0; from < wanted.length; from += loadedAtOnce) {
      const some = wanted.slice(from, from + loadedAtOnce);
      const loaded = await subscribers.load(
        some.map(({ id }) => id),
        tellUnreadable,
      );
      const profiles = new Map(loaded.map(({ id, profile }) => [id, profile]));
      yield some.map((standing) => {
        const profile = profiles.get(standing.id);
        return profile ? { ...standing, profile } : standing;
      });
    }
  }
}
