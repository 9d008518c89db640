import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/calendar-date.js';
import { type KnownStatus, nextStatus, standingOf } from '../../domain/subscriber/lifecycle.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import { absent, type Condition, is } from '../dynamo/expressions.js';
import { rowVersion } from '../dynamo/rows.js';
import { type StateRow, stateStore } from './subscriber-state.js';

type Attributes = Readonly<Record<string, unknown>>;

/** What a step sets besides the status, or with `undefined` removes; no attributes mean that it is not allowed. */
export type Plan = (
  held: StateRow | undefined,
  revision: number,
) => Attributes | undefined | Promise<Attributes | undefined>;

/** What takes a subscriber off the slot, and ends a pause that had its time. */
export const offSlot = { slot: undefined, pausedUntil: undefined };

/** Whoever comes, goes or chooses anew has heard from us: quiet editions are counted from there. */
const anew = { quietEditions: undefined };

/** The status after a step; `undefined` where the step is not allowed. */
export type NextStatus = (status: KnownStatus) => string | undefined;

/** The status that an event leads to. */
export const by =
  (event: Parameters<typeof nextStatus>[1]): NextStatus =>
  (status) =>
    nextStatus(status, event);

/** 64 bits tell a token that was used from every other that may be tried. */
export const shortHash = (tokenHash: string) => tokenHash.slice(0, 16);

/** The attributes by which a row shows where its subscriber stands. */
export const marked = (standing: string) =>
  standing === 'bounced'
    ? { status: 'suppressed', suppressedBy: 'bounce' }
    : { status: standing, suppressedBy: undefined };

/** Holds while no step was taken since the state was read. */
export function isAsRead(held: StateRow | undefined): Condition[] {
  if (!held) return [absent('pk')];
  const { status, revision, confirmation } = held;
  const isSameRequest = confirmation ? is('confirmation.tokenHash', confirmation.tokenHash) : absent('confirmation');
  return [is('status', status), is('revision', revision), isSameRequest];
}

/** Takes steps on states as they are stored; `held` is the state before the step, done or refused. */
export function stepsIn(client: DynamoDBDocumentClient, TableName: string) {
  const { settle } = stateStore(client, TableName);
  return (id: SubscriberId, at: Instant, next: NextStatus, plan: Plan) =>
    settle<{ readonly isDone: boolean; readonly held: StateRow | undefined }>(id, async (held) => {
      const standing = next(held ? standingOf(held) : 'none');
      const revision = (held?.revision ?? 0) + 1;
      const attributes = standing && (await plan(held, revision));
      if (!attributes) return { answer: { isDone: false, held } };
      const set = { v: rowVersion, ...marked(standing), ...anew, ...attributes, revision, changedAt: at };
      return { answer: { isDone: true, held }, write: { set, onlyIf: isAsRead(held) } };
    });
}
