import { CfnOutput, CfnParameter, CfnRule, Fn, Stack } from 'aws-cdk-lib';
import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { type Configuration, configurationFile, exampleValues } from '../configuration/configuration.js';
import { senderAddress } from '../configuration/settings.js';

function verification({ sender, identity, domain, hostedZone }: Configuration): string {
  if (identity !== undefined) return `See that SES shows ${identity} as verified`;
  if (domain === undefined) return `Click the link in the mail that SES sends to ${senderAddress(sender)}`;
  return hostedZone
    ? `Nothing: SES finds the records of ${domain} by itself, within hours`
    : 'Enter the records of the outputs Dns… where the domain is kept; SES finds them within hours';
}

/** Outputs that say what is left to do, and where to look. */
export function nextSteps(scope: Construct, configuration: Configuration, page: Dashboard): void {
  const { region } = Stack.of(scope);
  const { alarmAddress } = configuration;
  const console = `https://${region}.console.aws.amazon.com`;
  new CfnOutput(scope, 'Next1VerifySender', { value: verification(configuration) });
  new CfnOutput(scope, 'Next2AskForProductionAccess', {
    description: 'Until then SES mails verified addresses only',
    value: `${console}/ses/home?region=${region}#/account`,
  });
  new CfnOutput(scope, 'Next3Alarms', {
    value: alarmAddress
      ? `Click the link in the mail that AWS sends to ${alarmAddress}`
      : `Nobody hears the alarms: write alarmAddress in ${configurationFile} and deploy again`,
  });
  new CfnOutput(scope, 'DashboardUrl', {
    value: `${console}/cloudwatch/home?region=${region}#dashboards/dashboard/${page.dashboardName}`,
  });
}

/**
 * Makes CloudFormation refuse a template with example values before it creates anything, however it gets there: a CDK
 * app does not know whether it is synthesized for a deployment, a test or a look. The parameter is there with example
 * values only: an update takes its earlier value, and there is none.
 */
export function refuseExampleValues(scope: Construct, configuration: Configuration): void {
  const examples = exampleValues(configuration).join(', ');
  if (examples === '') return;
  const found = new CfnParameter(scope, 'ExampleValues', {
    description: `Settings of ${configurationFile} that nobody wrote`,
    default: examples,
  });
  new CfnRule(scope, 'OwnValues', {
    assertions: [
      {
        assert: Fn.conditionEquals(found.valueAsString, 'none'),
        assertDescription: `${configurationFile}: ${examples} still hold example values; write your own, nothing was deployed`,
      },
    ],
  });
}
