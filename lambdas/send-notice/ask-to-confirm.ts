import { hourMs, type Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import type { FilterTopic } from '../../shared/domain/subscriber/topic.js';
import { type AskedFor, keepAsked } from '../../shared/learning/asked-topics.js';
import type { AskedChoices } from '../../shared/mail/notice/notice.js';
import { confirmationHash } from '../../shared/runtime/tokens.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { LearnedTopicRepository } from '../../shared/storage/examples/learned-topics.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type MailNotice, type NoticeRights, type SentOnce, sendOnce, type UseRight } from './notice-mailer.js';
import { type Asker, type BudgetDeps, withinBudget } from './within-budget.js';

/** How long a confirmation link opens. */
const confirmationLifeMs = 48 * hourMs;

export interface AskToConfirmDeps extends BudgetDeps {
  readonly subscribers: Pick<SubscriberRepository, 'request'>;
  readonly topics: Pick<LearnedTopicRepository, 'load' | 'keep'>;
  readonly signups: NoticeRights & Pick<SignupRepository, 'allowOwn'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly catalogue: readonly FilterTopic[];
  readonly mailNotice: MailNotice;
  /** 32 new random bytes, base64url. */
  readonly random: () => string;
}

interface AskToConfirmReport {
  readonly notice?: 'confirmation';
  readonly outcome: SentOnce | 'not-new' | 'suppressed' | 'put-back' | 'crowded';
  readonly subscriber: SubscriberId;
}

interface AskedNow {
  readonly asked: Asker & { readonly page: string; readonly movesFrom?: SubscriberId };
  /** Tells the request from every other to the same address. */
  readonly name: string;
  readonly now: Instant;
  readonly kind: 'confirmation' | 'comeback';
}

/** What a request chose of ours; of its own filters, which somebody typed, only how many. */
function askedChoices({ topics, hour }: SubscriberProfile, catalogue: readonly FilterTopic[]): AskedChoices {
  const ids = new Set(topics.flatMap((topic) => ('catalogueId' in topic ? [topic.catalogueId] : [])));
  const names = catalogue.filter(({ id }) => ids.has(id)).map(({ name }) => name);
  const ownFilters = topics.filter((topic) => 'filter' in topic).length;
  return { topics: names, ownFilters, hasExamples: topics.some((topic) => 'like' in topic), hour };
}

/**
 * Opens a subscription, or a change of address, that waits for its confirmation, and mails the link: the journal, the pending
 * state, the mail.
 */
export async function askToConfirm(
  subscriber: SubscriberId,
  { profile, learned }: { readonly profile: SubscriberProfile; readonly learned: readonly AskedFor[] },
  { asked, name, now, kind }: AskedNow,
  deps: AskToConfirmDeps,
): Promise<AskToConfirmReport> {
  const { requestedAt, page, movesFrom } = asked;
  const cause = movesFrom ? 'change of address' : 'form';
  const mail = async (useRight: UseRight) => {
    const random = deps.random();
    const tokenHash = confirmationHash(random);
    const confirmation = { tokenHash, expiresAt: now + confirmationLifeMs, ...(movesFrom && { movesFrom }) };
    await deps.consents.append({ subscriber, event: 'requested', at: requestedAt, cause, page });
    const stored = learned.length > 0 ? await deps.topics.load(subscriber) : [];
    const requested = await deps.subscribers.request(subscriber, profile, confirmation, now);
    if (requested === 'not-new') return requested;
    await keepAsked(subscriber, learned, { stored, until: confirmation.expiresAt }, deps.topics);
    // Now, while no link is out that could confirm: later, a welcome delivered twice could be sent twice.
    await deps.signups.allowOwn(subscriber);
    const noticeIn: Parameters<MailNotice>[2] = ({ pagesUrl, ...frame }) => {
      const asks = { to: profile.address, confirmUrl: `${pagesUrl}/confirm?token=${subscriber}.${random}`, ...frame };
      if (movesFrom) return { kind: 'new-address', ...asks };
      return { kind: 'confirmation', ...askedChoices(profile, deps.catalogue), ...asks };
    };
    return deps.mailNotice(subscriber, now, noticeIn, useRight);
  };
  const guard = { key: subscriber, at: now, kind, message: name };
  const outcome = await sendOnce(guard, withinBudget(mail, now, asked, deps), deps.signups);
  if (kind === 'comeback' && (outcome === 'too-soon' || outcome === 'too-many'))
    return { outcome: 'suppressed', subscriber };
  return { notice: 'confirmation', outcome, subscriber };
}
