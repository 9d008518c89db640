import { RemovalPolicy } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** The one secret, `{"root":"<64 characters>","signing":["k1"]}`: generated once, kept when the stack goes. */
export function keysSecret(scope: Construct): Secret {
  return new Secret(scope, 'Keys', {
    description: 'Paperboy: what every subscriber id and signed link is derived from. Never replace its root.',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ signing: ['k1'] }),
      generateStringKey: 'root',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
}
