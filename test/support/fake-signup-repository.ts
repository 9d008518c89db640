import { dayMs, hourMs } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { NoticeKind, SignupRepository } from '../../shared/storage/signups-repository.js';

const never = Number.NEGATIVE_INFINITY;
const isRequest = (kind: NoticeKind) => kind === 'confirmation' || kind === 'comeback';
const rowOf = (id: SubscriberId, kind: NoticeKind) => (kind === 'welcome' || kind === 'goodbye' ? `${id} ${kind}` : id);

/** The limits in memory, with the same rules as those in DynamoDB. */
export function fakeSignupRepository(): SignupRepository {
  const rows = new Map<string, { count: number; lastAt: number }>();
  const budget = new Map<number, number>();

  return {
    async takeNotice(id, at, kind) {
      const { count, lastAt } = rows.get(rowOf(id, kind)) ?? { count: 0, lastAt: never };
      if (isRequest(kind) && count >= 3) return 'too-many';
      if (at - lastAt < (kind === 'comeback' ? 30 : 1) * dayMs) return 'too-soon';
      rows.set(rowOf(id, kind), { count: count + (isRequest(kind) ? 1 : 0), lastAt: at });
      return 'allowed';
    },
    async giveBack(id, at, kind) {
      const held = rows.get(rowOf(id, kind));
      if (held?.lastAt !== at) return;
      rows.set(rowOf(id, kind), { count: held.count - (isRequest(kind) ? 1 : 0), lastAt: never });
    },
    async allowOwn(id) {
      rows.delete(rowOf(id, 'welcome'));
      rows.delete(rowOf(id, 'goodbye'));
    },
    async takeFromBudget(at, limit) {
      const hour = Math.floor(at / hourMs);
      const taken = budget.get(hour) ?? 0;
      if (taken >= limit) return false;
      budget.set(hour, taken + 1);
      return true;
    },
    async forget(id) {
      rows.delete(id);
    },
  };
}
