import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetParameterCommand, ParameterNotFound, SSMClient } from '@aws-sdk/client-ssm';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { errorName, type Finding, findingsAbout, unlessUnasked } from './finding.js';

/** How the SDK's clients are made: a test points them at itself. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint?: string;
}

/** The region as the CDK's command line chooses it, by environment or profile; `undefined` where neither has one. */
export async function chosenRegion(): Promise<string | undefined> {
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env;
  const ofProfile = () => new STSClient({}).config.region().catch(() => undefined);
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? (await ofProfile());
}

/** Whose account the credentials are of; the account is `undefined` where there are none that AWS takes. */
export async function lookAtCredentials(
  client: ClientSettings,
): Promise<{ readonly finding: Finding; readonly account?: string }> {
  const { ok, failure } = findingsAbout('credentials');
  try {
    const { Account: account, Arn } = await new STSClient(client).send(new GetCallerIdentityCommand({}));
    if (account === undefined) return { finding: failure('AWS names no account for these credentials') };
    return { finding: ok(`account ${account}, as ${Arn?.split(':').at(-1)}`), account };
  } catch (error) {
    const advice = 'sign in with `aws sso login` or `aws configure`, and add `--profile NAME` if it is not the default';
    return { finding: failure(`AWS takes none (${errorName(error)}); ${advice}`) };
  }
}

/** The version of the bootstrap stack that the CDK asks for. */
const bootstrapVersion = 6;

export function lookAtBootstrap(client: ClientSettings, account: string): Promise<Finding> {
  const { ok, failure } = findingsAbout('bootstrap');
  const advice = `run \`npx cdk bootstrap aws://${account}/${client.region}\``;
  return unlessUnasked('bootstrap', async () => {
    try {
      const Name = '/cdk-bootstrap/hnb659fds/version';
      const { Parameter } = await new SSMClient(client).send(new GetParameterCommand({ Name }));
      const version = Number(Parameter?.Value);
      return version >= bootstrapVersion
        ? ok(`version ${version}`)
        : failure(`version ${Parameter?.Value} is too old, ${bootstrapVersion} is needed; ${advice}`);
    } catch (error) {
      if (error instanceof ParameterNotFound) return failure(`this account and region have none; ${advice}`);
      throw error;
    }
  });
}

/** A stack that stands in the way of a deployment, or none yet. */
export function lookAtStack(client: ClientSettings, stackName: string): Promise<Finding> {
  const { ok, failure } = findingsAbout('stack');
  return unlessUnasked('stack', async () => {
    const status = await statusOf(client, stackName);
    if (status === undefined) return ok(`${stackName} will be new`);
    if (/_IN_PROGRESS$/.test(status) && status !== 'REVIEW_IN_PROGRESS') {
      return failure(`${stackName} is being changed (${status}); wait until that has ended`);
    }
    if (/(^|_)ROLLBACK_FAILED$|^DELETE_FAILED$/.test(status)) {
      return failure(
        `${stackName} is stuck (${status}); see its events in the CloudFormation console and mend it there`,
      );
    }
    return ok(`${stackName} will be updated (${status})`);
  });
}

async function statusOf(client: ClientSettings, StackName: string): Promise<string | undefined> {
  try {
    const { Stacks } = await new CloudFormationClient(client).send(new DescribeStacksCommand({ StackName }));
    return Stacks?.[0]?.StackStatus;
  } catch (error) {
    // CloudFormation has no error of its own for a stack that does not exist.
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** What a new account has; the throttles of the pages and the queues' workers are made for it, and two senders. */
const newAccount = 10;
const newSenders = 2;

export function lookAtLambda(client: ClientSettings, senders = newSenders): Promise<Finding> {
  const { ok, warning } = findingsAbout('Lambda quota');
  return unlessUnasked('Lambda quota', async () => {
    const { AccountLimit } = await new LambdaClient(client).send(new GetAccountSettingsCommand({}));
    const free = AccountLimit?.UnreservedConcurrentExecutions ?? 0;
    return free >= newAccount - newSenders + senders
      ? ok(`${free} functions at once`)
      : warning(`only ${free} functions at once; ask Service Quotas for more concurrent executions, or pages may fail`);
  });
}
