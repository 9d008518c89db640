import { Duration } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { metricNames } from '../../shared/contract/metrics.js';
import { ownMetric } from '../constructs/own-metric.js';
import { PaperboyFunction } from '../constructs/paperboy-function.js';
import type { Mail } from '../parts/mail.js';
import { reputation } from './alarms.js';

const period = Duration.minutes(15);

/** Where each of Paperboy's own metrics is drawn; those of single functions are drawn for each function. */
const graphs: Readonly<Record<Exclude<keyof typeof metricNames, 'failedMessages'>, string>> = {
  digestsSent: 'Digests',
  digestsQuietNoted: 'Digests',
  digestsOpen: 'Digests',
  digestsFailed: 'Digests that failed',
  digestsExpired: 'Digests that failed',
  digestsUncertain: 'Digests that failed',
  digestsBroken: 'Digests that failed',
  filtersUnreadable: 'Digests that failed',
  sendingStopped: 'Digests that failed',
  sendingHalted: 'Digests that failed',
  sendingPaused: 'Digests that failed',
  planningSkipped: 'Digests that failed',
  sourcesDown: 'Sources',
  starsMissing: 'Sources',
  hoursSinceIngest: 'Hours since the last ingest, and since the newest edition was due',
  editionAgeHours: 'Hours since the last ingest, and since the newest edition was due',
  unsubscribesRefused: 'Requests to unsubscribe that were refused',
};

/** One page with what an admin looks at, over everything in the scope so far. */
export function dashboard(scope: Construct, mail: Mail): Dashboard {
  const functions = scope.node.findAll().filter((one) => one instanceof PaperboyFunction);
  const queues = scope.node.findAll().filter((one) => one instanceof Queue);
  const isOfDeadLetters = ({ node }: Queue) => ['DeadLetters', 'Undelivered'].includes(node.id);
  const nameOf = ({ node }: Construct) => node.path.split('/').slice(1, 2).join();
  const { bounces, complaints } = reputation(mail);

  const drawn = new Map<string, IMetric[]>();
  for (const [name, title] of Object.entries(graphs) as [keyof typeof graphs, string][]) {
    drawn.set(title, [...(drawn.get(title) ?? []), ownMetric(scope, name, period)]);
  }
  drawn.set('Bounces and complaints (share of mails)', [bounces, complaints]);
  drawn.set(
    'Age of the oldest message (seconds)',
    queues
      .filter((queue) => !isOfDeadLetters(queue))
      .map((queue) =>
        queue.metricApproximateAgeOfOldestMessage({ period, statistic: 'Maximum', label: nameOf(queue) }),
      ),
  );
  drawn.set(
    'Dead letters',
    queues
      .filter(isOfDeadLetters)
      .map((queue) =>
        queue.metricApproximateNumberOfMessagesVisible({ period, statistic: 'Maximum', label: nameOf(queue) }),
      ),
  );
  drawn.set(
    'Errors',
    functions.map((one) => one.function.metricErrors({ period, label: one.lambda })),
  );
  drawn.set(
    'Messages that failed and come again',
    functions.map((one) => ownMetric(scope, 'failedMessages', period, one.function.functionName)),
  );
  const widgets = [...drawn].map(([title, left]) => new GraphWidget({ title, left, width: 8, height: 6 }));
  return new Dashboard(scope, 'Dashboard', { defaultInterval: Duration.days(7), widgets: rows(widgets) });
}

function rows(widgets: readonly GraphWidget[]): GraphWidget[][] {
  return widgets.length === 0 ? [] : [[...widgets.slice(0, 3)], ...rows(widgets.slice(3))];
}
