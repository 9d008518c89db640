import { resolve } from 'node:path';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { digestMailer } from '../../../shared/delivery/digest-mailer.js';
import { loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { type BenchReport, round, timed } from '../figures.js';
import { bytesInUse } from '../memory.js';
import { interleave, middleOf, ratioOf } from '../rounds.js';
import { benchEdition } from './edition.js';
import { loopbackSes, serveLoopback } from './loopback.js';
import { byHandlebars, byReactEmail } from './peers.js';
import { benchReaders, installation } from './readers.js';

/** Makes ready what one mail is composed from, and composes it, or sends it, when it is told to. */
type Contender = (reader: number) => () => Promise<unknown>;

const rounds = 15;
/** Mails of a round: some tenth of a second of CPU time for each. */
const mailsOf = { ours: 1500, reactEmail: 10, handlebarsMjml: 50, sdkSend: 80 } as const;
const manyMails = 100_000;
const folder = resolve('test/bench/compose');

/** One round of a contender: what its mails are made from is made ready before, so that only composing is timed. */
function roundOf(contender: Contender, mails: number) {
  let first = 0;
  return async () => {
    first += 10_000;
    return composeMany(contender, mails, first);
  };
}

/** Time of one mail, in milliseconds. */
async function composeMany(contender: Contender, mails: number, first: number) {
  const ready = Array.from({ length: mails }, (_, at) => contender(first + at));
  const wall = performance.now();
  const before = process.cpuUsage();
  for (const compose of ready) await compose();
  const { user, system } = process.cpuUsage(before);
  return { cpuMs: (user + system) / 1000 / mails, wallMs: (performance.now() - wall) / mails };
}

/** What the process holds more after many mails than before, in bytes. */
async function growth(ours: Contender): Promise<number> {
  const many = async (first: number) => {
    for (let at = 0; at < manyMails; at += 1000) await composeMany(ours, 1000, first + at);
  };
  await many(1_000_000);
  const before = bytesInUse();
  await many(2_000_000);
  return bytesInUse() - before;
}

/**
 * Composes digests of ten papers, each to another reader, from where the deployed function does (`digestMailer`) to the
 * bytes that SES would get; beside two others that make the same mail from a view that is ready, and beside what the SDK
 * needs to send it over TLS. `--papers FILE` takes titles and abstracts from a file.
 */
export async function benchCompose(args: readonly string[]): Promise<BenchReport> {
  if (args.includes('--serve')) return { json: await serveLoopback(), figures: [] };
  const file = args.includes('--papers') ? args[args.indexOf('--papers') + 1] : undefined;
  const edition = loadedEdition(benchEdition(file));
  let raw: Buffer = Buffer.alloc(0);
  const sender = {
    send: async (mail: Buffer) => {
      raw = mail;
      return { kind: 'accepted', messageId: 'm' } as const;
    },
  };
  const keys = parseKeys(JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] }));
  const readers = benchReaders(edition, keys.signing[0]);
  const mailDigest = digestMailer({ ...installation, sender, keys: async () => keys, sleep: async () => undefined });
  const ours: Contender = (reader) => {
    const claimed = readers.claimed(reader);
    return () => mailDigest(claimed);
  };
  await ours(0)();
  const sent = raw;
  const { client, close } = await loopbackSes();
  const handlebars = byHandlebars(folder);
  const sendAgain = new SendRawEmailCommand({ Source: 'a@b.example', RawMessage: { Data: sent } });
  const peers: Readonly<Record<keyof typeof mailsOf, Contender>> = {
    ours,
    reactEmail: (reader) => {
      const mail = readers.peerMail(reader);
      return () => byReactEmail(mail);
    },
    handlebarsMjml: (reader) => {
      const mail = readers.peerMail(reader);
      return () => handlebars(mail);
    },
    sdkSend: () => () => client.send(sendAgain),
  };
  const times = await interleave(
    {
      ours: roundOf(peers.ours, mailsOf.ours),
      reactEmail: roundOf(peers.reactEmail, mailsOf.reactEmail),
      handlebarsMjml: roundOf(peers.handlebarsMjml, mailsOf.handlebarsMjml),
      sdkSend: roundOf(peers.sdkSend, mailsOf.sdkSend),
    },
    rounds,
  );
  close();
  const ratios = {
    reactEmail: ratioOf(times.reactEmail, times.ours),
    handlebarsMjml: ratioOf(times.handlebarsMjml, times.ours),
    sdkSend: ratioOf(times.ours, times.sdkSend),
  };
  const own = middleOf(times.ours.cpuMs);
  const kilobytesHeld = Math.round((await growth(ours)) / 1000);
  return {
    json: {
      ratios: Object.fromEntries(Object.entries(ratios).map(([name, { value }]) => [name, round(value)])),
      microsPerMail: round(own.value * 1000),
      bytes: sent.length,
      kilobytesHeldAfter100kMore: kilobytesHeld,
    },
    figures: [
      timed('React Email over ours', ratios.reactEmail, { atLeast: 90 }),
      timed('Handlebars and MJML over ours', ratios.handlebarsMjml),
      timed("ours over the SDK's send", ratios.sdkSend),
      timed('ms a mail', own),
      { name: 'bytes a mail', value: sent.length },
      { name: `KB held after ${manyMails} mails more`, value: kilobytesHeld },
    ],
  };
}
