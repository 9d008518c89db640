import { subscriberId } from '../../../shared/contract/ids.js';
import type { SendNotice } from '../../../shared/contract/messages.js';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { confirmationHash } from '../../../shared/runtime/tokens.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { SignupRepository } from '../../../shared/storage/signups-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';

export interface ConfirmSubscriptionDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'confirm'>;
  readonly signups: Pick<SignupRepository, 'forget'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly enqueue: (notices: readonly SendNotice[]) => Promise<void>;
  readonly now: () => Instant;
}

export type ConfirmationAnswer =
  | { readonly answer: 'confirmed'; readonly subscriber: SubscriberId }
  | { readonly answer: 'refused' };

interface Opened {
  readonly subscriber: SubscriberId;
  readonly tokenHash: string;
}

/** What a confirmation link's token, `<subscriber>.<32 random bytes, base64url>`, opens just now; changes nothing. */
export async function openConfirmation(
  token: string,
  { subscribers, now }: Pick<ConfirmSubscriptionDeps, 'now'> & { subscribers: Pick<SubscriberRepository, 'load'> },
): Promise<Opened | undefined> {
  const [, before, random] = /^([^.]*)\.([A-Za-z0-9_-]{43})$/.exec(token) ?? [];
  const id = subscriberId.safeParse(before).data;
  if (id === undefined || random === undefined) return undefined;
  const tokenHash = confirmationHash(random);
  const [found] = await subscribers.load([id]);
  const { confirmation } = found?.state ?? {};
  const isOpen = confirmation?.tokenHash === tokenHash && now() < confirmation.expiresAt;
  return found && isOpen ? { subscriber: found.id, tokenHash } : undefined;
}

/**
 * Makes a pending subscriber active, once; a used, expired or unknown token is refused. The confirmation comes last, so that
 * the link opens until everything is done; the welcome that was asked for before it waits for it.
 */
export async function confirmSubscription(token: string, deps: ConfirmSubscriptionDeps): Promise<ConfirmationAnswer> {
  const opened = await openConfirmation(token, deps);
  if (!opened) return { answer: 'refused' };
  const { subscriber, tokenHash } = opened;
  const at = deps.now();
  await deps.signups.forget(subscriber);
  await deps.enqueue([{ kind: 'welcome', subscriber }]);
  await deps.consents.append({ subscriber, event: 'confirmed', at, cause: 'confirmation link', page: pageVersion });
  const confirmed = await deps.subscribers.confirm(subscriber, tokenHash, at);
  return confirmed === 'refused' ? { answer: 'refused' } : { answer: 'confirmed', subscriber };
}
