import { describe, expect, it } from '@jest/globals';
import {
  all,
  exampleConfiguration,
  fullConfiguration,
  pointsAt,
  synthesized,
  zoneConfiguration,
} from './synthesized.js';

const template = synthesized();

/** Executions at the same time that AWS gives a new account, in all. */
const newAccount = 10;

describe.each([
  ['the examples', exampleConfiguration],
  ['everything but a domain', fullConfiguration],
  ['a domain', zoneConfiguration],
])('a template of %s', (_name, configuration) => {
  const { Resources } = synthesized({ ...configuration, stage: 'test' });
  const text = JSON.stringify(Resources);

  it('reserves no executions: AWS refuses that below a hundred and ten', () => {
    expect(text).not.toMatch(/ReservedConcurrentExecutions|ProvisionedConcurren/);
  });

  it('asks for no look-up, no custom resource and no name that another stack may have taken', () => {
    const types = new Set(Object.values(Resources).map(({ Type }) => Type));
    expect([...types].filter((type) => /^Custom::|CustomResource|^AWS::CDK::/.test(type))).toEqual([]);
    const names = /^(Function|Table|Queue|Topic|Role|Rule|Alarm|Dashboard|LogGroup|Secret|Budget|Policy)?Name$/;
    for (const [id, { Type, Properties = {} }] of Object.entries(Resources)) {
      if (
        /^AWS::(ApiGatewayV2|Route53|CertificateManager)::|^AWS::IAM::Policy$|MetricFilter$|EventSourceMapping|Permission/.test(
          Type,
        )
      )
        continue;
      const given = Object.keys(Properties).filter((key) => names.test(key));
      const isOfStage = given.every((key) => String(Properties[key]).startsWith('Paperboy-test'));
      expect([id, isOfStage ? [] : given]).toEqual([id, []]);
    }
  });

  it('uses nothing that costs by the hour', () => {
    expect(text).not.toMatch(/AWS::(EC2|RDS|ElastiCache|OpenSearchService|ECS|WAFv2|KMS)::/);
  });
});

describe('a new account’s ten executions', () => {
  it('are not all taken by the queues’ workers: pages, ticks and scores find some', () => {
    const mappings = all(template, 'AWS::Lambda::EventSourceMapping');
    const atOnce = mappings.map(({ props }) => {
      const { MaximumConcurrency = 1 } = (props.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
      const queue = all(template, 'AWS::SQS::Queue').find(({ id }) => pointsAt(props.EventSourceArn, id))!;
      // Without a limit only a FIFO queue of one message group has one worker.
      expect(props.ScalingConfig === undefined).toBe(queue.props.FifoQueue === true);
      return MaximumConcurrency;
    });
    expect(atOnce.reduce((sum, count) => sum + count, 0)).toBeLessThanOrEqual(newAccount - 3);
  });
});

describe('a second stage in one account', () => {
  const first = synthesized();
  const second = synthesized({ ...exampleConfiguration, stage: 'test' });

  it('has the same resources under the same logical ids, so that each can become the other', () => {
    expect(Object.keys(second.Resources)).toEqual(Object.keys(first.Resources));
  });

  it('exports nothing, and counts its metrics and names its resources apart', () => {
    for (const { Outputs } of [first, second]) {
      for (const output of Object.values(Outputs)) expect(output).not.toHaveProperty('Export');
    }
    const servicesOf = (template: typeof first) =>
      new Set(
        all(template, 'AWS::CloudWatch::Alarm')
          .filter(({ props }) => props.Namespace === 'Paperboy')
          .flatMap(({ props }) => props.Dimensions as { Name: string; Value: string }[])
          .filter(({ Name }) => Name === 'service')
          .map(({ Value }) => Value),
      );
    expect([...servicesOf(first)]).toEqual(['paperboy']);
    expect([...servicesOf(second)]).toEqual(['paperboy-test']);
    for (const { props } of all(second, 'AWS::Lambda::Function')) {
      const { Variables } = props.Environment as { Variables: Record<string, string> };
      expect(Variables.POWERTOOLS_SERVICE_NAME).toBe('paperboy-test');
    }
  });

  it('asks arXiv at another minute: two at once would be two connections', () => {
    const hourly = (template: typeof first) =>
      all(template, 'AWS::Events::Rule')
        .filter(({ id }) => id.startsWith('IngestPapers'))
        .map(({ props }) => props.ScheduleExpression);
    expect(hourly(first)).toEqual(['cron(0 * * * ? *)']);
    expect(hourly(second)).toEqual(['cron(30 * * * ? *)']);
  });
});
