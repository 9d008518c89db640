import { dayMs, minuteMs } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { NoticeKind, SignupRepository } from '../../shared/storage/signups-repository.js';

const never = Number.NEGATIVE_INFINITY;
const isRequest = (kind: NoticeKind) => kind === 'confirmation' || kind === 'comeback';
const counterOf = (kind: NoticeKind) => (isRequest(kind) ? 'count' : 'reminders');
const rowOf = (id: SubscriberId, kind: NoticeKind) => (kind === 'welcome' || kind === 'goodbye' ? `${id} ${kind}` : id);

/** The limits in memory, with the same rules as those in DynamoDB. */
export function fakeSignupRepository(): SignupRepository {
  interface Row {
    readonly count: number;
    readonly reminders: number;
    readonly lastAt: number;
    readonly message?: string | undefined;
    readonly isUsed?: boolean;
  }
  const rows = new Map<string, Row>();
  const comebacks = new Map<SubscriberId, number>();

  return {
    async takeNotice(id, at, kind, message) {
      const row = rows.get(rowOf(id, kind)) ?? { count: 0, reminders: 0, lastAt: never };
      const isCounted = isRequest(kind) || kind === 'reminder';
      const isFull = isCounted && row[counterOf(kind)] >= 3;
      const isComeback = kind === 'comeback';
      const last = isComeback ? Math.max(row.lastAt, comebacks.get(id) ?? never) : row.lastAt;
      const isAnswered = isCounted && message !== undefined && row.message === message && row.isUsed;
      if (at - last >= (isComeback ? 30 : 1) * dayMs && !isFull && !isAnswered) {
        if (isComeback) comebacks.set(id, at);
        const { count, reminders } = row;
        const counted = { count, reminders, ...(isCounted && { [counterOf(kind)]: row[counterOf(kind)] + 1 }) };
        rows.set(rowOf(id, kind), { ...counted, lastAt: at, message });
        return 'allowed';
      }
      if (row.lastAt !== never && message !== undefined && row.message === message && !row.isUsed) {
        if (at - row.lastAt < 10 * minuteMs) return 'in-hand';
        rows.set(rowOf(id, kind), { ...row, lastAt: at });
        return 'allowed';
      }
      return isFull ? 'too-many' : 'too-soon';
    },
    async useRight(id, at, kind) {
      const row = rows.get(rowOf(id, kind));
      if (row?.lastAt !== at || row.isUsed) return false;
      rows.set(rowOf(id, kind), { ...row, isUsed: true });
      return true;
    },
    async giveBack(id, at, kind) {
      const held = rows.get(rowOf(id, kind));
      if (held?.lastAt !== at) return;
      const isCounted = isRequest(kind) || kind === 'reminder';
      const { count, reminders } = held;
      const counted = { count, reminders, ...(isCounted && { [counterOf(kind)]: held[counterOf(kind)] - 1 }) };
      rows.set(rowOf(id, kind), { ...counted, lastAt: never });
      if (kind === 'comeback') comebacks.delete(id);
    },
    async allowOwn(id) {
      rows.delete(rowOf(id, 'welcome'));
      rows.delete(rowOf(id, 'goodbye'));
    },
    async forget(id) {
      const row = rows.get(id);
      if (row) rows.set(id, { ...row, count: 0, reminders: 0, lastAt: never });
    },
  };
}
