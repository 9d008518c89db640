import { describe, expect, it } from '@jest/globals';
import { resolve, type Scope } from '../../../../cli/local/template/intrinsics.js';

const scope: Scope = {
  ref: (id) => `ref of ${id}`,
  attribute: (id, name) => `${name} of ${id}`,
};

describe('intrinsic functions', () => {
  it.each([
    [{ Ref: 'Table' }, 'ref of Table'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Arn of Table'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'Arn of Table'],
    [{ 'Fn::Join': ['/', ['a', { Ref: 'B' }]] }, 'a/ref of B'],
    [{ 'Fn::Split': ['|', { Ref: 'B' }] }, ['ref of B']],
    [{ 'Fn::Select': [1, { 'Fn::Split': [' of ', { Ref: 'B' }] }] }, 'B'],
    [{ 'Fn::Sub': `assets-\${A}-\${B}` }, 'assets-ref of A-ref of B'],
    [{ Condition: { Bool: { x: 'true' } } }, { Condition: { Bool: { x: 'true' } } }],
  ])('%j is %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it.each(['ImportValue', 'Cidr', 'FindInMap', 'If', 'Equals', 'And', 'Or', 'Not'])(
    'refuse Fn::%s, which no template of Paperboy uses, by name',
    (name) => {
      expect(() => resolve({ deep: [{ [`Fn::${name}`]: ['x', 'y'] }] }, scope)).toThrow(
        `the template uses Fn::${name},`,
      );
    },
  );

  it('refuse to select what a list does not have', () => {
    expect(() => resolve({ 'Fn::Select': [1, ['a']] }, scope)).toThrow('selects item 1 of a list that has none');
  });

  it('refuse a substitution with a map of its own', () => {
    expect(() => resolve({ 'Fn::Sub': [`\${mine}`, { mine: 'A' }] }, scope)).toThrow('Fn::Sub with a map');
  });
});
