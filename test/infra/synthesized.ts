import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type Template, type TemplateResource } from '../../infra/synthesize.js';

export const exampleConfiguration = {
  sender: 'Paperboy <papers@example.org>',
  postalAddress: '1 Example Street',
  contact: 'admin@example.org',
};

/** A configuration with everything that is optional in the template, save a domain. */
export const fullConfiguration = {
  ...exampleConfiguration,
  alarmAddress: 'night@example.org',
  monthlyBudgetUsd: 20,
  githubTokenSecret: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:github-token-Ab12Cd',
};

/** A configuration with a domain whose zone is in Route 53. */
export const zoneConfiguration = {
  ...fullConfiguration,
  sender: 'Paperboy <hello@papers.example.org>',
  domain: 'papers.example.org',
  hostedZone: { id: 'Z0123456789ABC', name: 'example.org' },
};

/** A configuration with a domain that is kept elsewhere. */
export const certificateConfiguration = {
  ...exampleConfiguration,
  sender: 'hello@papers.example.org',
  domain: 'papers.example.org',
  certificateArn: 'arn:aws:acm:us-east-1:000000000000:certificate/0a1b2c3d-0000-4000-8000-000000000000',
};

/** The template without bundled code. */
export function synthesized(configuration: object = exampleConfiguration): Template {
  const outdir = mkdtempSync(join(tmpdir(), 'paperboy-synth-'));
  try {
    return synthesize({ outdir, configuration, context: { 'aws:cdk:bundling-stacks': [] } }).template;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

export type Found = TemplateResource & { readonly id: string; readonly props: Readonly<Record<string, unknown>> };

/** Every resource of a type, with its logical id. */
export function all(template: Template, type: string): readonly Found[] {
  return Object.entries(template.Resources)
    .filter(([, resource]) => resource.Type === type)
    .map(([id, resource]) => ({ ...resource, id, props: (resource.Properties ?? {}) as Record<string, unknown> }));
}

/** A logical id without what CDK adds: `SendDigest` for `SendDigestWorkerFunctionEF86CC53`. */
export const plainName = (id: string) => id.replace(/(Worker)?(Function)?[0-9A-F]{8}$/, '');

/** Whether a value of a template points at the resource. */
export const pointsAt = (value: unknown, id: string) => JSON.stringify(value ?? null).includes(`"${id}"`);

export interface Statement {
  readonly actions: readonly string[];
  readonly resources: readonly unknown[];
  readonly condition: unknown;
}

const list = <Item>(value: Item | readonly Item[]): readonly Item[] => (Array.isArray(value) ? value : [value as Item]);

/** What each function's role allows, by the function's name. */
export function grants(template: Template): ReadonlyMap<string, readonly Statement[]> {
  const policies = all(template, 'AWS::IAM::Policy');
  return new Map(
    all(template, 'AWS::Lambda::Function').map(({ id, props }) => {
      const role = (props.Role as { 'Fn::GetAtt': [string] })['Fn::GetAtt'][0];
      const statements = policies
        .filter((policy) => pointsAt(policy.props.Roles, role))
        .flatMap(
          (policy) =>
            (policy.props.PolicyDocument as { Statement: { Action: string; Resource: unknown; Condition?: unknown }[] })
              .Statement,
        )
        .map((statement) => ({
          actions: list(statement.Action),
          resources: list(statement.Resource),
          condition: statement.Condition,
        }));
      return [plainName(id), statements];
    }),
  );
}

/** Names of the functions that have a statement like this, sorted. */
export function whoMay(template: Template, isIt: (statement: Statement) => boolean): readonly string[] {
  return [...grants(template)]
    .filter(([, statements]) => statements.some(isIt))
    .map(([name]) => name)
    .sort();
}
