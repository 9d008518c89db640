import { dayMs, hourMs } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';

/** The limits in memory, with the same rules as those in DynamoDB. */
export function fakeSignupRepository(): SignupRepository {
  const signups = new Map<SubscriberId, { count: number; lastAt: number }>();
  const budget = new Map<number, number>();

  return {
    async takeNotice(id, at, kind) {
      const { count, lastAt } = signups.get(id) ?? { count: 0, lastAt: Number.NEGATIVE_INFINITY };
      if (kind === 'confirmation' && count >= 3) return 'too-many';
      if (at - lastAt < dayMs) return 'too-soon';
      signups.set(id, { count: count + (kind === 'confirmation' ? 1 : 0), lastAt: at });
      return 'allowed';
    },
    async giveBack(id, at, kind) {
      const held = signups.get(id);
      if (held?.lastAt !== at) return;
      const count = held.count - (kind === 'confirmation' ? 1 : 0);
      signups.set(id, { count, lastAt: Number.NEGATIVE_INFINITY });
    },
    async takeFromBudget(at, limit) {
      const hour = Math.floor(at / hourMs);
      const taken = budget.get(hour) ?? 0;
      if (taken >= limit) return false;
      budget.set(hour, taken + 1);
      return true;
    },
    async forget(id) {
      signups.delete(id);
    },
  };
}
