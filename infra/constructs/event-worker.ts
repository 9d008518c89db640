import { type EventBus, Rule, type Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { EnvSpec } from '../../shared/contract/env.js';
import { eventSource } from '../../shared/contract/events.js';
import { deadLetterQueue } from './dead-letter-queue.js';
import { type FunctionProps, PaperboyFunction } from './paperboy-function.js';

/** Who is hurt while it fails, and when it has failed for good. */
interface EventImpact {
  readonly errors: string;
  readonly lost: string;
}

interface EventWorkerProps<Spec extends EnvSpec> extends FunctionProps<Spec> {
  readonly lambda: string;
  readonly impact: EventImpact;
}

/** A function started by rules; an event that is not delivered, or fails three times, goes to its dead-letter queue. */
export class EventWorker<Spec extends EnvSpec> extends Construct {
  private readonly target: LambdaFunction;

  constructor(scope: Construct, id: string, spec: Spec, { impact, ...props }: EventWorkerProps<Spec>) {
    super(scope, id);
    const lostEvents = deadLetterQueue(this, 'DeadLetters', {
      impact: impact.lost,
      cause: `${props.lambda} gave up on what now lies in its dead-letter queue`,
      runbook: `${props.lambda}-dead-letters`,
    });
    const worker = new PaperboyFunction(this, 'Worker', spec, { ...props, impact: impact.errors, lostEvents });
    this.target = new LambdaFunction(worker.function, { deadLetterQueue: lostEvents });
  }

  /** Starts it on a schedule (UTC). */
  runsOn(schedule: Schedule): this {
    new Rule(this, 'Schedule', { schedule, targets: [this.target] });
    return this;
  }

  /** Starts it on every event of these types on Paperboy's bus. */
  runsAfter(eventBus: EventBus, ...events: readonly { readonly type: string }[]): this {
    const eventPattern = { source: [eventSource], detailType: events.map(({ type }) => type) };
    new Rule(this, 'Events', { eventBus, eventPattern, targets: [this.target] });
    return this;
  }
}
