import { describe, expect, it } from '@jest/globals';
import { readGrants } from '../../../../cli/local/template/role-grants.js';
import { readStack } from '../../../../cli/local/template/stack.js';

const addresses = { endpoint: 'http://127.0.0.1:1', pagesUrl: 'http://127.0.0.1:2' };

function grantsOf(...statements: readonly object[]) {
  const Resources = {
    Role: { Type: 'AWS::IAM::Role' },
    Other: { Type: 'AWS::IAM::Role' },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: { Statement: statements } },
    },
  };
  const grants = readGrants(readStack({ Resources }, addresses));
  const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;
  const deny = () => false;
  return { role: grants.get(roleArn('Role')) ?? deny, other: grants.get(roleArn('Other')) ?? deny };
}

describe('grants', () => {
  it('allow what a statement names, with wildcards, for the policy’s own role only', () => {
    const { role, other } = grantsOf({ Effect: 'Allow', Action: 'sqs:Send*', Resource: 'arn:aws:sqs:*:jobs' });
    expect(role('sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:jobs')).toBe(true);
    expect(role('sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:jobs2')).toBe(false);
    expect(role('sqs:ReceiveMessage', 'arn:aws:sqs:us-east-1:000000000000:jobs')).toBe(false);
    expect(other('sqs:SendMessage', 'arn:aws:sqs:us-east-1:000000000000:jobs')).toBe(false);
  });

  it('let a denial win', () => {
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const { role } = grantsOf(all, { Effect: 'Deny', Action: 'ses:SendEmail', Resource: '*' });
    expect(role('ses:SendEmail', 'x')).toBe(false);
    expect(role('ses:SendRawEmail', 'x')).toBe(true);
  });

  it('hold under StringEquals only if the call states one of the values of every key', () => {
    const Condition = { StringEquals: { 'ses:FromAddress': ['a@papers.example', 'b@papers.example'] } };
    const { role } = grantsOf({ Effect: 'Allow', Action: 'ses:SendRawEmail', Resource: '*', Condition });
    const from = (address: string) => ({ 'ses:FromAddress': address });
    expect(role('ses:SendRawEmail', 'x', from('b@papers.example'))).toBe(true);
    expect(role('ses:SendRawEmail', 'x', from('B@papers.example'))).toBe(false);
    expect(role('ses:SendRawEmail', 'x')).toBe(false);
  });

  it('let a denial under a condition win only where the condition is met', () => {
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const Condition = { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } };
    const { role } = grantsOf(all, { Effect: 'Deny', Action: '*', Resource: '*', Condition });
    expect(role('ses:SendEmail', 'x')).toBe(true);
    expect(role('ses:SendEmail', 'x', { 'aws:RequestedRegion': 'us-east-1' })).toBe(false);
  });

  it('are refused, by role and operator, under a condition that is not played', () => {
    const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
    expect(() => grantsOf({ Effect: 'Deny', Action: '*', Resource: '*', Condition })).toThrow(
      'the role Role has the condition Bool, which the local runner does not play',
    );
  });

  it('need a grant on every resource for an action that has none of its own', () => {
    expect(
      grantsOf({ Effect: 'Allow', Action: 'ses:GetSendQuota', Resource: 'arn:x' }).role('ses:GetSendQuota', '*'),
    ).toBe(false);
    expect(grantsOf({ Effect: 'Allow', Action: 'ses:GetSendQuota', Resource: '*' }).role('ses:GetSendQuota', '*')).toBe(
      true,
    );
  });
});
