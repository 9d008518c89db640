import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2';
import type { Configuration } from '../configuration/configuration.js';
import { senderAddress } from '../configuration/settings.js';
import { type Finding, findingsAbout, unlessUnasked } from './finding.js';
import type { ClientSettings } from './look-at-account.js';

/** Whether SES mails everybody, and whether it mails at all. */
export function lookAtSandbox(client: ClientSettings): Promise<Finding> {
  const { ok, warning } = findingsAbout('SES');
  return unlessUnasked('SES', async () => {
    const { ProductionAccessEnabled, SendingEnabled, SendQuota } = await new SESv2Client(client).send(
      new GetAccountCommand({}),
    );
    if (SendingEnabled === false)
      return warning('sending is paused in this account: nobody gets mail until SES resumes it');
    return ProductionAccessEnabled === true
      ? ok(`${SendQuota?.Max24HourSend} mails a day, ${SendQuota?.MaxSendRate} a second`)
      : warning('the account is in the sandbox: it mails verified addresses only until you ask for production access');
  });
}

/** Whether the sender's identity is verified, and whether the stack can make it where it must. */
export function lookAtIdentity(client: ClientSettings, settings: Configuration, stackName: string): Promise<Finding> {
  const { ok, warning, failure } = findingsAbout('identity');
  const { identity, domain, sender } = settings;
  const name = identity ?? domain ?? senderAddress(sender) ?? sender;
  return unlessUnasked('identity', async () => {
    const isVerified = await verification(client, name);
    if (identity !== undefined) {
      if (isVerified === undefined) return warning(`SES does not know ${name}: verify it, or leave identity out`);
      return isVerified ? ok(`${name} is verified`) : warning(`${name} is not verified yet: no mail leaves before`);
    }
    if (isVerified === undefined) return ok(`${name} will be new, and must be verified after the deployment`);
    if (!(await isOfStack(client, stackName, name))) {
      return failure(`SES has ${name} already, and the stack cannot make it: write "identity": "${name}"`);
    }
    return isVerified ? ok(`${name} is verified`) : warning(`${name} is not verified yet: no mail leaves before`);
  });
}

async function verification(client: ClientSettings, EmailIdentity: string): Promise<boolean | undefined> {
  try {
    const found = await new SESv2Client(client).send(new GetEmailIdentityCommand({ EmailIdentity }));
    return found.VerifiedForSendingStatus === true;
  } catch (error) {
    if (error instanceof NotFoundException) return undefined;
    throw error;
  }
}

async function isOfStack(client: ClientSettings, StackName: string, name: string): Promise<boolean> {
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources(
      { client: new CloudFormationClient(client) },
      { StackName },
    )) {
      const isIt = StackResourceSummaries.some(
        ({ ResourceType, PhysicalResourceId }) =>
          ResourceType === 'AWS::SES::EmailIdentity' && PhysicalResourceId === name,
      );
      if (isIt) return true;
    }
  } catch (error) {
    if (!/does not exist/.test((error as Error).message)) throw error;
  }
  return false;
}
