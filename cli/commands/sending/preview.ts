import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { readMail } from '../../local/mail/read-mail.js';
import { type OfferedMail, offerNextMail, readerOf, readTopics } from './next-mail.js';

/** Shows the mail that somebody would get of the newest edition. */
export const preview: Command = {
  name: 'preview',
  summary: 'shows the digest of the newest edition for a subscriber, or for some topics',
  operands: [{ name: 'ADDRESS', isOptional: true, help: "a subscriber's address" }],
  options: {
    topics: {
      type: 'string',
      value: 'IDS',
      help: 'instead of an address: topic ids from the catalogue, or filters, separated by semicolons',
    },
    open: { type: 'boolean', help: 'opens the digest in the browser, from a temporary file' },
    out: { type: 'string', value: 'FILE', help: 'writes its HTML to this file' },
  },
  place: 'house',
  more: `Nothing is claimed, sent or stored. The links look real but do not work: they are signed with a throwaway key, so that a file on
disk cannot open anybody's preferences.`,
  async run(given, io) {
    const who = whoIn(given);
    refuseLostFolder(textOf(given, 'out'));
    const mail = await withOperator(given.place, async (operator) =>
      previewOf(await readerIn(who, operator), operator, io),
    );
    if (!mail) {
      io.out('It brings no mail: nothing in the newest edition matches that was not sent before.');
      return io.json({ mail: null });
    }
    const { text, html, ...facts } = mail;
    io.out(`Subject: ${facts.subject}\nEdition: ${facts.edition}, ${facts.papers} papers (${facts.kind})\n\n${text}`);
    const files = filesFor(given, html);
    for (const file of files) io.tell(`written to ${file}`);
    if (given.options.open === true) openInBrowser(files[0] ?? '', io);
    io.json({ mail: { ...facts, text }, files });
  },
};

/** Before anything is asked: a folder that was mistyped is not made. */
function refuseLostFolder(out: string | undefined): void {
  if (out === undefined || existsSync(dirname(out))) return;
  throw new CliError(`--out: the folder ${dirname(out)} does not exist; make it, or name a file elsewhere`);
}

/** A subscriber's address, or somebody with certain topics. */
function whoIn(given: Given): string | Subscriber {
  const [address] = given.operands;
  const topics = textOf(given, 'topics');
  if (address !== undefined && topics === undefined) return address;
  if (address === undefined && topics !== undefined) return readerOf('reader@example.org', readTopics(topics));
  throw new UsageError('preview: give an address, or --topics; see npm run cli -- preview --help');
}

async function readerIn(address: string | Subscriber, operator: Operator): Promise<Subscriber> {
  if (typeof address !== 'string') return address;
  const [found] = await operator.subscribers.load([await operator.idOf(address)]);
  if (found) return found;
  throw new CliError(`${address} is not subscribed; \`fate ${address}\` tells what is known of it`);
}

interface Previewed extends Pick<OfferedMail, 'edition' | 'kind' | 'papers'> {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** The mail as its reader would see it; says beforehand why it may not be the next one. */
async function previewOf(
  { state, ...reader }: Subscriber,
  operator: Pick<Operator, 'editions' | 'now' | 'output'>,
  { tell }: Pick<Io, 'tell'>,
): Promise<Previewed | undefined> {
  if (state.status !== 'active') tell(`this subscription is ${state.status}: it gets no mail`);
  let raw: Buffer | undefined;
  const sender = {
    async send(mail: Buffer) {
      raw = mail;
      return { kind: 'accepted', messageId: 'preview' } as const;
    },
  };
  const warn = (message: string) => tell(message);
  const offered = await offerNextMail({ state, ...reader }, { ...operator, sender, warn });
  if (offered && state.edition === offered.edition) {
    tell(
      `the edition of ${offered.edition} was sent already: this is what would be left of it, and the next mail brings the next edition`,
    );
  }
  if (!offered) return undefined;
  const { answer, ...facts } = offered;
  if (!raw) throw new CliError(`the mail could not be composed: ${'reason' in answer ? answer.reason : answer.kind}`);
  const { subject, text = '', html = '' } = await readMail(raw);
  return { ...facts, subject, text, html };
}

/** Writes the HTML where it is wanted; the file to open comes first. */
function filesFor({ options }: Given, html: string): readonly string[] {
  const out = typeof options.out === 'string' ? [options.out] : [];
  const files =
    out.length > 0 || options.open !== true ? out : [join(mkdtempSync(join(tmpdir(), 'paperboy-')), 'preview.html')];
  for (const file of files) {
    try {
      writeFileSync(file, html, { mode: 0o600 });
    } catch (error) {
      throw new CliError(
        `--out: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}); name another file`,
      );
    }
  }
  return files;
}

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

function openInBrowser(file: string, { tell }: Io): void {
  const [command = 'xdg-open', ...args] = openers[process.platform] ?? ['xdg-open'];
  const opening = spawn(command, [...args, file], { detached: true, stdio: 'ignore' });
  opening.on('error', () => tell(`no browser could be opened: open ${file} yourself`));
  opening.unref();
}
