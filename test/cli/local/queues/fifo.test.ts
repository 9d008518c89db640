import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from '@jest/globals';
import { clientsOf, messagesIn, noon, noteOf, openTestHouse, passTime, templateWith } from '../house-fixture.js';

const minuteMs = 60_000;
const fifo = { FifoQueue: true, ContentBasedDeduplication: true };
const deadLetters = { DeadLetters: { Properties: { FifoQueue: true } } };
/** The test's queue of jobs as a FIFO queue; functions and rules that use its dead letters are left out. */
const fifoTemplate = (jobs: object = {}, more: Parameters<typeof templateWith>[0] = {}) =>
  templateWith({ ...deadLetters, Jobs: { Properties: { ...fifo, ...jobs } }, ...more });
const asleep = { WorkerJobs: { Properties: { Enabled: false } } };

const openFifo = async (template = fifoTemplate()) => {
  const opened = await openTestHouse({ template });
  const { sqs } = clientsOf(opened.house);
  const QueueUrl = opened.house.output('JobsUrl');
  const send = (body: string, over: object = {}) =>
    sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: 'g', ...over }));
  const receive = async (most = 10) => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: most }));
    return Messages.map(({ Body }) => Body);
  };
  return { ...opened, send, receive };
};

describe('a FIFO queue', () => {
  it('hands out the messages of a group in order, and none while one is in flight', async () => {
    const { send, receive, clock } = await openFifo(fifoTemplate({}, asleep));
    for (const body of ['1', '2', '3']) await send(body);
    await send('other', { MessageGroupId: 'h' });
    expect(await receive(1)).toEqual(['1']);
    expect(await receive()).toEqual(['other']);
    expect(await receive()).toEqual([]);
    clock.set(noon + minuteMs);
    expect(await receive()).toEqual(['1', '2', '3', 'other']);
  });

  it('lets one function work a group one message at a time', async () => {
    const { send, house, logged } = await openFifo(fifoTemplate({}, { WorkerJobs: { Properties: { BatchSize: 1 } } }));
    for (const id of ['a', 'b', 'c']) await send('{"act":"hold"}', { MessageDeduplicationId: id });
    await house.settle();
    expect(logged).toEqual(Array(3).fill(['WorkerFn: begin', 'WorkerFn: end']).flat());
  });

  it('holds a group back behind a message that failed, until that goes to the dead-letter queue', async () => {
    const opened = await openFifo(fifoTemplate({}, { WorkerJobs: { Properties: { BatchSize: 1 } } }));
    await opened.send('{"act":"fail"}');
    await opened.send('{"act":"note","note":"behind"}');
    await passTime(opened, noon + 3 * minuteMs - 1);
    expect(await noteOf(opened.house, 'behind')).toBeUndefined();
    await passTime(opened, noon + 3 * minuteMs);
    expect(await noteOf(opened.house, 'behind')).toBeDefined();
    expect(await messagesIn(opened.house, 'DeadLettersUrl')).toEqual(['{"act":"fail"}']);
  });

  it('takes a message of the same content or id once within five minutes', async () => {
    const { send, receive, clock } = await openFifo(fifoTemplate({}, asleep));
    const first = await send('same');
    expect((await send('same')).MessageId).toBe(first.MessageId);
    await send('same', { MessageDeduplicationId: 'another' });
    expect(await receive()).toEqual(['same', 'same']);
    clock.set(noon + 5 * minuteMs);
    expect((await send('same')).MessageId).not.toBe(first.MessageId);
  });

  it('refuses a message without a group, with a delay of its own, or without a way to tell it from others', async () => {
    const { send } = await openFifo();
    await expect(send('x', { MessageGroupId: undefined })).rejects.toThrow('must contain the parameter MessageGroupId');
    await expect(send('x', { DelaySeconds: 1 })).rejects.toThrow('not valid for this queue type');
    const other = await openFifo(fifoTemplate({ ContentBasedDeduplication: false }));
    await expect(other.send('x')).rejects.toThrow('ContentBasedDeduplication enabled or MessageDeduplicationId');
  });

  it('needs a dead-letter queue that is FIFO too', async () => {
    const opening = openTestHouse({ template: templateWith({ Jobs: { Properties: fifo } }) });
    await expect(opening).rejects.toThrow('Jobs and its dead-letter queue must both be FIFO');
  });
});

describe('a rule that fills a FIFO queue', () => {
  const target = { Id: 'T', Arn: { 'Fn::GetAtt': ['Jobs', 'Arn'] }, Input: '{"act":"note","note":"by rule"}' };
  const ruled = (over: object) =>
    fifoTemplate(
      {},
      {
        Undelivered: { Type: 'AWS::SQS::Queue' },
        Hourly: { Properties: { Targets: [{ ...target, ...over }] } },
      },
    );

  it('gives the group, and starts the function behind the queue', async () => {
    const { house } = await openTestHouse({ template: ruled({ SqsParameters: { MessageGroupId: 'g' } }) });
    await house.fire('Worker');
    await house.settle();
    expect(await noteOf(house, 'by rule')).toBeDefined();
    expect(house.failures()).toEqual([]);
  });

  it('brings what the queue does not take to its own dead-letter queue, and says why', async () => {
    const template = ruled({ DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['Undelivered', 'Arn'] } } });
    const Outputs = { ...template.Outputs, UndeliveredUrl: { Value: { Ref: 'Undelivered' } } };
    const { house } = await openTestHouse({ template: { ...template, Outputs } });
    await house.fire('Worker');
    expect(await messagesIn(house, 'UndeliveredUrl')).toEqual([target.Input]);
    expect(house.failures()).toEqual([
      expect.stringMatching(/^rule Hourly could not deliver to .*needs a message group/),
    ]);
  });
});
