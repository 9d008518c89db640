import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { serveSample } from '../../cli/local/sources/recorded-sources.js';
import { dateOf, dayMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { type Account, installEmulator, openAccount } from './account.js';
import { synthesizeEarlier, synthesizeThis, versionBefore } from './assembly.js';
import { bootstrap, command, deploy, destroy } from './cdk.js';
import { drained } from './events.js';
import {
  bounce,
  checkDigest,
  confirm,
  type Deployed,
  digestTo,
  expectStatus,
  oneClick,
  publish,
  subscribe,
} from './journeys.js';
import { type MailSink, openMailSink } from './mail-sink.js';
import { Missing, reported, step } from './report.js';
import { countRows, expectKept, readRows, restingRows } from './rows.js';
import { visit } from './visitor.js';

// Node 20 is supported on purpose; the SDK's warning about it would clutter the steps.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

interface Stage {
  readonly account: Account;
  readonly sink: MailSink;
  /** This version, synthesized. */
  readonly assembly: string;
  /** Where Hugging Face and arXiv are played. */
  readonly played: string;
}

async function destroyAndKeep({ account, outputs }: Deployed, assembly: string): Promise<void> {
  const before = await restingRows(account, outputs);
  countRows(before);
  await destroy(account, assembly);
  expectKept(before, await readRows(account, outputs));
  const keys = new GetSecretValueCommand({ SecretId: outputs.KeysSecret });
  assert.ok((await new SecretsManagerClient(account.client).send(keys)).SecretString, 'the keys are gone');
  const { status } = await visit(`${outputs.PagesUrl}/`);
  assert.ok(status >= 400, `the pages still answer: ${status}`);
  const [id] = new URL(String(outputs.PagesUrl)).hostname.split('.');
  const api = await fetch(`${account.client.endpoint}/v2/apis/${id}`);
  assert.equal(api.status, 200, 'the address of the pages is gone');
}

/** A new account: deployed, lived in, deployed again, destroyed. */
async function newAccount({ account, sink, assembly }: Stage): Promise<void> {
  const { outputs } = await step('cdk deploy, into a new account', () => deploy(account, assembly));
  const deployed: Deployed = { account, outputs, sink };
  await step('cdk deploy once more: no changes', async () => {
    assert.equal((await deploy(account, assembly)).isUnchanged, true);
  });
  const [ann, bob] = ['ann.reader@paper.dev', 'bob.reader@paper.dev'];
  const mail = await step('the form brings a mail with a link to confirm', () => subscribe(deployed, ann));
  const annsPage = await step('opening the link changes nothing, its button confirms', async () => {
    const own = await confirm(deployed, mail);
    // A welcome that is still waiting would bring the edition itself, and the run would have nobody.
    await drained(account, 'SendNoticeQueue');
    return own;
  });
  await step('the schedule lets papers in, and an edition comes out', () => publish(deployed));
  const digest = await step('the digest goes out', () => digestTo(deployed, ann));
  await step('its raw headers are what receivers ask for', () => checkDigest(deployed, digest, ann));
  await step('one click unsubscribes', async () => {
    await expectStatus(deployed, annsPage, 'active');
    await oneClick(deployed, digest);
    await expectStatus(deployed, annsPage, 'unsubscribed');
  });
  await step('a second reader is welcomed with the edition; a hard bounce suppresses the address', async () => {
    const bobsPage = await confirm(deployed, await subscribe(deployed, bob));
    checkDigest(deployed, await digestTo(deployed, bob), bob);
    await bounce(deployed, bobsPage);
    await expectStatus(deployed, bobsPage, 'suppressed');
  });
  await step("the admin's commands find the stack by its name, and what became of both readers", async () => {
    const run = await command(account, 'run', '--date', dateOf(Date.now()));
    assert.ok(Number(run.sent) >= 1 && run.candidates === run.sent, JSON.stringify(run));
    for (const reader of [ann, bob]) assert.equal((await command(account, 'fate', reader)).outcome, 'sent');
    assert.equal((await command(account, 'trigger', 'plan-digests')).asked, true);
    assert.deepEqual((await command(account, 'rotate-keys')).verifying, ['k1']);
    const status = await command(account, 'status');
    assert.deepEqual(status.unknown, {});
    assert.equal((status.run as { sent: number } | null)?.sent, run.sent);
    assert.equal((await command(account, 'cost')).digests, run.sent);
  });
  await step('cdk destroy takes the pages away, and keeps their address, the keys, every table and row', () =>
    destroyAndKeep(deployed, assembly),
  );
}

/** An installation that has lived: this version is deployed over an earlier one. */
async function update({ account, sink, assembly, played }: Stage, version: string): Promise<void> {
  const earlier = await step(`${version} is synthesized`, () => synthesizeEarlier(version, played));
  const { outputs } = await step(`cdk deploy of ${version}`, () => deploy(account, earlier));
  const deployed: Deployed = { account, outputs, sink };
  const reader = 'early.reader@paper.dev';
  const { preferences, digest } = await step(`${version} takes a reader and papers, and sends a digest`, async () => {
    const own = await confirm(deployed, await subscribe(deployed, reader));
    await publish(deployed);
    return { preferences: own, digest: await digestTo(deployed, reader) };
  });
  const before = await step('its tables come to rest', () => restingRows(account, outputs));
  await step(`cdk deploy over it keeps its tables, its address and every row (${countRows(before)})`, async () => {
    const updated = await deploy(account, assembly);
    assert.equal(updated.isUnchanged, false);
    for (const [name, value] of Object.entries(outputs)) assert.equal(updated.outputs[name], value, `${name} changed`);
    expectKept(before, await readRows(account, updated.outputs));
  });
  await step(`a link in a mail of ${version} still unsubscribes`, async () => {
    await expectStatus(deployed, preferences, 'active');
    await oneClick(deployed, digest);
    await expectStatus(deployed, preferences, 'unsubscribed');
  });
}

/** An edition is one day's: a rehearsal that begins just before midnight would look for it on the next. */
async function waitForMidnight(): Promise<void> {
  const leftMs = dayMs - (Date.now() % dayMs);
  if (leftMs < 5 * minuteMs) await step('midnight (UTC) is waited for', () => sleep(leftMs));
}

void reported(async () => {
  await step('MiniStack is installed', installEmulator);
  await waitForMidnight();
  const sink = await openMailSink();
  const { url: played } = await serveSample(dateOf(Date.now()), Date.now);
  const account = await step('MiniStack plays an account', () => openAccount(sink.port));
  try {
    const assembly = await step('the app is synthesized', () => synthesizeThis(played));
    await step('cdk bootstrap', () => bootstrap(account, assembly));
    const stage: Stage = { account, sink, assembly, played };
    await newAccount(stage);
    await update(stage, await versionBefore());
  } catch (error) {
    if (!(error instanceof Missing)) process.stdout.write(`${account.log().slice(-3000)}\n`);
    throw error;
  }
});
