import { describe, expect, it } from '@jest/globals';
import { optionalText, text, webAddress, wholeNumber, words } from '../../shared/contract/env.js';
import { readEnv } from '../../shared/runtime/read-env.js';

const spec = { TABLE: text, HOUR: wholeNumber, URL: webAddress, CATEGORIES: words };
const good = { TABLE: 'papers', HOUR: '5', URL: 'https://example.org/', CATEGORIES: 'cs.AI cs.CL' };

describe('a function’s environment', () => {
  it('is read into typed values', () => {
    expect(readEnv(spec, good)).toEqual({
      TABLE: 'papers',
      HOUR: 5,
      URL: 'https://example.org',
      CATEGORIES: ['cs.AI', 'cs.CL'],
    });
  });

  it('is refused with every name that is missing or wrong, in one line', () => {
    const read = () => readEnv(spec, { ...good, TABLE: undefined, HOUR: 'five', URL: 'http://example.org' });
    expect(read).toThrow(
      'environment: TABLE is not set; HOUR must be a whole number, not "five"; URL must be an https address',
    );
  });

  it('takes an empty text for what is not configured, but not a missing name', () => {
    expect(readEnv({ SECRET: optionalText }, { SECRET: '' })).toEqual({ SECRET: undefined });
    expect(readEnv({ SECRET: optionalText }, { SECRET: 'arn' })).toEqual({ SECRET: 'arn' });
    expect(() => readEnv({ SECRET: optionalText }, {})).toThrow('SECRET is not set');
  });

  it('takes http on loopback only', () => {
    expect(readEnv({ URL: webAddress }, { URL: 'http://127.0.0.1:8080' })).toEqual({ URL: 'http://127.0.0.1:8080' });
    expect(() => readEnv({ URL: webAddress }, { URL: 'http://127.0.0.1.example.org' })).toThrow();
    for (const URL of ['http://localhost', 'http://a1b2.execute-api.localhost:4566']) {
      expect(readEnv({ URL: webAddress }, { URL })).toEqual({ URL });
    }
    for (const URL of ['http://localhost.example.org', 'http://notlocalhost', 'http://a.notlocalhost:80']) {
      expect(() => readEnv({ URL: webAddress }, { URL })).toThrow('must be an https address');
    }
  });
});
