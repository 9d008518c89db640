import { resolve } from 'node:path';
import { SendRawEmailCommand } from '@aws-sdk/client-ses';
import { digestMailer } from '../../../shared/delivery/digest-mailer.js';
import { loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { parseKeys } from '../../../shared/runtime/keys.js';
import { round } from '../measure.js';
import { bytesInUse } from '../memory.js';
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

/** CPU time of a mail in microseconds, user and system, of the whole process. */
async function microsOf(contender: Contender, mails: number, first: number): Promise<number> {
  const ready = Array.from({ length: mails }, (_, at) => contender(first + at));
  const before = process.cpuUsage();
  for (const compose of ready) await compose();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / mails;
}

/** Middle, lowest and highest of a list. */
function spreadOf(values: readonly number[]): readonly [number, number, number] {
  const sorted = [...values].sort((one, other) => one - other);
  return [sorted[sorted.length >> 1] ?? Number.NaN, sorted[0] ?? Number.NaN, sorted.at(-1) ?? Number.NaN];
}

type Times = Record<keyof typeof mailsOf, number[]>;

/** Every contender in every round, each time in another order: what the machine does besides meets them alike. */
async function runRounds(contenders: Readonly<Record<keyof typeof mailsOf, Contender>>): Promise<Times> {
  const names = Object.keys(mailsOf) as (keyof typeof mailsOf)[];
  const times: Times = { ours: [], reactEmail: [], handlebarsMjml: [], sdkSend: [] };
  for (let turn = -1; turn < rounds; turn += 1) {
    for (let at = 0; at < names.length; at += 1) {
      const name = names[(at + turn + 1) % names.length] ?? 'ours';
      const micros = await microsOf(contenders[name], mailsOf[name], (turn + 1) * 10_000);
      // The first round warms up.
      if (turn >= 0) times[name].push(micros);
    }
  }
  return times;
}

function ratiosOf(times: Times) {
  const ratio = (over: readonly number[], under: readonly number[]) =>
    spreadOf(over.map((value, at) => value / (under[at] ?? Number.NaN)));
  return {
    reactEmail: ratio(times.reactEmail, times.ours),
    handlebarsMjml: ratio(times.handlebarsMjml, times.ours),
    sdkSend: ratio(times.ours, times.sdkSend),
  };
}

/** What the process holds more after many mails than before, in bytes. */
async function growth(ours: Contender): Promise<number> {
  const many = async (first: number) => {
    for (let at = 0; at < manyMails; at += 1000) await microsOf(ours, 1000, first + at);
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
export async function benchCompose(args: readonly string[]): Promise<object> {
  if (args.includes('--serve')) return serveLoopback();
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
  const times = await runRounds({
    ours,
    reactEmail: (reader) => {
      const mail = readers.peerMail(reader);
      return () => byReactEmail(mail);
    },
    handlebarsMjml: (reader) => {
      const mail = readers.peerMail(reader);
      return () => handlebars(mail);
    },
    sdkSend: () => () => client.send(new SendRawEmailCommand({ Source: 'a@b.example', RawMessage: { Data: sent } })),
  });
  close();
  const ratios = ratiosOf(times);
  const bytes = { ours: sent.length, reactEmail: (await byReactEmail(readers.peerMail(0))).length };
  for (const [name, micros] of Object.entries(times)) console.log(name, ...spreadOf(micros).map(round), 'µs a mail');
  for (const [name, spread] of Object.entries(ratios)) console.log('ratio', name, ...spread.map(round));
  console.log(`bytes ${JSON.stringify({ ...bytes, handlebars: (await handlebars(readers.peerMail(0))).length })}`);
  console.log(`held after ${manyMails} mails more: ${Math.round((await growth(ours)) / 1000)} KB`);
  return {
    ratios: Object.fromEntries(Object.entries(ratios).map(([name, [middle]]) => [name, round(middle)])),
    microsPerMail: round(spreadOf(times.ours)[0]),
    bytes: bytes.ours,
  };
}
