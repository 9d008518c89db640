/** A resource as it stands in a synthesized template, intrinsic functions unresolved. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Condition?: string;
}

/** The parts of a CloudFormation template that the local runner reads. */
export interface CloudFormationTemplate {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs?: Readonly<Record<string, { readonly Value: unknown }>>;
}

const played = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::DynamoDB::Table',
  'AWS::Events::EventBus',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Logs::MetricFilter',
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::EmailIdentity',
  'AWS::SQS::Queue',
  'AWS::SecretsManager::Secret',
];

const nothingToPlay = [
  'AWS::CDK::Metadata',
  'AWS::CloudWatch::Dashboard',
  'AWS::Events::EventBusPolicy',
  'AWS::Lambda::Permission',
  'AWS::Logs::LogGroup',
  'AWS::Route53::RecordSet',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
];

/** Throws for a resource that is conditional, or is neither played nor known to need no playing, and names it. */
export function refuseUnplayed(resources: CloudFormationTemplate['Resources']): void {
  for (const [id, { Type, Condition }] of Object.entries(resources)) {
    if (Condition !== undefined) {
      throw new Error(`the template has ${Type} (${id}) under a condition, which the local runner does not play`);
    }
    if (!played.includes(Type) && !nothingToPlay.includes(Type)) {
      throw new Error(`the template has ${Type} (${id}), which the local runner does not play`);
    }
  }
}
