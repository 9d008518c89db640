import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeleteItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ListQueuesCommand } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  clientsOf,
  messagesIn,
  noon,
  noteOf,
  openTestHouse,
  passTime,
  publish,
  sendJobs,
  sendMail,
  template,
  writeNote,
} from './house-fixture.js';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'house-'));
  folders.push(folder);
  return folder;
};

describe('what a function may do', () => {
  it('lets a function call what its role grants', async () => {
    const { house } = await openTestHouse();
    await sendJobs(house, { act: 'note', note: 'one' });
    await house.settle();
    expect(await noteOf(house, 'one')).toBeDefined();
    expect(house.failures()).toEqual([]);
  });

  it('refuses a call that its role does not grant, and names function, action and resource', async () => {
    const { house, logged } = await openTestHouse();
    await sendJobs(house, { act: 'forbidden' });
    await house.settle();
    expect(logged).toContain('WorkerFn: forbidden: AccessDeniedException');
    expect(house.failures()[0]).toMatch(/^WorkerFn may not dynamodb:PutItem on arn:aws:dynamodb:.*:table\/Hidden/);
  });

  it('asks for a grant on the index, not on the table, when an index is queried', async () => {
    const { house } = await openTestHouse();
    await sendJobs(house, { act: 'queryIndex' });
    await house.settle();
    expect(house.failures()).toEqual([]);
    await sendJobs(house, { act: 'queryTable' });
    await house.settle();
    expect(house.failures()[0]).toMatch(/^WorkerFn may not dynamodb:Query on .*table\/Notes:/);
  });

  it('answers a key that it does not know with an error', async () => {
    const { house } = await openTestHouse();
    const { dynamo } = clientsOf({ ...house, credentials: { accessKeyId: 'AKIAOTHER', secretAccessKey: 'x' } });
    const TableName = house.output('NotesTable');
    const call = dynamo.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'x' } } }));
    await expect(call).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('gives a function its own environment and nothing of the machine', async () => {
    process.env.OF_THE_MACHINE = 'yes';
    const { house } = await openTestHouse({ environment: { SOURCE: 'http://127.0.0.1:1', STRANGER: 'no' } });
    await sendJobs(house, { act: 'environment' });
    await house.settle();
    const environment = JSON.parse((await noteOf(house, 'environment'))?.json?.S ?? '{}');
    expect(environment).toMatchObject({
      NOTES: 'Notes',
      SOURCE: 'http://127.0.0.1:1',
      AWS_ENDPOINT_URL: house.endpoint,
    });
    const foreign = Object.keys(environment).filter(
      (name) => !/^(AWS_|_HANDLER$|_X_AMZN_TRACE_ID$|NOTES$|HIDDEN$|BUS$|SOURCE$)/.test(name),
    );
    expect(foreign).toEqual([]);
  });
});

describe('queues', () => {
  it('tries a message again until it goes to the dead-letter queue, and spares the others of its batch', async () => {
    const { house, clock, logged } = await openTestHouse();
    await sendJobs(house, { act: 'fail' }, { act: 'note', note: 'spared' });
    await passTime({ house, clock }, noon + 3 * 60_000);
    expect(logged.filter((line) => line === 'WorkerFn: fail: Error')).toHaveLength(3);
    expect(await noteOf(house, 'spared')).toBeDefined();
    expect(await messagesIn(house, 'DeadLettersUrl')).toEqual(['{"act":"fail"}']);
    expect(await messagesIn(house, 'JobsUrl')).toEqual([]);
  });

  it('refuses an action that is not played, by name', async () => {
    const { house } = await openTestHouse();
    const call = clientsOf(house).sqs.send(new ListQueuesCommand({}));
    await expect(call).rejects.toThrow(/does not exist|does not play/);
  });
});

describe('events and schedules', () => {
  it('gives an event to the function whose rule matches it, by the path the rule names', async () => {
    const { house } = await openTestHouse();
    await publish(house, { kind: 'note of the day', note: 'from event' });
    await publish(house, { kind: 'other', note: 'no match' });
    await publish(house, { kind: 'note', note: 'no source' }, 'somebody');
    await house.settle();
    expect(JSON.parse((await noteOf(house, 'from event'))?.event?.S ?? '')).toMatchObject({ note: 'from event' });
    expect(await noteOf(house, 'no match')).toBeUndefined();
    expect(await noteOf(house, 'no source')).toBeUndefined();
  });

  it('sends an event that fails every attempt to the dead-letter queue, and says so', async () => {
    const { house, clock } = await openTestHouse();
    await publish(house, { kind: 'note', fails: true });
    await passTime({ house, clock }, noon + 3 * 60_000);
    const [event = '{}'] = await messagesIn(house, 'DeadLettersUrl');
    expect(JSON.parse(event)).toMatchObject({ fails: true });
    expect(house.failures()).toEqual([
      ...Array(3).fill('RecorderFn failed: Error: told to fail'),
      'an event of RecorderFn failed 3 times and went to DeadLetters',
    ]);
  });

  it('fires the schedules that are due at an instant, with the rule’s input', async () => {
    const { house } = await openTestHouse();
    expect(house.nextScheduled(noon)).toBe(noon + 15 * 60_000);
    await house.runSchedules(noon + 15 * 60_000);
    await house.settle();
    expect(await noteOf(house, 'hourly')).toBeUndefined();
    await house.runSchedules(noon + 60 * 60_000);
    await house.settle();
    expect(await noteOf(house, 'hourly')).toBeDefined();
  });

  it('fires the schedule of one function by its name, and knows when there is none', async () => {
    const { house } = await openTestHouse();
    await house.fire('Recorder');
    await house.settle();
    expect(await noteOf(house, 'hourly')).toBeDefined();
    await expect(house.fire('Worker')).rejects.toThrow('no schedule for a function Worker');
  });
});

describe('time', () => {
  it('shows functions the house’s clock, also after it was set', async () => {
    const { house, clock } = await openTestHouse();
    for (const at of [noon, noon + 3_600_000]) {
      clock.set(at);
      await house.fire('Clock');
      await house.settle();
      const seen = JSON.parse((await noteOf(house, `clock ${at}`))?.seen?.S ?? '{}');
      expect(seen).toEqual({ now: at, made: at, text: at, given: '1970-01-02T00:00:00.000Z', isDate: true });
    }
  });

  it('refuses a clock that goes back', async () => {
    const { clock } = await openTestHouse();
    expect(() => clock.set(noon - 1)).toThrow('cannot go back');
  });
});

describe('templates', () => {
  it('refuses a resource that it does not play, by type and name', async () => {
    const Resources = { ...template.Resources, Stream: { Type: 'AWS::Kinesis::Stream' } };
    const opening = openTestHouse({ template: { ...template, Resources } });
    await expect(opening).rejects.toThrow(
      'the template has AWS::Kinesis::Stream (Stream), which the local runner does not play',
    );
  });

  it('refuses a resource under a condition, by type and name', async () => {
    const Resources = { ...template.Resources, Other: { Type: 'AWS::SQS::Queue', Condition: 'Never' } };
    const opening = openTestHouse({ template: { ...template, Resources } });
    await expect(opening).rejects.toThrow('AWS::SQS::Queue (Other) under a condition');
  });

  it('says where a function’s code is missing', async () => {
    await expect(openTestHouse({ assembly: newFolder() })).rejects.toThrow('the code of WorkerFn is not in');
  });

  it('answers outputs as they are on this machine', async () => {
    const { house } = await openTestHouse();
    expect(house.output('NotesTable')).toBe('Notes');
    expect(house.output('PagesUrl')).toBe(`${house.pagesUrl}/`);
    expect(() => house.output('Nothing')).toThrow('no output Nothing');
  });
});

describe('state', () => {
  const secretOf = async (house: Parameters<typeof clientsOf>[0] & { output(name: string): string }) => {
    const secrets = new SecretsManagerClient({ ...house, region: 'us-east-1' });
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: house.output('KeysSecret') }));
    return JSON.parse(SecretString ?? '{}');
  };

  it('makes the secret as the template says, and lets it be replaced', async () => {
    const { house } = await openTestHouse();
    const secret = await secretOf(house);
    expect(secret).toMatchObject({ signing: ['k1'], root: expect.stringMatching(/^[A-Za-z0-9]{64}$/) });
    const secrets = new SecretsManagerClient({ ...house, region: 'us-east-1' });
    const SecretString = JSON.stringify({ ...secret, signing: ['k2', 'k1'] });
    await secrets.send(new PutSecretValueCommand({ SecretId: house.output('KeysSecret'), SecretString }));
    expect(await secretOf(house)).toEqual({ ...secret, signing: ['k2', 'k1'] });
  });

  it('finds tables, messages, mails, the secret and its addresses again after reopening', async () => {
    const dataDir = newFolder();
    const { house } = await openTestHouse({ dataDir });
    await writeNote(house, 'kept');
    await sendMail(house);
    await house.settle();
    const [secret, pagesUrl] = [await secretOf(house), house.pagesUrl];
    await house.close();
    const { house: again } = await openTestHouse({ dataDir });
    expect(await noteOf(again, 'kept')).toBeDefined();
    expect(again.mails()).toEqual(house.mails());
    expect(await secretOf(again)).toEqual(secret);
    expect(again.pagesUrl).toBe(pagesUrl);
    expect(await messagesIn(again, 'MailEventsUrl')).toHaveLength(1);
  });

  it('goes on with what a killed process had accepted: messages, invocations and the events of mails', async () => {
    const dataDir = newFolder();
    const { house } = await openTestHouse({ dataDir });
    const messageId = await sendMail(house);
    await house.settle();
    await messagesIn(house, 'MailEventsUrl');
    await house.close();
    const key = '000000000001';
    writeFileSync(join(dataDir, 'mails', 'untold', `${key}.json`), 'true');
    mkdirSync(join(dataDir, 'queues', 'Jobs'), { recursive: true });
    const job = { id: 'm', body: '{"act":"note","note":"job"}', sentAt: noon, receiveCount: 0, visibleAt: noon };
    writeFileSync(join(dataDir, 'queues', 'Jobs', `${key}.json`), JSON.stringify(job));
    const invocation = { arn: 'arn:aws:lambda:us-east-1:000000000000:function:RecorderFn', event: { note: 'event' } };
    writeFileSync(join(dataDir, 'invocations', `${key}.json`), JSON.stringify(invocation));

    const { house: again } = await openTestHouse({ dataDir });
    await again.settle();
    expect(await noteOf(again, 'job')).toBeDefined();
    expect(await noteOf(again, 'event')).toBeDefined();
    const told = (await messagesIn(again, 'MailEventsUrl')).map((body) => JSON.parse(body).detail.mail.messageId);
    expect(told).toEqual([messageId, messageId]);
  });

  it('opened at rest leaves what waits where it is, and still answers its tables', async () => {
    const dataDir = newFolder();
    mkdirSync(join(dataDir, 'queues', 'Jobs'), { recursive: true });
    const job = { id: 'm', body: '{"act":"note","note":"job"}', sentAt: noon, receiveCount: 0, visibleAt: noon };
    writeFileSync(join(dataDir, 'queues', 'Jobs', '000000000001.json'), JSON.stringify(job));
    const { house, logged } = await openTestHouse({ dataDir, isAtRest: true });
    // Long enough for a house that is awake to have worked the job.
    await sleep(1000);
    expect(await noteOf(house, 'job')).toBeUndefined();
    await house.close();
    expect(logged).toEqual([]);
    expect(readdirSync(join(dataDir, 'queues', 'Jobs'))).toHaveLength(1);
    const { house: again } = await openTestHouse({ dataDir });
    await again.settle();
    expect(await noteOf(again, 'job')).toBeDefined();
  });

  it('refuses a second process on the same data folder, and takes over the lock of a dead one', async () => {
    const dataDir = newFolder();
    writeFileSync(join(dataDir, 'lock'), '999999999');
    await openTestHouse({ dataDir });
    expect(readFileSync(join(dataDir, 'lock'), 'utf8')).toBe(String(process.pid));
    await expect(openTestHouse({ dataDir })).rejects.toThrow(`${dataDir} is in use by process ${process.pid}`);
  });

  it('makes the indexes of a table', async () => {
    const { house } = await openTestHouse();
    await sendJobs(house, { act: 'note', note: 'dated' });
    await house.settle();
    const found = await clientsOf(house).dynamo.send(
      new QueryCommand({
        TableName: house.output('NotesTable'),
        IndexName: 'byDay',
        KeyConditionExpression: '#day = :day',
        ExpressionAttributeNames: { '#day': 'day' },
        ExpressionAttributeValues: { ':day': { S: 'today' } },
      }),
    );
    expect(found.Items).toEqual([{ pk: { S: 'dated' }, day: { S: 'today' } }]);
  });
});
