import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import { type SendAnswer, sesClient, sesSender } from '../../../shared/mail/send/ses-sender.js';
import { CliError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { allTopics, type OfferedMail, offerNextMail, readerOf, readTopics } from './next-mail.js';

/** Sends one digest to an address, which stands in no ledger. */
export const sendTest: Command = {
  name: 'send-test',
  summary: 'sends a digest of the newest edition to one address, to check that mail arrives',
  operands: [{ name: 'ADDRESS', help: 'where it goes; it need not be subscribed' }],
  options: {
    topics: {
      type: 'string',
      value: 'IDS',
      help: 'topic ids from the catalogue, or filters, separated by semicolons; all topics by default',
    },
  },
  place: 'house',
  writes: true,
  more: `The mail is not counted anywhere: it has no configuration set, so SES reports no events for it, and no subscriber's tag. Its links do
not work. Save it with its headers and give it to \`doctor --headers FILE\` to see whether SPF, DKIM and DMARC align.`,
  async run(given, io) {
    const [typed = ''] = given.operands;
    const parsed = parseAddress(typed);
    if (!parsed.ok) throw new CliError(`${typed}: ${parsed.message}`);
    const wanted = textOf(given, 'topics');
    const topics = wanted === undefined ? allTopics : readTopics(wanted);
    const { edition, papers } = await withOperator(given.place, (operator) =>
      sendTestTo({ address: parsed.address, topics, isDryRun: given.isDryRun }, operator, io.tell),
    );
    const where = `${papers} papers of ${edition} to ${parsed.address}`;
    io.out(given.isDryRun ? `would send ${where}` : `sent ${where}; it should arrive within a minute`);
    io.json({ edition, papers, sent: !given.isDryRun });
  },
};

interface Test {
  readonly address: string;
  readonly topics: Parameters<typeof readerOf>[1];
  readonly isDryRun: boolean;
}

/** Sends the mail, once, or only makes it; throws a line that says what to do where SES does not take it. */
async function sendTestTo(
  { address, topics, isDryRun }: Test,
  operator: Pick<Operator, 'editions' | 'now' | 'output' | 'clients'>,
  tell: (line: string) => void,
): Promise<OfferedMail> {
  const ses = sesSender(sesClient(operator.clients.settings), {});
  const sender = {
    // Another tag than a subscriber's, of whom an event would settle or count something.
    send: async (raw: Buffer, to: string, from: string): Promise<SendAnswer> =>
      isDryRun ? { kind: 'accepted', messageId: 'dry-run' } : ses.send(raw, to, from, { test: 'admin' }),
  };
  const offered = await offerNextMail(readerOf(address, topics), { ...operator, sender, warn: tell });
  if (!offered) throw new CliError('nothing in the newest edition matches these topics: give others by --topics');
  if (offered.answer.kind !== 'accepted') throw new CliError(refusalInWords(offered.answer));
  return offered;
}

/** What SES's refusal means, and what to do. */
export function refusalInWords(answer: Exclude<SendAnswer, { kind: 'accepted' }>): string {
  switch (answer.kind) {
    case 'throttled':
      return 'SES takes no more mails this second: try again';
    case 'quota-exhausted':
      return 'the account has used up its mails of 24 hours: try again later, or ask SES for a higher quota';
    case 'lost':
      return `SES did not answer (${answer.reason}): the mail may have been sent, so look for it before you try again`;
    case 'not-composed':
      return `the mail could not be made (${answer.reason}): look at sender and postalAddress in paperboy.config.json`;
    case 'paused':
      return `SES sends nothing for this account now (${answer.reason}): look at the SES console, Account dashboard`;
    case 'rejected':
      return /verified/.test(answer.reason)
        ? 'SES did not take it: an address is not verified. In the sandbox SES mails verified addresses only: verify this one in SES, or ask for production access (the output Next2AskForProductionAccess)'
        : `SES did not take it: ${answer.reason}; try another address`;
  }
}
