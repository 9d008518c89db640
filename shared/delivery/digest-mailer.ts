import { mailTags } from '../contract/mail-tags.js';
import { sourceLine } from '../domain/edition/day-line.js';
import { pressedInWords } from '../domain/likeness/pressed.js';
import { periodIn, quietEditionsBeforeNote } from '../domain/subscriber/delivery.js';
import type { Claim, Subscriber } from '../domain/subscriber/subscriber.js';
import { composeDigest } from '../mail/digest/compose-digest.js';
import type { Digest } from '../mail/digest/digest.js';
import type { DigestParts } from '../mail/digest/digest-parts.js';
import { composeStillHere } from '../mail/quiet/compose-still-here.js';
import type { ComposedMail } from '../mail/send/composed-mail.js';
import {
  dayPageUrl,
  editionUrl,
  type Installation,
  lessUrl,
  likeUrl,
  listIdOf,
  pagesHost,
  subscriberLinks,
} from '../mail/send/installation.js';
import { offerMail, type StampedMail } from '../mail/send/offer-mail.js';
import type { SendAnswer } from '../mail/send/ses-sender.js';
import type { Keys } from '../runtime/keys.js';
import type { LoadedEdition } from './loaded-edition.js';
import type { MailContent } from './mail-content.js';
import { openingLine } from './opening-line.js';

/** A digest whose claim is held. */
interface ClaimedDigest {
  readonly subscriber: Subscriber;
  readonly claim: Claim;
  readonly content: MailContent;
  readonly edition: LoadedEdition;
}

/** Composes one claimed digest and offers it to SES. */
export type MailDigest = (digest: ClaimedDigest) => Promise<SendAnswer>;

/** Makes a mail of a subscriber's digest, with the parts of its edition. */
export type ComposeDigest = (digest: Digest, parts: DigestParts, subscriber: Subscriber) => ComposedMail;

const ordinary: ComposeDigest = (digest, parts) => composeDigest(digest, parts);

/** Makes the mailer of one installation. While the keys cannot be read a mail waits: nothing is wrong with it. */
export function digestMailer(deps: Installation, compose: ComposeDigest = ordinary): MailDigest {
  const house = { deps, host: pagesHost(deps), listId: listIdOf(deps) };
  return async (digest) => {
    const keys = await deps.keys().catch(() => undefined);
    if (!keys) return { kind: 'paused', reason: 'the keys cannot be read' };
    return offerMail(async () => stampedDigest(digest, keys, house, compose), deps);
  };
}

/** An installation with what does not change between mails. */
interface House {
  readonly deps: Installation;
  readonly host: string;
  readonly listId: string;
}

function stampedDigest(
  { subscriber, claim, content, edition }: ClaimedDigest,
  { signing }: Keys,
  { deps, host, listId }: House,
  compose: ComposeDigest,
): StampedMail {
  const { edition: frozen } = edition.indexed;
  const period = periodIn(claim.batch, subscriber.state);
  const { preferencesUrl, unsubscribeUrl } = subscriberLinks(signing[0], deps.pagesUrl, subscriber.id, claim.at);
  const digest: Digest = {
    to: subscriber.profile.address,
    edition: claim.edition,
    archiveUrl: `${deps.pagesUrl}/search`,
    preferencesUrl,
    unsubscribeUrl,
    editionUrl: editionUrl(deps, claim.edition),
    sender: deps.from,
    postalAddress: deps.postalAddress,
    listId,
    period,
    papers: content.papers.map(({ ranked, reasons }) => ({ ...ranked, reasons })),
    editionSize: frozen.papers.length,
    dayLine: openingLine(content, frozen, period),
    ...followed(subscriber, claim),
    matched: content.matched,
    dayUrl: dayPageUrl(signing[0], deps.pagesUrl, subscriber.id, claim.edition),
    lessUrl: lessUrl(signing[0], deps.pagesUrl, subscriber.id, claim.edition),
    likeUrl: likeUrl(signing[0], deps.pagesUrl, subscriber.id, claim.edition),
    orderUrl: `${deps.pagesUrl}/how`,
    aiSummaries: subscriber.profile.aiSummaries !== false,
  };
  const stillHere = content.around && {
    ...digest,
    quietEditions: quietEditionsBeforeNote + 1,
    surroundings: content.around,
    sources: sourceLine(frozen),
    mayHaveBest: subscriber.profile.quietDays === undefined,
  };
  return {
    mail: stillHere ? composeStillHere(stillHere) : compose(digest, edition.parts, subscriber),
    stamp: {
      date: new Date(claim.at),
      messageId: `${claim.edition}.${claim.attempt}.${subscriber.id}@${host}`,
    },
    tags: {
      [mailTags.subscriber]: subscriber.id,
      [mailTags.edition]: claim.edition,
      [mailTags.attempt]: String(claim.attempt),
      [mailTags.claimed]: String(claim.at),
      [mailTags.feedbackKind]: stillHere ? 'still-here' : 'digest',
      [mailTags.feedbackEdition]: claim.edition,
    },
  };
}

/** The presses that this digest is the first to follow. */
function followed({ profile, state }: Subscriber, { edition }: Claim): Pick<Digest, 'follows'> {
  if (!profile.pressed) return {};
  const sent = state.outcomes.flatMap((each) => (each.outcome === 'sent' ? [each.edition] : []));
  const follows = pressedInWords(profile.pressed, edition, sent);
  return follows === '' ? {} : { follows };
}
