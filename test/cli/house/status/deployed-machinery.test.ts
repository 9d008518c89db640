import { afterEach, describe, expect, it } from '@jest/globals';
import { patience } from '../../../../cli/house/clients.js';
import { stackResources } from '../../../../cli/house/stack-resources.js';
import { deployedMachinery } from '../../../../cli/house/status/deployed-machinery.js';
import {
  type PlayedAnswer,
  type PlayedServices,
  playServices,
  resourceList,
} from '../../../support/played-services.js';

const queueUrl = (name: string) => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
const resources = [
  { type: 'AWS::SQS::Queue', logicalId: 'SendDigestQueue2DEBC01D', name: queueUrl('jobs') },
  { type: 'AWS::SQS::Queue', logicalId: 'IngestPapersDeadLetters39F501A8', name: queueUrl('dead.fifo') },
  { type: 'AWS::CloudWatch::Alarm', logicalId: 'IngestIsSilent0A1B2C3D', name: 'Paperboy-Silent' },
  { type: 'AWS::CloudWatch::Alarm', logicalId: 'ManyBounces0A1B2C3D', name: 'Paperboy-Bounces' },
  { type: 'AWS::Events::Rule', logicalId: 'IngestPapersScheduleD10115C6', name: 'Paperboy-Schedule' },
  { type: 'AWS::Events::Rule', logicalId: 'ScoreTrendsEvents0321F933', name: 'PaperboyBus|Paperboy-Score' },
  {
    type: 'AWS::Lambda::EventSourceMapping',
    logicalId: 'SendDigestWorkerFunctionSqsEventSourcePaperboySendDigestQueueB5C5F7A52FB6F433',
    name: '0a1b',
  },
];
const counts: Readonly<Record<string, readonly [string, string, string]>> = {
  jobs: ['3', '1', '2'],
  'dead.fifo': ['0', '0', '0'],
};

let played: PlayedServices | undefined;
afterEach(() => played?.close());

/** The machinery of a stack that all goes well with, but for these answers. */
async function machinery(over: Readonly<Record<string, (call: { input: object; path: string }) => PlayedAnswer>> = {}) {
  played = await playServices({
    'cloudformation:ListStackResources': () => resourceList(resources),
    'sqs:GetQueueAttributes'({ input }) {
      const [visible, inFlight, delayed] =
        counts[
          String((input as { QueueUrl: string }).QueueUrl)
            .split('/')
            .at(-1)!
        ]!;
      return {
        Attributes: {
          ApproximateNumberOfMessages: visible,
          ApproximateNumberOfMessagesNotVisible: inFlight,
          ApproximateNumberOfMessagesDelayed: delayed,
        },
      };
    },
    'monitoring:GetMetricData': () => ({
      MetricDataResults: [
        { Id: 'q0', Values: [240, 180] },
        { Id: 'q1', Values: [] },
      ],
    }),
    'monitoring:DescribeAlarms': () => ({
      MetricAlarms: [
        {
          ...{ AlarmName: 'Paperboy-Silent', AlarmDescription: 'No new papers arrive', StateValue: 'ALARM' },
          ...{ AlarmActions: ['arn:aws:sns:us-east-1:123456789012:Alarms'], StateTransitionedTimestamp: 1_786_000_000 },
        },
        { AlarmName: 'Paperboy-Bounces', StateValue: 'OK', AlarmActions: [] },
      ],
    }),
    'events:DescribeRule': ({ input }) => ({ State: 'EventBusName' in input ? 'DISABLED' : 'ENABLED' }),
    'lambda:/2015-03-31/event-source-mappings/': () => ({ State: 'Enabled' }),
    'ses:/v2/email/account': () => ({
      ...{ SendingEnabled: true, ProductionAccessEnabled: true },
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 1210 },
    }),
    ...over,
  });
  const settings = {
    region: 'us-east-1',
    endpoint: played.endpoint,
    credentials: { accessKeyId: 'AKIAPLAYED', secretAccessKey: 'played' },
    requestHandler: patience,
    maxAttempts: 1,
  };
  return deployedMachinery(settings, stackResources(settings, 'Paperboy'));
}

describe('the machinery of a deployed stack', () => {
  it('counts what lies in each queue, and has its age from CloudWatch', async () => {
    expect(await (await machinery()).queues()).toEqual([
      { name: 'send-digest', kind: 'work', visible: 5, inFlight: 1, oldestMs: 240_000 },
      { name: 'ingest-papers', kind: 'dead-letters', visible: 0, inFlight: 0 },
    ]);
  });

  it('names the alarms in alarm as the template does, and counts those that would tell nobody', async () => {
    expect(await (await machinery()).alarms()).toEqual({
      watched: 2,
      unheard: 1,
      raised: [{ name: 'IngestIsSilent', description: 'No new papers arrive', since: 1_786_000_000_000 }],
    });
  });

  it('knows which schedules and feeds are on, also those of another bus', async () => {
    expect(await (await machinery()).switches()).toEqual([
      { name: 'IngestPapersSchedule', isOn: true },
      { name: 'ScoreTrendsEvents', isOn: false },
      { name: 'SendDigestFeed', isOn: true },
    ]);
  });

  it('names what the stack lists and somebody deleted', async () => {
    const missing = () => ({ refused: 'ResourceNotFoundException' });
    const over = { 'events:DescribeRule': missing, 'lambda:/2015-03-31/event-source-mappings/': missing };
    expect(await (await machinery(over)).switches()).toEqual([
      { name: 'IngestPapersSchedule (missing)', isOn: false },
      { name: 'ScoreTrendsEvents (missing)', isOn: false },
      { name: 'SendDigestFeed (missing)', isOn: false },
    ]);
  });

  it('knows what SES lets the account do', async () => {
    const quota = { perDay: 50_000, perSecond: 14, sentLast24Hours: 1210 };
    expect(await (await machinery()).mailAccount()).toEqual({ isSending: true, isSandboxed: false, ...quota });
  });

  it('reads the resources once, and changes nothing', async () => {
    const { queues, alarms, switches, mailAccount } = await machinery();
    await Promise.all([queues(), alarms(), switches(), mailAccount()]);
    const asked = played!.asked.map((name) => name.split(':')[1]!);
    expect(asked.filter((name) => name === 'ListStackResources')).toHaveLength(1);
    for (const name of asked) expect(name).toMatch(/^(Get|Describe|List|\/)/);
  });

  it('throws what AWS refuses, each for itself', async () => {
    const { queues, alarms } = await machinery({ 'sqs:GetQueueAttributes': () => ({ refused: 'AccessDenied' }) });
    await expect(queues()).rejects.toThrow();
    expect((await alarms())?.watched).toBe(2);
  });
});
