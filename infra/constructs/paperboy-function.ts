import { type Acknowledgment, type Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Function as LambdaFunction, type RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EnvSpec, EnvTexts } from '../../shared/contract/env.js';
import { metricsService, serviceVariable } from '../../shared/contract/metrics.js';
import { bundle } from './bundle.js';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.js';
import { serviceOf } from './own-metric.js';

/** What every function states, whatever starts it. */
export interface FunctionProps<Spec extends EnvSpec> {
  /** Exactly the names of its env.ts. */
  readonly environment: EnvTexts<NoInfer<Spec>>;
  /** All that its role may do beside writing its own log. */
  readonly grants: readonly PolicyStatement[];
  /** Why some of them name no single resource. */
  readonly wildcards?: readonly Acknowledgment[];
  readonly timeout: Duration;
  readonly memoryMb: number;
  /** `ALLOW` where it may start itself again and again, through a queue. */
  readonly recursiveLoop?: RecursiveLoop;
}

interface PaperboyFunctionProps<Spec extends EnvSpec> extends FunctionProps<Spec> {
  /** Folder under lambdas/; headings in the runbook begin with it. */
  readonly lambda: string;
  /** Who is hurt when it throws. */
  readonly impact: string;
  /** Takes events that failed every attempt of an asynchronous invocation. */
  readonly lostEvents?: IQueue;
}

/** A function of lambdas/: Node 24 on arm64, an own role, an own log of a month, an alarm on its errors. */
export class PaperboyFunction<Spec extends EnvSpec = EnvSpec> extends Construct {
  readonly function: LambdaFunction;
  readonly lambda: string;
  readonly timeout: Duration;

  constructor(scope: Construct, id: string, _spec: Spec, props: PaperboyFunctionProps<Spec>) {
    super(scope, id);
    const { lambda, environment, grants, timeout, memoryMb, impact } = props;
    this.lambda = lambda;
    this.timeout = timeout;
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    for (const grant of grants) role.addToPolicy(grant);
    Validations.of(role).acknowledge(...(props.wildcards ?? []));
    this.function = new LambdaFunction(this, 'Function', {
      code: bundle(this, lambda),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      role,
      logGroup,
      environment: { ...environment, ...this.serviceName() },
      timeout,
      memorySize: memoryMb,
      ...(props.recursiveLoop && { recursiveLoop: props.recursiveLoop }),
      ...(props.lostEvents && { deadLetterQueue: props.lostEvents }),
    });
    new ImpactAlarm(this, 'Errors', {
      metric: this.function.metricErrors({ period: alarmPeriod }),
      threshold: 1,
      impact,
      cause: `${lambda} failed`,
      runbook: `${lambda}-errors`,
    });
  }

  private serviceName(): Readonly<Record<string, string>> {
    const service = serviceOf(this);
    return service === metricsService ? {} : { [serviceVariable]: service };
  }
}
