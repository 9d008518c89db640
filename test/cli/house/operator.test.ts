import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Place } from '../../../cli/command/command.js';
import { type Operator, withOperator } from '../../../cli/house/operator.js';
import { withPaperboy } from '../../../cli/house/paperboy-house.js';
import { realClock, virtualClock } from '../../../cli/local/clock.js';
import { lockDataDir, saveTime } from '../../../cli/local/data-folder.js';
import { aProfile, instant } from '../../support/builders.js';
import { inEnvironment } from '../../support/in-environment.js';
import { playStack } from '../../support/played-stack.js';

jest.setTimeout(120_000);

let dir: string;
const left = instant('2026-08-07T09:00');
const at = (name: string) => join(dir, name);
const local = (name: string): Place => ({ kind: 'local', dataDir: at(name) });
const deployed = (over: object = {}): Place => ({ kind: 'deployed', stack: 'Papers', ...over });

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'operator-'));
  const clock = virtualClock(left);
  saveTime(at('house'), left);
  await withPaperboy({ clock, dataDir: at('house') }, ({ subscribe }) =>
    subscribe(aProfile({ address: 'Ada@Example.org' }), clock.now()),
  );
});
afterAll(() => rmSync(dir, { recursive: true }));

const adasState = async ({ idOf, subscribers, now }: Operator) =>
  subscribers.statusOf(await idOf('ada@example.org'), now());
const complaint = (place: Place, environment: Readonly<Record<string, string>> = {}) =>
  inEnvironment(environment, () => withOperator(place, adasState)).then(
    () => 'nothing',
    (error: Error) => error.message,
  );

describe('a house in a folder', () => {
  it('is worked on at the time at which it was left', async () => {
    await withOperator(local('house'), async (operator) => {
      expect([operator.kind, operator.name, operator.now()]).toEqual(['local', at('house'), left]);
      expect(await adasState(operator)).toBe('active');
    });
  });

  it('is not made where there is none', async () => {
    expect(await complaint(local('nowhere'))).toBe(
      `--data: ${at('nowhere')} does not exist; name the folder that npm start -- --data DIR keeps`,
    );
    mkdirSync(at('photos'));
    expect(await complaint(local('photos'))).toMatch(/holds no Paperboy \(.*ports.json is missing\)/);
    writeFileSync(at('a file'), '');
    expect(await complaint(local('a file'))).toMatch(/is no folder/);
    expect([readdirSync(dir).sort(), readdirSync(at('photos'))]).toEqual([['a file', 'house', 'photos'], []]);
  });

  it('is left alone while another process has it', async () => {
    const unlock = lockDataDir(at('house'));
    expect(await complaint(local('house'))).toMatch(/is in use by process \d+: stop it, or name another folder/);
    unlock();
  });
});

describe('a deployed stack', () => {
  it('is found by its outputs, with the clients, tables and keys that a local one has', async () => {
    await withPaperboy({ clock: realClock(), dataDir: at('house'), isAtRest: true }, async ({ house, idOf }) => {
      const account = await playStack({ name: 'Papers', house });
      await inEnvironment(account.environment, () =>
        withOperator(deployed(), async (operator) => {
          expect([operator.kind, operator.name]).toEqual(['deployed', 'Papers']);
          expect(await operator.idOf('ADA@example.org')).toBe(idOf('ada@example.org'));
          expect(await adasState(operator)).toBe('active');
          expect(() => operator.output('Weather')).toThrow('Papers has no output Weather: deploy this version');
        }),
      );
      expect(account.asked[0]).toBe('cloudformation:DescribeStacks');
      await account.close();
    });
  });

  it.each([
    [
      'whose name is wrong',
      {},
      /^--stack: there is no stack Papers in us-east-1 of this account; .*list-stacks.*--region or --profile/,
    ],
    [
      'that another application has',
      { name: 'Papers' },
      /is no Paperboy that is deployed: it has no output PapersTable/,
    ],
    [
      'whose credentials have expired',
      {
        refusal: {
          status: 403,
          code: 'ExpiredToken',
          message: 'The security token included in the request is expired',
        },
      },
      /^the AWS credentials have expired: sign in/,
    ],
    [
      'whose credentials are wrong',
      {
        refusal: {
          status: 403,
          code: 'InvalidClientTokenId',
          message: 'The security token included in the request is invalid.',
        },
      },
      /^AWS does not take the credentials: sign in/,
    ],
    [
      'that the credentials may not see',
      { refusal: { status: 403, code: 'AccessDenied', message: 'User is not authorized to perform: x' } },
      /^AWS does not allow this: User is not authorized to perform: x; /,
    ],
    [
      'whose place a proxy takes',
      { refusal: { status: 404, code: 'Unknown', message: 'no such page' } },
      /^AWS, or a proxy before it, answered Unknown \(HTTP 404, no such page\): look at your proxy/,
    ],
  ])('%s is one line', async (_case, account, said) => {
    const { environment, close } = await playStack({ name: 'Other', ...account });
    const message = await complaint(deployed(), environment);
    await close();
    expect(message).toMatch(said);
    expect(message).not.toContain('\n');
  });

  it('without region, credentials or profile is one line', async () => {
    expect(await complaint(deployed())).toMatch(/^no region is chosen: add --region REGION/);
    expect(await complaint(deployed({ region: 'us-east-1' }))).toMatch(/^there are no AWS credentials: sign in/);
    expect(await complaint(deployed({ region: 'us-east-1', profile: 'work' }))).toMatch(
      /^there are no AWS credentials for profile work: sign in/,
    );
  });

  it('behind a network that does not answer is one line, soon', async () => {
    const server = createServer();
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    await new Promise((closed) => server.close(closed));
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAPLAYED', AWS_SECRET_ACCESS_KEY: 'not checked', AWS_REGION: 'us-east-1' };
    const message = await complaint(deployed(), { ...keys, AWS_ENDPOINT_URL: `http://127.0.0.1:${port}` });
    expect(message).toMatch(/^AWS cannot be reached \(.*ECONNREFUSED.*\): look at your network, proxy and --region/);
  });

  it('takes region and credentials of a profile, as the AWS CLI does', async () => {
    const { environment, close, asked } = await playStack({ name: 'Papers', outputs: {} });
    writeFileSync(at('config'), '[profile work]\nregion = eu-west-1\n');
    writeFileSync(at('credentials'), '[work]\naws_access_key_id = AKIAWORK\naws_secret_access_key = secret\n');
    const { AWS_ENDPOINT_URL = '' } = environment;
    const files = { AWS_CONFIG_FILE: at('config'), AWS_SHARED_CREDENTIALS_FILE: at('credentials'), AWS_ENDPOINT_URL };
    expect(await complaint(deployed({ profile: 'work' }), files)).toMatch(/^--stack: Papers in eu-west-1 /);
    expect(await complaint(deployed(), { ...files, AWS_PROFILE: 'work' })).toMatch(/^--stack: Papers in eu-west-1 /);
    expect(await complaint(deployed({ profile: 'work' }), { ...files, AWS_DEFAULT_REGION: 'eu-north-1' })).toMatch(
      /^--stack: Papers in eu-north-1 /,
    );
    expect(asked).toHaveLength(3);
    await close();
  });
});
