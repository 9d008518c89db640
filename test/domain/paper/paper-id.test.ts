import { describe, expect, it } from '@jest/globals';
import { parsePaperId } from '../../../shared/domain/paper/paper-id.js';

describe('a paper id', () => {
  it.each([
    ['2608.05987', { id: '2608.05987' }],
    [' 2608.05987v3 ', { id: '2608.05987', version: 3 }],
    ['0704.0001', { id: '0704.0001' }],
    ['hep-ex/0406020v1', { id: 'hep-ex/0406020', version: 1 }],
    ['math.GT/0309136', { id: 'math.GT/0309136' }],
    ['oai:arXiv.org:2508.13167v1', { id: '2508.13167', version: 1 }],
    ['http://arxiv.org/abs/1605.08386v1', { id: '1605.08386', version: 1 }],
    ['https://www.arxiv.org/pdf/1605.08386v2.pdf', { id: '1605.08386', version: 2 }],
  ])('is read from %s', (text, expected) => {
    expect(parsePaperId(text)).toEqual(expected);
  });

  it.each([
    '',
    'abc',
    '2613.00001',
    '2608.059',
    'https://example.org/abs/2608.05987',
    '2608.05987/../x',
    'http://arxiv.org/api/errors#x',
  ])('is not read from %j', (text) => {
    expect(parsePaperId(text)).toBeUndefined();
  });
});
