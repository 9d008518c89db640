import { describe, expect, it } from '@jest/globals';
import { sendersFor } from '../../infra/configuration/senders.js';
import { all, exampleConfiguration, pointsAt, synthesized } from './synthesized.js';

/** What a template of this send rate makes of the senders. */
function sendersAt(sendRate?: number) {
  const template = synthesized({ ...exampleConfiguration, ...(sendRate !== undefined && { sendRate }) });
  const worker = all(template, 'AWS::Lambda::Function').find(({ id }) => id.startsWith('SendDigestWorker'))!;
  const mapping = all(template, 'AWS::Lambda::EventSourceMapping').find(({ props }) =>
    pointsAt(props.FunctionName, worker.id),
  )!;
  const { Variables } = worker.props.Environment as { Variables: Record<string, string> };
  return {
    atOnce: (mapping.props.ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency,
    jobs: mapping.props.BatchSize,
    told: Variables.SENDERS,
    inFlight: Variables.DELIVERIES_IN_FLIGHT,
    memoryMb: worker.props.MemorySize,
    timeout: worker.props.Timeout,
  };
}

describe('the senders', () => {
  it('of a new account are two, each with eight mails on their way', () => {
    expect(sendersAt()).toEqual({ atOnce: 2, jobs: 4, told: '2', inFlight: '8', memoryMb: 512, timeout: 180 });
  });

  it('follow the rate that SES lets the account send', () => {
    expect(sendersAt(500)).toEqual({ atOnce: 8, jobs: 4, told: '8', inFlight: '10', memoryMb: 768, timeout: 180 });
  });

  it.each([1, 14, 64, 100, 128, 129, 500, 2000, 10_000])('can bring %i mails a second to SES', (sendRate) => {
    const { senders, inFlight, jobs, memoryMb } = sendersFor(sendRate);
    // All its jobs end well before the function does, and one at a time where mail goes out slowly.
    expect(jobs === 1 || (jobs * 50) / (sendRate / senders) <= 30).toBe(true);
    expect(senders).toBeGreaterThanOrEqual(2);
    expect(inFlight).toBeGreaterThanOrEqual(8);
    expect(inFlight).toBeLessThanOrEqual(16);
    // SES and DynamoDB answer in a tenth of a second; a turn that was missed is made up for a quarter faster.
    expect((senders * inFlight) / 0.1).toBeGreaterThan(1.25 * sendRate);
    // 4.5 ms of a whole core for each mail, of which 1,769 MB are given.
    expect((sendRate / senders) * 0.0045).toBeLessThan(0.7 * (memoryMb / 1769));
  });
});
