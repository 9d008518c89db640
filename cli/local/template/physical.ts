import type { TemplateResource } from './template.js';

/** Account and region of the played AWS, both made up. */
export const place = { partition: 'aws', region: 'us-east-1', account: '000000000000' };

/** Loopback addresses of a house. */
export interface Addresses {
  readonly endpoint: string;
  readonly pagesUrl: string;
}

/** How a resource is referred to: its name, its `Ref` and its `Fn::GetAtt` attributes. */
export interface Physical {
  readonly name: string;
  readonly ref: string;
  readonly arn: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The Amazon resource name of something in the played account. */
export function arnOf(service: string, resource: string, region: string = place.region): string {
  return `arn:${place.partition}:${service}:${region}:${place.account}:${resource}`;
}

type Properties = Readonly<Record<string, unknown>>;
type Naming = (
  name: string,
  addresses: Addresses,
  properties: Properties,
) => { ref?: string; arn: string } & Record<string, string>;

const namings: Readonly<Record<string, Naming>> = {
  'AWS::ApiGatewayV2::Api': (name, { pagesUrl }) => ({
    ref: name.toLowerCase(),
    arn: arnOf('apigateway', `/apis/${name.toLowerCase()}`),
    ApiEndpoint: pagesUrl,
    ApiId: name.toLowerCase(),
  }),
  'AWS::DynamoDB::Table': (name) => ({ arn: arnOf('dynamodb', `table/${name}`) }),
  'AWS::Events::EventBus': (name) => ({ arn: arnOf('events', `event-bus/${name}`), Name: name }),
  'AWS::Events::Rule': (name, _addresses, { EventBusName: bus }) => ({
    ref: bus === undefined ? name : `${bus}|${name}`,
    arn: arnOf('events', `rule/${bus === undefined ? '' : `${bus}/`}${name}`),
  }),
  'AWS::IAM::Role': (name) => ({ arn: arnOf('iam', `role/${name}`, '') }),
  'AWS::Lambda::Function': (name) => ({ arn: arnOf('lambda', `function:${name}`) }),
  'AWS::Logs::LogGroup': (name) => ({ arn: arnOf('logs', `log-group:${name}:*`) }),
  'AWS::SES::ConfigurationSet': (name) => ({ arn: arnOf('ses', `configuration-set/${name}`) }),
  'AWS::SES::EmailIdentity': (name) => ({ arn: arnOf('ses', `identity/${name}`) }),
  'AWS::SNS::Topic': (name) => ({ ref: arnOf('sns', name), arn: arnOf('sns', name), TopicName: name }),
  'AWS::SQS::Queue': (name, { endpoint }) => ({
    ref: `${endpoint}/${place.account}/${name}`,
    arn: arnOf('sqs', name),
    QueueName: name,
    QueueUrl: `${endpoint}/${place.account}/${name}`,
  }),
  'AWS::SecretsManager::Secret': (name) => {
    const arn = arnOf('secretsmanager', `secret:${name}-Local0`);
    return { ref: arn, arn, Id: arn };
  },
};

/** Properties that hold a name chosen by the template. */
const nameProperties = [
  'TableName',
  'QueueName',
  'FunctionName',
  'RoleName',
  'EmailIdentity',
  'LogGroupName',
  'TopicName',
  'Name',
];

/** Names a resource as the template does, else by its logical id, so that a name lasts as long as the resource. */
export function physicalOf(
  id: string,
  { Type }: TemplateResource,
  properties: Properties,
  addresses: Addresses,
): Physical {
  // An API's `Name` is a label, and a mapping's `FunctionName` names another resource.
  const isNamed = !/ApiGatewayV2|EventSourceMapping|Permission|EventDestination/.test(Type);
  const given = nameProperties.map((property) => properties[property]).find((value) => typeof value === 'string');
  const name = isNamed && typeof given === 'string' ? given : `${id}${properties.FifoQueue === true ? '.fifo' : ''}`;
  const {
    ref = name,
    arn,
    ...attributes
  } = namings[Type]?.(name, addresses, properties) ?? { arn: arnOf('local', name) };
  return { name, ref, arn, attributes: { ...attributes, Arn: arn } };
}
