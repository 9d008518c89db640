import { afterEach, describe, expect, it } from '@jest/globals';
import { classifyFailure } from '../../../shared/mail/send/send-failure.js';
import { keptSesClient, type SendAnswer, sesClient, sesSender } from '../../../shared/mail/send/ses-sender.js';
import { accepted, quotaOf, refused, type SesReply, sesStandIn } from '../ses-stand-in.js';

const raw = Buffer.from('Subject: maps\r\n\r\nA+B=C & “more”\r\n');
const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function senderAt(endpoint: string, requestMs = 5_000) {
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const client = sesClient({ endpoint, region: 'eu-west-1', credentials }, { connectMs: 500, requestMs });
  return sesSender(client, { configurationSet: 'digests', sleep: async () => {} });
}

async function answering(...replies: [SesReply, ...SesReply[]]) {
  const server = await sesStandIn(...replies);
  closers.push(server.close);
  return server;
}

const tags = { subscriber: 's-1', edition: '2026-08-07', attempt: '1' };

async function sendTo(endpoint: string, requestMs?: number): Promise<SendAnswer> {
  return senderAt(endpoint, requestMs).send(raw, 'reader@bücher.example', 'Paperboy <post@example.org>', tags);
}

describe('sending by SES', () => {
  it('hands over the mail, its one recipient, its tags and the configuration set', async () => {
    const server = await answering(accepted('0102'));
    expect(await sendTo(server.endpoint)).toEqual({ kind: 'accepted', messageId: '0102' });
    const [request] = server.requests;
    expect(request).toMatchObject({
      Action: 'SendRawEmail',
      Source: 'post@example.org',
      'Destinations.member.1': 'reader@xn--bcher-kva.example',
      'Tags.member.1.Name': 'subscriber',
      'Tags.member.1.Value': 's-1',
      'Tags.member.3.Value': '1',
      ConfigurationSetName: 'digests',
    });
    expect(request).not.toHaveProperty(['Destinations.member.2']);
    expect(Buffer.from(request?.['RawMessage.Data'] ?? '', 'base64').equals(raw)).toBe(true);
  });

  const sandbox = 'Email address is not verified. The following identities failed the check in region EU-WEST-1: ';
  it.each<[number, string, string, SendAnswer]>([
    [400, 'Throttling', 'Maximum sending rate exceeded.', { kind: 'throttled' }],
    [400, 'Throttling', 'Rate exceeded', { kind: 'throttled' }],
    [400, 'Throttling', 'Daily message quota exceeded.', { kind: 'quota-exhausted' }],
    [400, 'ThrottlingException', 'Daily sending quota exceeded', { kind: 'quota-exhausted' }],
    [
      400,
      'MessageRejected',
      `${sandbox}reader@xn--bcher-kva.example`,
      { kind: 'rejected', reason: 'MessageRejected: an address is not verified' },
    ],
    [
      400,
      'MessageRejected',
      `${sandbox}reader@xn--bcher-kva.example, Paperboy &lt;Post@example.org&gt;`,
      { kind: 'paused', reason: 'MessageRejected: the sender is not verified' },
    ],
    [
      400,
      'MessageRejected',
      'Sending paused for this account. For more information, please check the inbox of the email address associated with your AWS account.',
      { kind: 'paused', reason: 'MessageRejected: sending is paused for this account' },
    ],
    [400, 'AccountSendingPausedException', 'x', { kind: 'paused', reason: 'AccountSendingPausedException' }],
    [
      400,
      'ConfigurationSetSendingPausedException',
      'x',
      { kind: 'paused', reason: 'ConfigurationSetSendingPausedException' },
    ],
    [400, 'ConfigurationSetDoesNotExist', 'x', { kind: 'paused', reason: 'ConfigurationSetDoesNotExistException' }],
    [400, 'MailFromDomainNotVerifiedException', 'x', { kind: 'paused', reason: 'MailFromDomainNotVerifiedException' }],
    [403, 'AccessDenied', 'User arn is not authorized', { kind: 'paused', reason: 'AccessDenied' }],
    [403, 'SignatureDoesNotMatch', 'x', { kind: 'paused', reason: 'SignatureDoesNotMatch' }],
    [
      400,
      'InvalidParameterValue',
      'Local address contains control or whitespace',
      { kind: 'rejected', reason: 'InvalidParameterValue: an address is malformed' },
    ],
    [
      400,
      'InvalidParameterValue',
      'Tag name ses:feedback-id-a contains invalid characters',
      { kind: 'not-composed', reason: 'InvalidParameterValue: a tag is malformed' },
    ],
    [
      400,
      'InvalidParameterValue',
      "Duplicate header 'Reply-To'.",
      { kind: 'not-composed', reason: 'InvalidParameterValue: a header is malformed' },
    ],
    [
      400,
      'InvalidParameterValue',
      'Message length is more than 10485760 bytes long',
      { kind: 'not-composed', reason: 'InvalidParameterValue: the message is too long' },
    ],
    [400, 'RequestExpired', 'x', { kind: 'paused', reason: 'RequestExpired' }],
    [404, 'NoSuchPlace', 'x', { kind: 'paused', reason: 'NoSuchPlace' }],
    [408, 'RequestTimeout', 'x', { kind: 'throttled' }],
    [429, 'SlowDown', 'x', { kind: 'throttled' }],
    [400, 'Strange Name', 'x', { kind: 'rejected', reason: 'unnamed error' }],
    [500, 'InternalFailure', 'x', { kind: 'lost', reason: 'InternalFailure' }],
    [503, 'ServiceUnavailable', 'x', { kind: 'lost', reason: 'ServiceUnavailable' }],
  ])('reads %i %s “%s”', async (status, code, message, expected) => {
    const server = await answering(refused(status, code, message));
    expect(await sendTo(server.endpoint)).toEqual(expected);
    expect(server.requests).toHaveLength(1);
  });

  it('never repeats an address in a reason', async () => {
    const messages = ['Illegal address: "jane doe"@example.org', `${sandbox}reader@example.org`, 'reader@example.org?'];
    for (const message of messages) {
      const server = await answering(refused(400, 'MessageRejected', message));
      expect(JSON.stringify(await sendTo(server.endpoint))).not.toMatch(/@|jane|reader/);
    }
  });

  it.each<[string, SesReply]>([
    ['drops the connection', (response) => response.destroy()],
    [
      'drops it amid the answer',
      (response) => response.writeHead(200, { 'content-length': 500 }).write('<Send', () => response.destroy()),
    ],
    ['answers something else', (response) => response.writeHead(200).end('<html>maintenance</html>')],
    ['answers nothing at all', () => {}],
    ['stops amid the answer', (response) => void response.writeHead(200, { 'content-length': 500 }).write('<Send')],
  ])('is in doubt, and sends no second request, when the server reads the mail and %s', async (_, reply) => {
    const server = await answering(reply, accepted('second'));
    expect(await sendTo(server.endpoint, 200)).toMatchObject({ kind: 'lost' });
    expect(server.requests).toHaveLength(1);
  });

  it('may be tried again when no connection came about', async () => {
    const server = await sesStandIn(accepted('never'));
    await server.close();
    expect(await sendTo(server.endpoint)).toEqual({ kind: 'throttled' });
    expect(await sendTo('http://ses.invalid')).toEqual({ kind: 'throttled' });
  });
});

describe('connections to SES', () => {
  const credentials = { accessKeyId: 'a', secretAccessKey: 's' };
  const isAccepted = { kind: 'accepted', messageId: 'm' };

  function kept(endpoint: string, idleMs = 60_000) {
    const bounds = { connectMs: 500, requestMs: 5_000, idleMs };
    const client = keptSesClient({ endpoint, region: 'eu-west-1', credentials }, bounds);
    closers.push(async () => client.destroy());
    const sender = sesSender(client, { configurationSet: 'digests', sleep: async () => {} });
    return { client, send: () => sender.send(raw, 'reader@example.org', 'post@example.org', tags) };
  }

  it('are kept for the mails of one invocation, and made anew in the next', async () => {
    const server = await answering(accepted('m'));
    const { client, send } = kept(server.endpoint);
    for (let mail = 0; mail < 5; mail += 1) expect(await send()).toEqual(isAccepted);
    expect(server.closed).toHaveLength(1);
    client.destroy();
    await server.closed[0];
    expect(await send()).toEqual(isAccepted);
    expect(server.closed).toHaveLength(2);
  });

  it('are as many as there are mails on their way together', async () => {
    const server = await answering(accepted('m'));
    const { send } = kept(server.endpoint);
    for (let round = 0; round < 3; round += 1) {
      expect(await Promise.all([send(), send(), send()])).toEqual([isAccepted, isAccepted, isAccepted]);
    }
    expect(server.closed).toHaveLength(3);
  });

  it('that SES closed while they idled cost no mail', async () => {
    const server = await answering(accepted('m'));
    const { send } = kept(server.endpoint);
    await Promise.all([send(), send()]);
    server.closeIdle();
    await Promise.all(server.closed);
    for (let mail = 0; mail < 3; mail += 1) expect(await send()).toEqual(isAccepted);
    expect(server.requests).toHaveLength(5);
  });

  it('are closed by us when they have idled', async () => {
    const server = await answering(accepted('m'));
    const { send } = kept(server.endpoint, 40);
    await send();
    await server.closed[0];
    expect(await send()).toEqual(isAccepted);
    expect(server.closed).toHaveLength(2);
  });

  it('that break off after a whole mail leave it in doubt, kept before or not', async () => {
    const server = await answering(accepted('m'), (response) => response.destroy(), accepted('m'));
    const { send } = kept(server.endpoint);
    await send();
    expect(await send()).toMatchObject({ kind: 'lost' });
    expect(server.closed).toHaveLength(1);
    expect(await send()).toEqual(isAccepted);
    expect(server.requests).toHaveLength(3);
  });

  it('that refuse a part of a mail, or never came about, leave no doubt', () => {
    const refusal = Object.assign(new Error('write EPIPE'), { code: 'EPIPE', syscall: 'write', name: 'TimeoutError' });
    expect(classifyFailure(refusal, '')).toEqual({ kind: 'throttled' });
    const message = 'Client network socket disconnected before secure TLS connection was established';
    expect(classifyFailure(Object.assign(new Error(message), { code: 'ECONNRESET' }), '')).toEqual({
      kind: 'throttled',
    });
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
    expect(classifyFailure(reset, '')).toMatchObject({ kind: 'lost' });
  });
});

describe("SES's quota", () => {
  it('is read', async () => {
    const server = await answering(quotaOf(50_000, 14, 123));
    expect(await senderAt(server.endpoint).quota()).toEqual({
      perSecond: 14,
      per24Hours: 50_000,
      sentLast24Hours: 123,
    });
  });

  it('may be without limit', async () => {
    const server = await answering(quotaOf(-1, 14, 0));
    expect((await senderAt(server.endpoint).quota()).per24Hours).toBe(Number.POSITIVE_INFINITY);
  });

  it('is asked for again when the question comes too fast or its answer is lost', async () => {
    const server = await answering(
      refused(400, 'Throttling', 'Rate exceeded'),
      (response) => response.destroy(),
      quotaOf(200, 1, 0),
    );
    expect((await senderAt(server.endpoint).quota()).perSecond).toBe(1);
    expect(server.requests).toHaveLength(3);
  });

  it('fails at once when it may not be asked for', async () => {
    const server = await answering(refused(403, 'AccessDenied', 'no'));
    await expect(senderAt(server.endpoint).quota()).rejects.toThrow('no');
    expect(server.requests).toHaveLength(1);
  });
});
