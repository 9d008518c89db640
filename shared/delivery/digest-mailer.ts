import { mailTags } from '../contract/mail-tags.js';
import type { ChosenPaper } from '../domain/edition/choose-papers.js';
import { periodIn } from '../domain/subscriber/delivery.js';
import type { Claim, Subscriber } from '../domain/subscriber/subscriber.js';
import type { CardRenderer } from '../mail/card/card-renderer.js';
import { composeDigest } from '../mail/digest/compose-digest.js';
import type { Digest } from '../mail/digest/digest.js';
import type { ComposedMail } from '../mail/send/composed-mail.js';
import { editionUrl, type Installation, listIdOf, pagesHost, subscriberLinks } from '../mail/send/installation.js';
import { type OfferAnswer, offerMail, type StampedMail } from '../mail/send/offer-mail.js';
import type { Keys } from '../runtime/keys.js';
import type { LoadedEdition } from './loaded-edition.js';

/** A digest whose claim is held. */
interface ClaimedDigest {
  readonly subscriber: Subscriber;
  readonly claim: Claim;
  readonly chosen: readonly ChosenPaper[];
  readonly edition: LoadedEdition;
}

/** Composes one claimed digest and offers it to SES. */
export type MailDigest = (digest: ClaimedDigest) => Promise<OfferAnswer>;

/** Makes a mail of a subscriber's digest, with the cards of its edition. */
export type ComposeDigest = (digest: Digest, cards: CardRenderer, subscriber: Subscriber) => ComposedMail;

const ordinary: ComposeDigest = (digest, cards) => composeDigest(digest, cards);

/** Makes the mailer of one installation. While the keys cannot be read a mail waits: nothing is wrong with it. */
export function digestMailer(deps: Installation, compose: ComposeDigest = ordinary): MailDigest {
  return async (digest) => {
    const keys = await deps.keys().catch(() => undefined);
    if (!keys) return { kind: 'paused', reason: 'the keys cannot be read' };
    return offerMail(async () => stampedDigest(digest, keys, deps, compose), deps);
  };
}

function stampedDigest(
  { subscriber, claim, chosen, edition }: ClaimedDigest,
  { signing }: Keys,
  deps: Installation,
  compose: ComposeDigest,
): StampedMail {
  const digest: Digest = {
    to: subscriber.profile.address,
    edition: claim.edition,
    period: periodIn(claim.batch, subscriber.state),
    papers: chosen.map(({ ranked, reasons }) => ({ ...ranked, reasons })),
    editionSize: edition.indexed.edition.papers.length,
    formula: edition.indexed.edition.formula,
    ...subscriberLinks(signing[0], deps.pagesUrl, subscriber.id, claim.at),
    editionUrl: editionUrl(deps, claim.edition),
    sender: deps.from,
    postalAddress: deps.postalAddress,
    listId: listIdOf(deps),
  };
  return {
    mail: compose(digest, edition.cards, subscriber),
    stamp: {
      date: new Date(claim.at),
      messageId: `${claim.edition}.${claim.attempt}.${subscriber.id}@${pagesHost(deps)}`,
    },
    tags: {
      [mailTags.subscriber]: subscriber.id,
      [mailTags.edition]: claim.edition,
      [mailTags.attempt]: String(claim.attempt),
      [mailTags.claimed]: String(claim.at),
    },
  };
}
