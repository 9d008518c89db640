import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError, parseConfiguration } from '../../../infra/configuration/configuration.js';
import { preflight } from '../../../infra/preflight/preflight.js';
import { type PlayedAccount, playAccount } from './played-account.js';

const own = {
  sender: 'Paperboy <papers@paper.dev>',
  postalAddress: 'Ann Reader, 1 Road, Town',
  contact: 'ann@paper.dev',
  alarmAddress: 'ann@paper.dev',
};

const ready: PlayedAccount = {
  bootstrap: '28',
  credentialsWork: true,
  stacks: {},
  freeExecutions: 1000,
  isInSandbox: false,
  identities: {},
};

const house: { close?: () => Promise<void> } = {};
afterEach(() => house.close?.());

beforeAll(() => {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: 'AKIAPLAYED',
    AWS_SECRET_ACCESS_KEY: 'played',
    AWS_MAX_ATTEMPTS: '1',
  });
});

/** The findings by what they are about, as `state text`, and the names of all actions that AWS was asked for. */
async function findingsOf(
  account: Partial<PlayedAccount>,
  settings: object = {},
): Promise<Readonly<Record<string, string>>> {
  const played = await playAccount({ ...ready, ...account });
  house.close = played.close;
  const readConfiguration = () => parseConfiguration({ ...own, ...settings });
  const findings = await preflight({ readConfiguration, region: 'eu-west-1', endpoint: played.endpoint });
  const found = findings.map(({ about, state, text }) => [about, `${state} ${text}`]);
  return { ...Object.fromEntries(found), asked: played.asked.join(' ') };
}

describe('before a deployment', () => {
  it('finds nothing amiss in an account that is ready, and only looks', async () => {
    const { asked, ...found } = await findingsOf({});
    expect(found).toEqual({
      settings: 'ok paperboy.config.json',
      region: 'ok eu-west-1',
      credentials: 'ok account 123456789012, as user/ann',
      bootstrap: 'ok version 28',
      'Lambda quota': 'ok 1000 functions at once',
      SES: 'ok 50000 mails a day, 14 a second',
      stack: 'ok Paperboy will be new',
      identity: 'ok papers@paper.dev will be new, and must be verified after the deployment',
      alarms: 'ok mailed to ann@paper.dev, once it has confirmed',
    });
    for (const name of asked?.split(' ') ?? []) expect(name).toMatch(/^(Get|Describe|List|\/)/);
  });

  it('fails at example values, at wrong ones and at a missing region, before it asks anybody', async () => {
    expect((await findingsOf({}, { contact: 'admin@example.org' })).settings).toBe(
      'failure paperboy.config.json: contact still hold example values; write your own',
    );
    const wrong = () => {
      throw new ConfigurationError(['paperboy.config.json, sender: write an address']);
    };
    const findings = await preflight({ readConfiguration: wrong, region: undefined });
    expect(findings).toEqual([
      { about: 'settings', state: 'failure', text: 'paperboy.config.json, sender: write an address' },
      { about: 'region', state: 'failure', text: expect.stringMatching(/^none is chosen; write `AWS_REGION=/) },
    ]);
  });

  it('fails where AWS takes no credentials, says how to sign in, and asks nothing more', async () => {
    const { asked, credentials } = await findingsOf({ credentialsWork: false });
    expect(credentials).toMatch(/^failure AWS takes none \(ExpiredToken\w*\); sign in with `aws sso login`/);
    expect(asked).toBe('GetCallerIdentity');
  });

  it.each([
    ['is not there', {}, 'failure this account and region have none'],
    ['is too old', { bootstrap: '5' }, 'failure version 5 is too old, 6 is needed'],
  ])('fails where the bootstrap stack %s, with the command to run', async (_name, over, text) => {
    const { bootstrap: _, ...bare } = ready;
    const { bootstrap } = await findingsOf({ ...bare, bootstrap: undefined, ...over } as PlayedAccount);
    expect(bootstrap).toBe(`${text}; run \`npx cdk bootstrap aws://123456789012/eu-west-1\``);
  });

  it.each([
    ['UPDATE_COMPLETE', /^ok /],
    ['ROLLBACK_COMPLETE', /^ok /],
    ['REVIEW_IN_PROGRESS', /^ok /],
    ['UPDATE_IN_PROGRESS', /^failure .*wait until/],
    ['UPDATE_ROLLBACK_FAILED', /^failure .*is stuck/],
    ['ROLLBACK_FAILED', /^failure .*is stuck/],
    ['DELETE_FAILED', /^failure .*is stuck/],
  ])('of a stack that is %s says %s', async (status, text) => {
    expect((await findingsOf({ stacks: { Paperboy: { status } } })).stack).toMatch(text);
  });

  it('looks at the stack of its stage', async () => {
    const stacks = { Paperboy: { status: 'UPDATE_IN_PROGRESS' } };
    expect((await findingsOf({ stacks }, { stage: 'test' })).stack).toBe('ok Paperboy-test will be new');
  });

  it('takes a new account’s quota, and warns of less', async () => {
    expect((await findingsOf({ freeExecutions: 10 }))['Lambda quota']).toBe('ok 10 functions at once');
    await house.close?.();
    expect((await findingsOf({ freeExecutions: 5 }))['Lambda quota']).toMatch(/^warning only 5 .* ask Service Quotas/);
    await house.close?.();
    const many = await findingsOf({ freeExecutions: 10 }, { sendRate: 500 });
    expect(many['Lambda quota']).toMatch(/^warning only 10 .* ask Service Quotas/);
  });

  it('only warns of the sandbox, of paused sending, and where nobody hears the alarms', async () => {
    expect((await findingsOf({ isInSandbox: true })).SES).toMatch(/^warning the account is in the sandbox/);
    await house.close?.();
    expect((await findingsOf({ isPaused: true })).SES).toMatch(/^warning sending is paused/);
    await house.close?.();
    expect((await findingsOf({}, { alarmAddress: undefined })).alarms).toMatch(/^warning nobody hears the alarms/);
  });

  it('fails where the stack would make an identity that SES has already, from whoever else', async () => {
    const identities = { 'papers@paper.dev': true };
    expect((await findingsOf({ identities })).identity).toBe(
      'failure SES has papers@paper.dev already, and the stack cannot make it: write "identity": "papers@paper.dev"',
    );
    await house.close?.();
    const stacks = { Paperboy: { status: 'UPDATE_COMPLETE', identities: ['papers@paper.dev'] } };
    expect((await findingsOf({ identities, stacks })).identity).toBe('ok papers@paper.dev is verified');
    await house.close?.();
    expect((await findingsOf({ identities, stacks }, { stage: 'test' })).identity).toMatch(/^failure /);
  });

  it('only warns of an identity that is not verified yet, or that SES does not know', async () => {
    const stacks = { Paperboy: { status: 'UPDATE_COMPLETE', identities: ['papers@paper.dev'] } };
    expect((await findingsOf({ stacks, identities: { 'papers@paper.dev': false } })).identity).toMatch(
      /^warning .*not verified yet/,
    );
    await house.close?.();
    expect((await findingsOf({}, { identity: 'paper.dev' })).identity).toMatch(/^warning SES does not know paper\.dev/);
    await house.close?.();
    const known = { identities: { 'paper.dev': true } };
    expect((await findingsOf(known, { identity: 'paper.dev' })).identity).toBe('ok paper.dev is verified');
  });

  it('asks for the domain’s identity, and fails at a certificate of another region', async () => {
    const domain = {
      sender: 'hello@papers.paper.dev',
      domain: 'papers.paper.dev',
      certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0a1b2c3d-0000-4000-8000-000000000000',
    };
    const { identity, certificate } = await findingsOf({}, domain);
    expect(identity).toMatch(/^ok papers\.paper\.dev will be new/);
    expect(certificate).toBe('failure it is in us-east-1; ask for one in eu-west-1, or deploy there');
  });

  it('only warns of what it may not look at', async () => {
    const { asked: _, ...found } = await findingsOf({ refused: ['ssm', 'lambda', 'ses', 'cloudformation'] });
    for (const about of ['bootstrap', 'Lambda quota', 'SES', 'stack', 'identity']) {
      expect(found[about]).toMatch(/^warning could not be looked at \(AccessDenied/);
    }
  });
});
