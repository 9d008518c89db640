import { randomUUID } from 'node:crypto';
import {
  EventBridgeClient,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  type Rule,
  type Target,
  TestEventPatternCommand,
} from '@aws-sdk/client-eventbridge';
import { GetQueueAttributesCommand, ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { type Account, accountId } from './account.js';
import { eventually } from './report.js';

/** As much of what SES says as matters here. */
interface MailEvent {
  readonly eventType: string;
  readonly mail: { readonly timestamp: string; readonly messageId: string; readonly tags: object };
  readonly bounce: { readonly bounceType: string };
}

type Client = Account['client'];

async function ruleOf(client: Client, part: string): Promise<Rule & { readonly Name: string }> {
  const events = new EventBridgeClient(client);
  const { Rules: rules = [] } = await events.send(new ListRulesCommand({ NamePrefix: `Paperboy-${part}` }));
  const [rule, ...others] = rules;
  if (!rule?.Name || others.length > 0) throw new Error(`the default bus has ${rules.length} rules of ${part}`);
  return { ...rule, Name: rule.Name };
}

async function startTargets(client: Client, rule: string, event: object): Promise<void> {
  const events = new EventBridgeClient(client);
  const { Targets: targets = [] } = await events.send(new ListTargetsByRuleCommand({ Rule: rule }));
  if (targets.length === 0) throw new Error(`the rule ${rule} starts nothing`);
  for (const target of targets) await startTarget(client, target, target.Input ?? JSON.stringify(event));
}

/** Does at once what EventBridge would do at a schedule's next hour: starts what the schedule of that part starts. */
export async function fireSchedule({ client }: Account, part: string): Promise<void> {
  const rule = await ruleOf(client, part);
  if (!rule.ScheduleExpression) throw new Error(`${rule.Name} is no schedule`);
  await startTargets(client, rule.Name, { ...envelope('aws.events', 'Scheduled Event'), detail: {} });
}

/** Waits until nothing is left in the queue of that part, neither waiting nor with a worker. */
export async function drained({ client }: Account, part: string): Promise<void> {
  const queues = new SQSClient(client);
  const { QueueUrls: urls = [] } = await queues.send(new ListQueuesCommand({ QueueNamePrefix: `Paperboy-${part}` }));
  const [QueueUrl, ...others] = urls;
  if (!QueueUrl || others.length > 0) throw new Error(`there are ${urls.length} queues of ${part}`);
  const counts = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  await eventually(`an empty ${part}`, async () => {
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] });
    const { Attributes: found } = await queues.send(asked);
    return counts.every((count) => found?.[count] === '0') ? true : undefined;
  });
}

/** Brings what SES says of a mail to where the rule sends it; throws when the rule does not match it. The emulator's SES is silent. */
export async function tellOfMail({ client }: Account, detail: MailEvent) {
  const { Name, EventPattern = '{}' } = await ruleOf(client, 'RecordMailEvents');
  const pattern = JSON.parse(EventPattern) as { detail?: { mail?: { tags?: object } } };
  const tags = { ...detail.mail.tags, ...pattern.detail?.mail?.tags };
  const event = { ...envelope('aws.ses', 'Email Bounced'), detail: { ...detail, mail: { ...detail.mail, tags } } };
  const asked = new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) });
  const { Result: isHeeded } = await new EventBridgeClient(client).send(asked);
  if (!isHeeded) throw new Error(`the rule ${Name} does not heed what SES says`);
  await startTargets(client, Name, event);
}

const envelope = (source: string, type: string) => ({
  version: '0',
  id: randomUUID(),
  'detail-type': type,
  source,
  account: accountId,
  time: new Date().toISOString(),
  region: 'us-east-1',
  resources: [],
});

async function startTarget(client: Client, { Arn = '', SqsParameters }: Target, input: string) {
  const [, , service, , account, ...resource] = Arn.split(':');
  const name = resource.at(-1);
  if (service === 'sqs') {
    const QueueUrl = `${client.endpoint}/${account}/${name}`;
    const group = SqsParameters?.MessageGroupId;
    const once = { MessageGroupId: group, MessageDeduplicationId: randomUUID() };
    await new SQSClient(client).send(new SendMessageCommand({ QueueUrl, MessageBody: input, ...(group && once) }));
  } else if (service === 'lambda') {
    const headers = { 'x-amz-invocation-type': 'Event' };
    const path = `/2015-03-31/functions/${name}/invocations`;
    const answer = await fetch(`${client.endpoint}${path}`, { method: 'POST', headers, body: input });
    if (answer.status !== 202) throw new Error(`${name} was not started: ${answer.status} ${await answer.text()}`);
  } else throw new Error(`${Arn} is not played`);
}
