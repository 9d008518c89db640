import { describe, expect, it } from '@jest/globals';
import {
  absent,
  change,
  either,
  exists,
  is,
  isBelow,
  isBetween,
  onlyIf,
  plus,
  startsWith,
  where,
} from '../../../shared/storage/dynamo/expressions.js';

describe('expressions', () => {
  it('names every attribute and value by a placeholder', () => {
    expect(change({ status: 'active', 'claim.at': 5, slot: undefined }, exists('pk'), isBelow('edition', 'x'))).toEqual(
      {
        UpdateExpression: 'SET #status = :v0, #claim.#at = :v1 REMOVE #slot',
        ConditionExpression: 'attribute_exists(#pk) AND #edition < :v2',
        ExpressionAttributeNames: {
          '#status': 'status',
          '#claim': 'claim',
          '#at': 'at',
          '#slot': 'slot',
          '#pk': 'pk',
          '#edition': 'edition',
        },
        ExpressionAttributeValues: { ':v0': 'active', ':v1': 5, ':v2': 'x' },
      },
    );
  });

  it('adds to a number, and to nothing as to 0', () => {
    const { UpdateExpression, ExpressionAttributeValues } = change({ count: plus(2) });
    expect(UpdateExpression).toBe('SET #count = if_not_exists(#count, :v0) + :v1');
    expect(ExpressionAttributeValues).toEqual({ ':v0': 0, ':v1': 2 });
  });

  it('sends no empty map of values', () => {
    expect(onlyIf(absent('pk'))).toEqual({
      ConditionExpression: 'attribute_not_exists(#pk)',
      ExpressionAttributeNames: { '#pk': 'pk' },
    });
  });

  it('takes undefined for absent, and joins alternatives in brackets', () => {
    const { ConditionExpression } = onlyIf(
      is('status', 'active'),
      either(is('edition', undefined), isBelow('edition', 'x')),
    );
    expect(ConditionExpression).toBe('#status = :v0 AND (attribute_not_exists(#edition) OR #edition < :v1)');
  });

  it('looks for a range with both its ends', () => {
    const { KeyConditionExpression, ExpressionAttributeValues } = where([is('pk', 'a'), isBetween('sk', 'b', 'c')]);
    expect(KeyConditionExpression).toBe('#pk = :v0 AND #sk BETWEEN :v1 AND :v2');
    expect(ExpressionAttributeValues).toEqual({ ':v0': 'a', ':v1': 'b', ':v2': 'c' });
  });

  it('fetches only the attributes asked for', () => {
    expect(where([is('pk', 'a'), startsWith('sk', 'b#')], ['balance'])).toEqual({
      KeyConditionExpression: '#pk = :v0 AND begins_with(#sk, :v1)',
      ProjectionExpression: '#balance',
      ExpressionAttributeNames: { '#pk': 'pk', '#sk': 'sk', '#balance': 'balance' },
      ExpressionAttributeValues: { ':v0': 'a', ':v1': 'b#' },
    });
  });
});
