import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs';

const messagesPerCall = 10;

/** Queues jobs, due after `delaySeconds` (at most 900); throws when one was refused: any of them may be queued. */
export function jobQueue<Job>(client: SQSClient, queueUrl: string) {
  return async (jobs: readonly Job[], delaySeconds = 0): Promise<void> => {
    for (let start = 0; start < jobs.length; start += messagesPerCall) {
      const entries = jobs.slice(start, start + messagesPerCall).map((job, index) => ({
        Id: String(index),
        MessageBody: JSON.stringify(job),
        ...(delaySeconds > 0 && { DelaySeconds: delaySeconds }),
      }));
      const answer = await client.send(new SendMessageBatchCommand({ QueueUrl: queueUrl, Entries: entries }));
      const [failed] = answer.Failed ?? [];
      if (failed) throw new Error(`the queue refused a job: ${failed.Code ?? 'no reason given'}`);
    }
  };
}
