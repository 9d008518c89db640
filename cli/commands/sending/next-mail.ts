import { randomBytes } from 'node:crypto';
import { readConfiguration } from '../../../infra/configuration/read-json.js';
import { digestMailer, type MailDigest } from '../../../shared/delivery/digest-mailer.js';
import { editionCache } from '../../../shared/delivery/loaded-edition.js';
import { contentFor } from '../../../shared/delivery/mail-content.js';
import { seenHashesFrom } from '../../../shared/delivery/seen-hashes.js';
import { type CalendarDate, dateOf } from '../../../shared/domain/calendar-date.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import type { Claim, FilterChoice, Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { cutTo } from '../../../shared/domain/text/shorten.js';
import type { MailSender, SendAnswer } from '../../../shared/mail/send/ses-sender.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { batchIdOf } from '../../../shared/storage/run-rows.js';
import { CliError } from '../../command/cli-error.js';
import type { Operator } from '../../house/operator.js';

/** A subscriber's mail of the newest edition, offered to a sender. */
export interface OfferedMail {
  readonly edition: CalendarDate;
  readonly kind: 'digest' | 'best-unseen' | 'still-here';
  readonly papers: number;
  readonly answer: SendAnswer;
}

interface NextMailDeps extends Pick<Operator, 'editions' | 'now' | 'output'> {
  readonly sender: Pick<MailSender, 'send'>;
  readonly warn: (message: string, what: object) => void;
}

/**
 * Makes the mail that the newest edition has for a subscriber, by what makes every digest, and offers it to a sender; `undefined` when
 * it would bring none. Nothing is claimed or written. Its links are signed with a key that is thrown away, so they look as they will and
 * open nothing: no subscriber's own links leave by this way.
 */
export async function offerNextMail(subscriber: Subscriber, deps: NextMailDeps): Promise<OfferedMail | undefined> {
  const { editions, now, warn } = deps;
  const date = await editions.newestDate(dateOf(now()));
  if (date === undefined) throw new CliError('there is no edition of the last week, so there is nothing to mail');
  const edition = await editionCache(editions, warn)(date);
  const batch = batchIdOf(subscriber.state.slot, 0);
  const content = await contentFor(
    subscriber,
    { edition, batch },
    { catalogue, seenHashes: seenHashesFrom(editions, warn), countUnreadable: () => {}, warn },
  );
  if (!content) return undefined;
  const papers = content.papers.map(({ ranked }) => ranked.paper.id);
  const { kind } = content;
  const claim: Claim = { edition: date, batch, attempt: 1, ...(kind && { kind }), at: now(), papers, isUnsent: false };
  const answer = await mailerOf(deps)({ subscriber, claim, content, edition });
  return { edition: date, kind: kind ?? 'digest', papers: papers.length, answer };
}

function mailerOf({ sender, output }: NextMailDeps): MailDigest {
  const { sender: from, postalAddress } = readConfiguration();
  const throwaway = parseKeys(JSON.stringify({ root: randomBytes(48).toString('base64url'), signing: ['k0'] }));
  return digestMailer({
    sender,
    keys: async () => throwaway,
    from,
    postalAddress,
    pagesUrl: output('PagesUrl'),
    sleep: async () => {},
  });
}

/** Nobody's id: no hash of an address is spelt so. */
const nobody = 'A'.repeat(22) as SubscriberId;

/** Somebody with these topics and no past. */
export function readerOf(address: string, topics: readonly FilterChoice[]): Subscriber {
  const profile = { address, timeZone: 'UTC', hour: 7, topics, maxPapers: 10 };
  return { id: nobody, profile, state: { status: 'active', slot: slotOf('UTC', 7), outcomes: [], seen: [] } };
}

/** Every topic of the catalogue. */
export const allTopics: readonly FilterChoice[] = catalogue.map(({ id }) => ({ catalogueId: id }));

/** Reads `--topics`: ids of the catalogue, or filters, with a semicolon between two of them; ids may have commas as well. */
export function readTopics(text: string): readonly FilterChoice[] {
  const ids = new Set(catalogue.map(({ id }) => id));
  const parts = (separator: string, whole: string) =>
    whole
      .split(separator)
      .map((part) => part.trim())
      .filter((part) => part !== '');
  const choices = parts(';', text).flatMap((part): FilterChoice[] => {
    const named = parts(',', part);
    if (named.every((id) => ids.has(id))) return named.map((catalogueId) => ({ catalogueId }));
    const problem = filterProblem(part);
    if (problem === undefined) return [{ name: cutTo(part, 40), filter: part }];
    throw new CliError(
      `--topics: "${part}" is no topic of the catalogue (${[...ids].slice(0, 3).join(', ')}, …) and no filter: ${problem}`,
    );
  });
  if (choices.length > 0) return choices;
  throw new CliError('--topics: write ids of the catalogue or filters, with a semicolon between two of them');
}
