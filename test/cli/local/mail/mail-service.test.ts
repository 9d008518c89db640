import { GetSendQuotaCommand, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { describe, expect, it } from '@jest/globals';
import type { HouseOptions } from '../../../../cli/local/house-parts.js';
import { arnOf } from '../../../../cli/local/template/physical.js';
import { clientsOf, messagesIn, noon, openTestHouse, sendJobs, sendMail, templateWith } from '../house-fixture.js';

const dayMs = 86_400_000;

describe('the played SES', () => {
  it('accepts a raw mail of a verified domain and keeps it as it came', async () => {
    const { house } = await openTestHouse();
    const messageId = await sendMail(house, { tags: { edition: '2026-03-04' } });
    const [mail] = house.mails();
    expect(mail).toMatchObject({ messageId, at: noon, to: ['reader@mail.example'], tags: { edition: '2026-03-04' } });
    expect(mail).toMatchObject({ from: 'digest@papers.example' });
    expect(mail?.raw.toString()).toContain('Subject: Papers of the day\r\n\r\nGood morning.');
  });

  it('accepts a sender in a domain below a verified one, or verified outside of the template', async () => {
    const { house } = await openTestHouse({ identities: ['me@home.example'] });
    await sendMail(house, { from: 'digest@mail.papers.example' });
    await sendMail(house, { from: 'me@home.example' });
    expect(house.mails()).toHaveLength(2);
  });

  it('refuses a sender that is not verified', async () => {
    const { house } = await openTestHouse();
    const sending = sendMail(house, { from: 'digest@other.example' });
    await expect(sending).rejects.toMatchObject({
      name: 'MessageRejected',
      message: expect.stringContaining('Email address is not verified.'),
    });
    expect(house.mails()).toEqual([]);
  });

  it('refuses a mail whose sender and recipient stand in its headers alone, by what it plays', async () => {
    const { house } = await openTestHouse();
    const Data = Buffer.from('From: digest@papers.example\r\nTo: reader@mail.example\r\n\r\nGood morning.\r\n');
    const sending = clientsOf(house).ses.send(new SendRawEmailCommand({ RawMessage: { Data } }));
    await expect(sending).rejects.toThrow('plays SendRawEmail with Source and Destinations only');
    expect(house.mails()).toEqual([]);
  });

  it('says which mail has no events because it cannot be read', async () => {
    const { house } = await openTestHouse();
    const parts = Array.from(
      { length: 300 },
      (_, index) => `Content-Type: multipart/mixed; boundary=b${index}\r\n\r\n--b${index}`,
    );
    const Data = Buffer.from(parts.join('\r\n'));
    const { MessageId } = await clientsOf(house).ses.send(
      new SendRawEmailCommand({
        Source: 'digest@papers.example',
        Destinations: ['reader@mail.example'],
        RawMessage: { Data },
        ConfigurationSetName: house.output('MailsSet'),
      }),
    );
    await house.settle();
    expect(house.failures()).toEqual([expect.stringContaining(`no events of mail ${MessageId}: `)]);
  });

  it('refuses a tag that SES refuses', async () => {
    const { house } = await openTestHouse();
    await expect(sendMail(house, { tags: { edition: 'a b' } })).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  });

  it.each([
    ['reader@mail.example', ['Send'], undefined],
    ['success+label@simulator.amazonses.com', ['Send'], undefined],
    ['ooto@simulator.amazonses.com', ['Send'], undefined],
    ['bounce+label@simulator.amazonses.com', ['Send', 'Bounce'], 'bounced'],
    ['suppressionlist@simulator.amazonses.com', ['Send', 'Bounce'], 'suppressed'],
    ['complaint@simulator.amazonses.com', ['Send', 'Complaint'], 'complained'],
  ])('tells the default bus what became of a mail to %s', async (to, types, simulated) => {
    const { house } = await openTestHouse();
    const messageId = await sendMail(house, { to, tags: { attempt: '1' } });
    await house.settle();
    const events = (await messagesIn(house, 'MailEventsUrl')).map((body) => JSON.parse(body));
    expect(events.map(({ detail }) => detail.eventType)).toEqual(types);
    expect(events[0]).toMatchObject({
      source: 'aws.ses',
      'detail-type': 'Email Sent',
      detail: { mail: { messageId, tags: { attempt: ['1'] } } },
    });
    expect(house.mails()[0]?.simulated).toBe(simulated);
  });

  it('says of a bounce that it is permanent', async () => {
    const { house } = await openTestHouse();
    await sendMail(house, { to: 'bounce@simulator.amazonses.com' });
    await house.settle();
    const [, bounce = '{}'] = await messagesIn(house, 'MailEventsUrl');
    expect(JSON.parse(bounce).detail.bounce).toMatchObject({ bounceType: 'Permanent', bounceSubType: 'General' });
  });

  it('rejects a mail with the test virus after accepting it', async () => {
    const { house } = await openTestHouse();
    await sendMail(house, { text: 'X EICAR-STANDARD-ANTIVIRUS-TEST-FILE X' });
    await house.settle();
    const types = (await messagesIn(house, 'MailEventsUrl')).map((body) => JSON.parse(body)['detail-type']);
    expect(types).toEqual(['Email Sent', 'Email Rejected']);
  });

  it('holds the daily quota over the last 24 hours of the house’s clock', async () => {
    const { house, clock } = await openTestHouse({ sendQuota: { max24Hour: 2, perSecond: 100 } });
    await sendMail(house);
    await sendMail(house);
    await expect(sendMail(house)).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Daily message quota exceeded.',
    });
    const quota = await clientsOf(house).ses.send(new GetSendQuotaCommand({}));
    expect(quota).toMatchObject({ Max24HourSend: 2, MaxSendRate: 100, SentLast24Hours: 2 });
    clock.set(noon + dayMs);
    await sendMail(house);
    expect(house.mails()).toHaveLength(3);
  });

  it('holds the rate', async () => {
    const { house } = await openTestHouse({ sendQuota: { max24Hour: 100, perSecond: 0 } });
    await expect(sendMail(house)).rejects.toMatchObject({
      name: 'Throttling',
      message: 'Maximum sending rate exceeded.',
    });
  });

  it('refuses a mail whose readers see another sender than SES was told, unless that is verified too', async () => {
    const { house } = await openTestHouse({ identities: ['me@home.example'] });
    const send = (from: string) =>
      clientsOf(house).ses.send(
        new SendRawEmailCommand({
          Source: 'digest@papers.example',
          Destinations: ['reader@mail.example'],
          RawMessage: {
            Data: Buffer.from(`To: reader@mail.example\r\nFrom: You\r\n <${from}>\r\n\r\nGood morning.\r\n`),
          },
        }),
      );
    await expect(send('you@bank.example')).rejects.toMatchObject({ name: 'MessageRejected' });
    await send('me@home.example');
    expect(house.mails()).toHaveLength(1);
  });

  it('wants receivers verified in the sandbox, and lets the mailbox simulator pass', async () => {
    const { house } = await openTestHouse({ isSandboxed: true, identities: ['friend@mail.example'] });
    await sendMail(house, { to: 'friend@mail.example' });
    await sendMail(house, { to: 'bounce+label@simulator.amazonses.com' });
    await expect(sendMail(house)).rejects.toMatchObject({
      name: 'MessageRejected',
      message: expect.stringContaining('US-EAST-1: reader@mail.example'),
    });
    expect(house.mails()).toHaveLength(2);
  });
});

describe('a function that may send under a condition', () => {
  const statement = (Resource: unknown, address: string) => ({
    Effect: 'Allow',
    Action: 'ses:SendRawEmail',
    Resource,
    Condition: { StringEquals: { 'ses:FromAddress': address } },
  });
  const sends = async (Statement: readonly object[], options: Partial<HouseOptions> = {}) => {
    const policy = { PolicyName: 'mail', PolicyDocument: { Statement } };
    const template = templateWith({ WorkerRole: { Properties: { Policies: [policy] } } });
    const { house, logged } = await openTestHouse({ ...options, template });
    await sendJobs(house, { act: 'mail', from: 'digest@papers.example', to: 'reader@mail.example' });
    await house.settle();
    return { failure: house.failures()[0], logged, mails: house.mails() };
  };
  const identity = arnOf('ses', 'identity/papers.example');

  it('may with the address that the condition names, and with no other', async () => {
    expect((await sends([statement(identity, 'digest@papers.example')])).mails).toHaveLength(1);
    const refused = await sends([statement(identity, 'other@papers.example')]);
    expect(refused.mails).toEqual([]);
    expect(refused.logged).toContain('WorkerFn: mail: AccessDenied');
    expect(refused.failure).toMatch(/^WorkerFn may not ses:SendRawEmail on arn:aws:ses:.*identity\/papers.example/);
  });

  it('needs the right on the receiver’s identity too, in the sandbox', async () => {
    const sandbox = { isSandboxed: true, identities: ['reader@mail.example'] };
    const own = statement(identity, 'digest@papers.example');
    expect((await sends([own], sandbox)).failure).toMatch(/on arn:aws:ses:.*identity\/reader@mail.example: its role/);
    const anybody = statement(arnOf('ses', 'identity/*'), 'digest@papers.example');
    expect((await sends([own, anybody], sandbox)).mails).toHaveLength(1);
  });
});
