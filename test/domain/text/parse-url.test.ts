import { describe, expect, it } from '@jest/globals';
import { parseUrl } from '../../../shared/domain/text/parse-url.js';

describe('an address', () => {
  it('is read, and every other text is none', () => {
    expect(parseUrl('https://example.org/a?b#c')?.href).toBe('https://example.org/a?b#c');
    for (const text of ['', 'example.org', '/a', 'https://', 'http://a b']) expect(parseUrl(text)).toBeUndefined();
  });

  it('may have a host that is not ASCII, however many were read before', () => {
    for (let count = 0; count < 20_000; count += 1) parseUrl(`https://example.org/${count}`);
    expect(parseUrl('https://münchen.example.org/')?.hostname).toBe('xn--mnchen-3ya.example.org');
  });
});
