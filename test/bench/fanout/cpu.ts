import { Agent, get } from 'node:https';
import { SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import type { Context, SQSEvent } from 'aws-lambda';
import { sendersFor } from '../../../infra/configuration/senders.js';
import { keptSesClient, sesSender } from '../../../shared/mail/send/ses-sender.js';
import { batchIdOf } from '../../../shared/storage/run-rows.js';
import { interleave, type Measured, middleOf, type Rounds, ratioOf } from '../rounds.js';
import { type CpuServer, jobSize } from './cpu-server.js';
import type { FedFunction } from './deployment.js';

const rounds = 9;
/** As many as one invocation takes at 500 mails a second. */
const jobsAnInvocation = sendersFor(500).jobs;
const jobsARound = jobsAnInvocation;
/** A send takes a fifth of a digest's time, and is repeated to be measured as well. */
const sendsOfAMail = 2;
/** A process that sends a slot of 20,000 has compiled what it runs after a tenth of it. */
const warmJobs = 20;

/** Jobs that the rounds need, with those that warm up. */
export const jobsNeeded = (rounds + 1) * jobsARound + warmJobs;

/** What the client's process must have in its environment before it starts. */
export function cpuEnvironment(
  port: number,
  { environment }: Pick<FedFunction, 'environment'>,
): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: `https://127.0.0.1:${port}`,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 's',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The server's certificate is its own.
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    NODE_NO_WARNINGS: '1',
    EDITIONS_TABLE: 'editions',
    SUBSCRIBERS_TABLE: 'subscribers',
    SUBSCRIBERS_ORIGIN: 'generated',
    RUNS_TABLE: 'runs',
    CONSENTS_TABLE: 'consents',
    KEYS_SECRET: 'keys',
    CONFIGURATION_SET: 'paperboy',
    SENDER: 'Paperboy <post@paperboy.example.org>',
    POSTAL_ADDRESS: '1 Long Lane, 12345 Smalltown',
    PAGES_URL: 'https://paperboy.example.org',
    PUBLISH_HOUR: '0',
    SENDERS: '1',
    DELIVERIES_IN_FLIGHT: environment.DELIVERIES_IN_FLIGHT ?? '',
  };
}

/** A mail as the project's function sent it. */
interface SentMail {
  readonly raw: Buffer;
  readonly to: string;
  readonly tags: Readonly<Record<string, string>>;
}

function readMail(body: string): SentMail {
  const form = new URLSearchParams(body);
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Name`); index += 1) {
    tags[form.get(`Tags.member.${index}.Name`) ?? ''] = form.get(`Tags.member.${index}.Value`) ?? '';
  }
  const raw = Buffer.from(form.get('RawMessage.Data') ?? '', 'base64');
  return { raw, to: form.get('Destinations.member.1') ?? '', tags };
}

async function sentMails(): Promise<readonly SentMail[]> {
  const text = await new Promise<string>((resolve, reject) => {
    get(`${process.env.AWS_ENDPOINT_URL}/mails`, async (answer) => {
      resolve((await answer.setEncoding('utf8').toArray()).join(''));
    }).on('error', reject);
  });
  return (JSON.parse(text) as string[]).map(readMail);
}

/** What a digest and a send cost, over a bare send of the SDK. */
export interface CpuReport {
  readonly digestOverSdkSend: Measured;
  readonly sendOverSdkSend: Measured;
  readonly digestMs: Measured;
  readonly sdkSendMs: Measured;
}

/** The deployed function's handler, and how it is given jobs: as many an invocation as it is deployed to take together. */
async function digestHandler({ run, slot }: CpuServer): Promise<(jobs: number) => Promise<void>> {
  const { handler } = await import('../../../lambdas/send-digest/handler.js');
  let next = 0;
  const aRecord = () => {
    const body = JSON.stringify({ run, batch: batchIdOf(slot, next), quota: { perSecond: 1_000_000, left: null } });
    const attributes = { SentTimestamp: String(Date.now()) };
    next += 1;
    return { messageId: `m${next}`, body, eventSource: 'aws:sqs', attributes };
  };
  return async (jobs) => {
    for (let left = jobs; left > 0; left -= jobsAnInvocation) {
      const Records = Array.from({ length: Math.min(left, jobsAnInvocation) }, aRecord);
      const context = { functionName: 'send-digest', getRemainingTimeInMillis: () => 600_000 } as Context;
      const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent, context);
      if (batchItemFailures.length > 0) throw new Error('a job failed');
    }
  };
}

/**
 * Measures the CPU time of whole digests, from a job to the recorded outcomes, of the project's sender and of the SDK's bare
 * send on a kept connection, one mail after the other, all over TLS to another process and for the same mails.
 */
export async function measureCpu(server: CpuServer): Promise<CpuReport> {
  const work = await digestHandler(server);
  await work(warmJobs);
  const mails = await sentMails();
  if (mails.length < jobSize) throw new Error(`${mails.length} mails came of a job of ${jobSize}`);
  const invocations = Array.from({ length: jobsARound * sendsOfAMail }, () => mails.slice(0, jobSize));
  const httpsAgent = new Agent({ keepAlive: true });
  const bare = new SESClient({ maxAttempts: 1, requestHandler: { httpsAgent } });
  const from = 'Paperboy <post@paperboy.example.org>';
  const ours = keptSesClient();
  const sender = sesSender(ours, { configurationSet: 'paperboy' });
  const times = await interleave(
    {
      digest: () => work(jobsARound),
      async send() {
        for (const job of invocations) {
          for (const { raw, to, tags } of job) await sender.send(raw, to, from, tags);
          ours.destroy();
        }
      },
      async sdkSend() {
        for (const job of invocations)
          for (const mail of job) await bare.send(new SendRawEmailCommand(commandOf(mail)));
      },
    },
    rounds,
  );
  bare.destroy();
  const [digest, send, sdkSend] = [
    perMail(times.digest, jobsARound),
    perMail(times.send, invocations.length),
    perMail(times.sdkSend, invocations.length),
  ];
  return {
    digestOverSdkSend: ratioOf(digest, sdkSend),
    sendOverSdkSend: ratioOf(send, sdkSend),
    digestMs: middleOf(digest.cpuMs),
    sdkSendMs: middleOf(sdkSend.cpuMs),
  };
}

function perMail({ cpuMs, wallMs }: Rounds, jobs: number): Rounds {
  const each = (values: readonly number[]) => values.map((value) => value / (jobs * jobSize));
  return { cpuMs: each(cpuMs), wallMs: each(wallMs) };
}

const commandOf = ({ raw, to, tags }: SentMail) => ({
  Source: 'post@paperboy.example.org',
  Destinations: [to],
  RawMessage: { Data: raw },
  Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
  ConfigurationSetName: 'paperboy',
});
