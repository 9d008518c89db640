import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

const messagesPerCall = 10;
const callsAtOnce = 8;

/**
 * Queues jobs, due after `delaySeconds` (at most 900); throws when one was refused: any of them may be queued. A FIFO queue takes
 * them in a group, without delay.
 */
export function jobQueue<Job>(client: SQSClient, queueUrl: string, group?: string) {
  const sendTen = async (jobs: readonly Job[], delaySeconds: number): Promise<void> => {
    const entries = jobs.map((job, index) => ({
      Id: String(index),
      MessageBody: JSON.stringify(job),
      ...(group !== undefined && { MessageGroupId: group }),
      ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
    }));
    const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
    const [failed] = answer.Failed ?? [];
    if (failed) throw new Error(`the queue refused a job: ${failed.Code ?? 'no reason given'}`);
  };
  return async (jobs: readonly Job[], delaySeconds = 0): Promise<void> => {
    const starts = Array.from(
      { length: Math.ceil(jobs.length / messagesPerCall) },
      (_, call) => call * messagesPerCall,
    );
    for (let first = 0; first < starts.length; first += callsAtOnce) {
      const calls = starts.slice(first, first + callsAtOnce);
      await Promise.all(calls.map((start) => sendTen(jobs.slice(start, start + messagesPerCall), delaySeconds)));
    }
  };
}
