import { describe, expect, it } from '@jest/globals';
import { resolve, type Scope } from '../../../../cli/local/template/intrinsics.js';

const scope: Scope = {
  ref: (id) => `ref of ${id}`,
  attribute: (id, name) => `${name} of ${id}`,
  condition: (name) => name === 'Yes',
};

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'ref of Table'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Arn of Table'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'Arn of Table'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }, 'a/ref of B'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['-', 'a-b'] }] }, 'b'],
    [{ 'Fn::Sub': `\${A} \${A.Arn} \${!A}` }, `ref of A Arn of A \${A}`],
    [{ 'Fn::Sub': [`\${mine}`, { mine: { Ref: 'A' } }] }, 'ref of A'],
    [{ 'Fn::If': ['Yes', 1, 2] }, 1],
    [{ 'Fn::If': ['No', 1, 2] }, 2],
    [{ 'Fn::And': [{ 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }, { Condition: 'Yes' }] }, true],
    [{ a: { Ref: 'AWS::NoValue' }, b: [{ Ref: 'AWS::NoValue' }, 1] }, { b: [1] }],
    [{ Condition: { Bool: { x: 'true' } } }, { Condition: { Bool: { x: 'true' } } }],
  ])('%j is %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('refuses a function that it does not play, by name', () => {
    expect(() => resolve({ 'Fn::ImportValue': 'x' }, scope)).toThrow('Fn::ImportValue');
  });
});
