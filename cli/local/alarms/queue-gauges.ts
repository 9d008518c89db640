import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Queue } from '../queues/queues.js';
import type { MetricId, Metrics } from './metrics.js';

/** Prepares to read, once a minute, what SQS measures of the queues that somebody watches. */
export function openQueueGauges(
  queues: readonly Queue[],
  watched: readonly MetricId[],
  metrics: Metrics,
): (at: Instant) => void {
  const gauges = watched
    .filter(({ namespace }) => namespace === 'AWS/SQS')
    .map((id) => {
      const queue = queues.find(({ name }) => name === id.dimensions.QueueName);
      if (!queue)
        throw new Error(`an alarm watches the queue ${id.dimensions.QueueName}, which the template does not have`);
      return { queue, isAge: id.name === 'ApproximateAgeOfOldestMessage', series: metrics.series(id) };
    });
  return (at) => {
    for (const { queue, isAge, series } of gauges) {
      const { visible, oldestMs } = queue.counts(at);
      series.put(at, isAge ? oldestMs / 1000 : visible);
    }
  };
}
