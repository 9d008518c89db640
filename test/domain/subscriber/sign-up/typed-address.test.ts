import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { parseAddress } from '../../../../shared/domain/subscriber/mail-address.js';
import { parseTypedAddress } from '../../../../shared/domain/subscriber/sign-up/typed-address.js';

const read = (text: string) => {
  const parsed = parseTypedAddress(text);
  return parsed.ok ? parsed.address : parsed.message;
};
const ada = 'ada@example.org';

describe('an address that is typed or pasted', () => {
  it.each([
    ['with zero-width characters', '\ufeffada\u200b@exam\u200dple.org\u2060'],
    ['with marks of direction', '\u202bada@example.org\u202c\u200f'],
    ['with soft hyphens and fillers', 'a\u00adda@exam\u034fple\u3164.org'],
    ['with blanks of every kind', ' \u00a0ada@example.org\u2003\t\n'],
    ['in full width', 'ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ'],
    ['with the full stop of another script', 'ada@example。org'],
    ['from a link', 'mailto:ada@example.org'],
    ['from a link with a subject', 'MailTo: ada%40example.org?subject=Your%20list'],
    ['with a name', 'Ada Quill <ada@example.org>'],
    ['with a name and a comma', '"Quill, Ada" <ada@example.org>;'],
    ['with a name in another script', 'Ада Квилл <ada@example.org>,'],
    ['with itself as the name', "'ADA@example.org' <ada@example.org>"],
    ['with a link behind', 'ada@example.org<mailto:ada@example.org>'],
    ['in brackets', '<ada@example.org>'],
    ['in half of its brackets', 'ada@example.org>'],
    ['in the other half', 'Ada <ada@example.org'],
    ['with a comma', 'ada@example.org,'],
    ['with a full stop', 'ada@example.org.'],
    ['with a semicolon and a blank', 'ada@example.org ;'],
    ['with a comment', 'ada@example.org (Ada Quill)'],
    ['behind a comment', '(home) ada@example.org'],
    ['in quotes', '“ada@example.org”'],
    ['in quotes that need none', '"ada"@example.org'],
    ['as a chat writes a link', '[ada@example.org](mailto:ada@example.org)'],
    ['after a label', 'E-mail: ada@example.org'],
  ])('%s is read as what was meant', (_, text) => {
    expect(read(text)).toBe(ada);
  });

  it('keeps every sign that may be part of it', () => {
    for (const text of ["o'brien@example.org", '_a_@example.org', '{a}@example.org', 'A+b=c@example.org'])
      expect(read(text)).toBe(text);
    expect(read('o’brien@my\u2011house.example.org')).toBe("o'brien@my-house.example.org");
  });

  it('keeps the joiners of a script that needs them', () => {
    expect(read('ada@نامه\u200cای.example')).toBe('ada@xn--mgba3gch31f060k.example');
    expect(read('ada@\u200cنامه\u200cای\u200c.example')).toBe('ada@xn--mgba3gch31f060k.example');
  });

  it.each([
    ['', 'Enter your email address'],
    ['<>', 'Enter your email address'],
    ['ada', 'needs an @'],
    ['Ada <Quill>', 'needs an @'],
    ['ada @example.org', 'cannot contain spaces'],
    ['Ada Quill ada@example.org', 'cannot contain spaces'],
    ['ada@example.org, ben@example.org', 'one address'],
    ['<ada@example.org>, <ben@example.org>', 'one address'],
    ['ben@example.com <ada@example.org>', 'one address'],
    ['mailto:ada@example.org,ben@example.org', 'one address'],
    ['ada@example.org\nBcc: ben@example.org', 'one address'],
    ['ada@example..org', 'not a domain name'],
    ['ada@example,org', 'not a domain name'],
    ['ada(work)@example.org', 'parentheses'],
    ['"ada quill"@example.org', 'without quotes'],
    ['.ada@example.org', 'before the @'],
    ['ada²@example.org', 'plain letters'],
    ['mailto:%61da%0d%0aBcc:@example.org', 'cannot contain spaces'],
    ['=?utf-8?q?ben=40example.com?=@example.org', '=? and ?='],
    [`${'.'.repeat(16_000)}a`, 'too long'],
  ])('is refused with what is wrong: %j', (text, message) => {
    expect(read(text)).toContain(message);
  });

  it('is a fixed point: what was made of any text is read as itself', () => {
    const parts = fc.constantFrom(
      ...'ada@example.org',
      '\u200b',
      '＠',
      '<',
      '>',
      '"',
      ' ',
      'mailto:',
      ',',
      '(x)',
      '%40',
    );
    fc.assert(
      fc.property(fc.string({ unit: parts, maxLength: 30 }), fc.boolean(), (noise, isBehind) => {
        const parsed = parseTypedAddress(isBehind ? `${ada}${noise}` : `${noise}${ada}`);
        if (!parsed.ok) return;
        expect(parseTypedAddress(parsed.address)).toEqual(parsed);
        expect(parseAddress(parsed.address)).toEqual(parsed);
      }),
    );
  });
});
