import { mailTags } from '../../shared/contract/mail-tags.js';
import { dayMs } from '../../shared/domain/calendar-date.js';
import type { ChosenPaper } from '../../shared/domain/choose-papers.js';
import type { Claim, Subscriber } from '../../shared/domain/subscriber.js';
import { composeDigest } from '../../shared/mail/compose-digest.js';
import { toMime } from '../../shared/mail/mime.js';
import type { MailSender, SendAnswer } from '../../shared/mail/ses-sender.js';
import type { Keys } from '../../shared/runtime/keys.js';
import { signToken } from '../../shared/runtime/tokens.js';
import type { LoadedEdition } from './loaded-edition.js';

/** Pauses before a mail is offered again after SES said that mails come too fast, in milliseconds. */
const throttlePausesMs = [1000, 2000, 4000];

/** A digest whose claim is held. */
export interface ClaimedDigest {
  readonly subscriber: Subscriber;
  readonly claim: Claim;
  readonly chosen: readonly ChosenPaper[];
  readonly edition: LoadedEdition;
}

/** Composes one claimed digest and offers it to SES. */
export type MailDigest = (digest: ClaimedDigest) => Promise<SendAnswer>;

export interface MailDigestDeps {
  readonly sender: MailSender;
  readonly keys: () => Promise<Keys>;
  readonly from: string;
  readonly postalAddress: string;
  readonly pagesUrl: string;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** Makes the mailer of one installation: its sender, its pages, its keys. */
export function digestMailer(deps: MailDigestDeps): MailDigest {
  return async (digest) => {
    let raw: Buffer;
    try {
      raw = await rawDigest(digest, deps);
    } catch (error) {
      return { kind: 'rejected', reason: `it could not be composed: ${(error as Error).name}` };
    }
    return offer(raw, digest, deps);
  };
}

async function rawDigest(digest: ClaimedDigest, deps: MailDigestDeps): Promise<Buffer> {
  const { subscriber, claim, chosen, edition } = digest;
  const { signing } = await deps.keys();
  const claims = { subscriber: subscriber.id, issuedOn: Math.floor(claim.at / dayMs) };
  const pagesHost = new URL(deps.pagesUrl).hostname;
  const content = {
    to: subscriber.profile.address,
    edition: claim.edition,
    papers: chosen.map(({ ranked, reasons }) => ({ paper: ranked.paper, score: ranked.score, reasons })),
    editionSize: edition.indexed.edition.papers.length,
    preferencesUrl: `${deps.pagesUrl}/preferences?token=${signToken(signing[0], 'preferences', claims)}`,
    unsubscribeUrl: `${deps.pagesUrl}/unsubscribe?token=${signToken(signing[0], 'unsubscribe', claims)}`,
    editionUrl: `${deps.pagesUrl}/editions/${claim.edition}`,
    sender: deps.from,
    postalAddress: deps.postalAddress,
    listId: `paperboy.${pagesHost}`,
  };
  return toMime(composeDigest(content, edition.cards), {
    date: new Date(claim.at),
    messageId: `${claim.edition}.${claim.attempt}.${subscriber.id}@${pagesHost}`,
  });
}

async function offer(raw: Buffer, { subscriber, claim }: ClaimedDigest, deps: MailDigestDeps): Promise<SendAnswer> {
  const tags = {
    [mailTags.subscriber]: subscriber.id,
    [mailTags.edition]: claim.edition,
    [mailTags.attempt]: String(claim.attempt),
  };
  const send = () => deps.sender.send(raw, subscriber.profile.address, deps.from, tags);
  let answer = await send();
  for (const pauseMs of throttlePausesMs) {
    if (answer.kind !== 'throttled') break;
    await deps.sleep(pauseMs);
    answer = await send();
  }
  return answer;
}
