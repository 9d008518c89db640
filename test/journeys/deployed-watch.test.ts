import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import type { Command } from '../../cli/command/command.js';
import { cost } from '../../cli/commands/watch/cost.js';
import { dnsBy } from '../../cli/commands/watch/doctor/dns.js';
import { type Examined, examineStack } from '../../cli/commands/watch/doctor/examine-stack.js';
import { doctor } from '../../cli/commands/watch/doctor.js';
import { status } from '../../cli/commands/watch/status.js';
import { parseConfiguration } from '../../infra/configuration/configuration.js';
import { aProfile, day, instant } from '../support/builders.js';
import { listening } from '../support/heard.js';
import { inEnvironment } from '../support/in-environment.js';
import { playDns } from '../support/played-dns.js';
import { type PlayedServices, playServices } from '../support/played-services.js';
import { mailDomain as domain, topicWith, wellAnswers } from './deployed-stack.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(180_000);

const now = instant('2026-08-07T06:30');
const own = {
  sender: `Papers <digest@${domain}>`,
  postalAddress: 'Ann Reader, 1 Road, Town',
  contact: 'ann@reader.dev',
  alarmAddress: 'ann@reader.dev',
  domain,
  hostedZone: { id: 'Z0123456789ABC', name: 'reader.dev' },
};
const zone = {
  [`aaa._domainkey.${domain}`]: { CNAME: ['aaa.dkim.amazonses.com'] },
  [`mail.${domain}`]: { MX: ['feedback-smtp.us-east-1.amazonses.com'], TXT: ['v=spf1 include:amazonses.com ~all'] },
  [`_dmarc.${domain}`]: { TXT: ['v=DMARC1; p=none'] },
};

let made: Synthesized;
let opened: OpenedHouse;

/** Works on the deployed stack at half past six, with other answers where they are given. */
async function played<Result>(
  work: (services: PlayedServices) => Promise<Result>,
  over: Parameters<typeof playServices>[0] = {},
): Promise<Result> {
  const services = await playServices({ ...wellAnswers(opened, made), ...over }, opened.house);
  const clock = jest.spyOn(Date, 'now').mockReturnValue(now);
  try {
    return await inEnvironment(services.environment, () => work(services));
  } finally {
    clock.mockRestore();
    await services.close();
  }
}

async function say(command: Command, ...args: readonly string[]) {
  const { heard, io } = listening();
  await callCommand(command, args, () => io);
  return heard;
}

beforeAll(async () => {
  made = synthesizeOnce();
  opened = await openAt(day('2026-08-07'), made);
  await opened.welcome([aProfile({ topics: [{ name: 'Agents', filter: 'agents' }] })]);
  await opened.passTime(now);
});
afterAll(async () => {
  await opened.close();
  made.remove();
});

describe('the status of a deployed stack', () => {
  it('is read from its tables and services, and changes nothing', async () => {
    const { heard, asked } = await played(async ({ asked }) => ({
      heard: await say(status, '--stack', 'Paperboy'),
      asked,
    }));
    expect(heard.out).toContain('The stack Paperboy, 2026-08-07 06:30 UTC\n');
    expect(heard.out).toContain('  edition       2026-08-07, 12 papers, published 2026-08-07 05:00');
    expect(heard.out).toMatch(/ {2}alarms {8}none of \d\d\n/);
    expect(heard.out).toContain('  schedules     all on\n');
    expect(heard.out).toContain('  SES           1 of 50,000 mails in 24 hours, 14 a second\n');
    expect(heard).toMatchObject({ code: 0, json: { unknown: {}, subscribers: { active: 1 } } });
    for (const name of asked) expect(name).toMatch(/:(Get|Describe|List|Query|Scan|BatchGet|\/)/);
  });

  it('shows the others where a service refuses, and ends with 1', async () => {
    const refused = () => ({ refused: 'AccessDenied' });
    const heard = await played(() => say(status, '--stack', 'Paperboy'), {
      'monitoring:DescribeAlarms': refused,
      'lambda:/2015-03-31/event-source-mappings/': refused,
    });
    expect(heard.out).toContain('? alarms        could not be read: AccessDenied');
    expect(heard.out).toContain('? schedules     could not be read: AccessDenied');
    expect(heard.out).toContain('  edition       2026-08-07, 12 papers');
    expect(heard).toMatchObject({
      code: 1,
      json: { alarms: null, unknown: { alarms: 'AccessDenied', switches: 'AccessDenied' } },
    });
  });
});

describe('the doctor of a deployed stack', () => {
  /** The checks by id, as `state what`; with the settings of the stack. */
  async function examined(
    over: Parameters<typeof playServices>[0] = {},
    given: Partial<Examined> = {},
    settings: object = own,
  ) {
    const { server, close } = await playDns(zone);
    const readConfiguration = () => parseConfiguration(settings);
    const checks = await played(() => examineStack({ dns: dnsBy(server), readConfiguration, ...given }), over);
    await close();
    return Object.fromEntries(checks.map(({ id, state, what, do: todo }) => [id, `${state} ${what}; ${todo}`]));
  }

  it('finds all well, from the settings to the records of the domain', async () => {
    const found = await examined({}, { stack: 'Paperboy' });
    expect(Object.entries(found).filter(([, text]) => !text.startsWith('ok '))).toEqual([]);
    expect(Object.keys(found)).toEqual([
      ...[
        'settings',
        'region',
        'credentials',
        'bootstrap',
        'lambda-quota',
        'ses',
        'stack',
        'identity',
        'alarm-address',
      ],
      ...['house', 'ingest', 'sources', 'edition', 'run', 'queues', 'dead-letters', 'schedules', 'in-alarm', 'sending'],
      ...['reputation', 'alarm-listeners', 'ses-quota', 'dkim', 'mail-from', 'spf', 'dmarc'],
    ]);
  });

  it('fails for a listener who has not confirmed, a sandbox and a rate that SES does not take', async () => {
    const over = {
      'sns:GetTopicAttributes': () => topicWith(0, 1),
      'ses:/v2/email/account': () => ({
        ...{ SendingEnabled: true, ProductionAccessEnabled: false },
        SendQuota: { Max24HourSend: 200, MaxSendRate: 1, SentLast24Hours: 0 },
      }),
    };
    const found = await examined(over, { stack: 'Paperboy' });
    expect(found['alarm-listeners']).toMatch(/^failure nobody has confirmed .*; click the link/);
    expect(found.ses).toMatch(/^failure the account is in the sandbox.*; ask for production access/);
    expect(found['ses-quota']).toMatch(/^failure 0 of 200 .* sendRate is 14; write "sendRate": 1, or/);
  });

  it('fails for a schedule that is off', async () => {
    const { schedules } = await examined({ 'events:DescribeRule': () => ({ State: 'DISABLED' }) });
    expect(schedules).toMatch(/^failure off: IngestPapersSchedule, .*; enable it/);
  });

  it('runs what can be run before the first deployment', async () => {
    const missing = () => ({ refused: 'ValidationError', message: 'Stack with id Paperboy does not exist' });
    const found = await examined(
      {
        'cloudformation:DescribeStacks': missing,
        'cloudformation:ListStackResources': missing,
        'ses:/v2/email/identities': () => ({ refused: 'NotFoundException' }),
      },
      {},
    );
    expect(found.house).toBe('skipped Paperboy is not deployed yet; run `npm run deploy`');
    expect(found.stack).toMatch(/^ok Paperboy will be new/);
    expect(found.dkim).toMatch(/^skipped SES does not know papers\.reader\.dev yet; look again after/);
  });

  it('says where the settings are of another stack, and skips the records of an address', async () => {
    const { domain: _, hostedZone: _zone, ...address } = own;
    const found = await examined({}, { stack: 'Paperboy' }, { ...address, stage: 'test' });
    expect(found['stack-settings']).toMatch(/^failure the settings are those of Paperboy-test, not of Paperboy;/);
    expect(found.dmarc).toMatch(/^skipped the identity of SES is a single address/);
  });

  it('takes a mail that is given, and ends with 1 while anything fails', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'doctor-'));
    writeFileSync(join(dir, 'mail.eml'), 'From: digest@papers.reader.dev\r\nSubject: x\r\n\r\n');
    const heard = await played(() => say(doctor, '--stack', 'Paperboy', '--headers', join(dir, 'mail.eml')));
    rmSync(dir, { recursive: true });
    const { ok, checks } = heard.json as {
      ok: boolean;
      checks: readonly { id: string; ok: boolean; what: string; do: string }[];
    };
    expect([heard.code, ok]).toEqual([1, false]);
    expect(checks.find(({ id }) => id === 'headers-dkim')).toMatchObject({
      ok: false,
      what: expect.stringContaining('no DKIM'),
    });
    for (const check of checks) expect([check.id, check.ok || check.do !== '']).toEqual([check.id, true]);
    expect(heard.out.trim().split('\n')).toHaveLength(checks.length);
  });

  it('names a file that is not there, before it asks anybody', async () => {
    const asked = await played(async (services) => {
      await expect(say(doctor, '--headers', join(tmpdir(), 'no-such-mail'))).rejects.toThrow(
        /^--headers: .* does not exist; name/,
      );
      await expect(say(doctor, '--headers', tmpdir())).rejects.toThrow(/^--headers: .* is a folder; name/);
      return services.asked;
    });
    expect(asked).toEqual([]);
  });
});

describe('the cost of a deployed stack', () => {
  it('is what CloudWatch counted and the ledger, by the month so far', async () => {
    const heard = await played(() => say(cost, '--stack', 'Paperboy'));
    const { items, digests, perThousand, unknown } = heard.json as {
      items: readonly { what: string; units: number; usd: number; estimated: boolean }[];
      digests: number;
      perThousand: number;
      unknown: readonly string[];
    };
    expect([heard.code, digests, unknown]).toEqual([0, 1, []]);
    const functions = Object.values(made.template.Resources).filter(
      ({ Type }) => Type === 'AWS::Lambda::Function',
    ).length;
    const invocations = items.find(({ what }) => what === 'Lambda invocations');
    expect(invocations).toMatchObject({ units: 125 * functions, estimated: false });
    const alarms = Object.values(made.template.Resources).filter(
      ({ Type }) => Type === 'AWS::CloudWatch::Alarm',
    ).length;
    const share = (now - instant('2026-08-01T00:00')) / (31 * 86_400_000);
    expect(items.find(({ what }) => what.startsWith('metrics in alarms'))?.units).toBeCloseTo((alarms + 1) * share, 1);
    expect(perThousand).toBeGreaterThan(0);
  });

  it('says what could not be read, and ends with 1', async () => {
    const heard = await played(() => say(cost, '--stack', 'Paperboy'), {
      'monitoring:DescribeAlarms': () => ({ refused: 'AccessDenied' }),
    });
    expect(heard.code).toBe(1);
    expect(heard.out).toContain('? could not be read: alarms: AccessDenied\n');
    expect(heard.json).toMatchObject({ unknown: ['alarms: AccessDenied'] });
  });
});
