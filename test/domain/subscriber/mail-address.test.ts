import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { isAddress, isDomain, parseAddress } from '../../../shared/domain/subscriber/mail-address.js';

const stored = (text: string) => {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.address : undefined;
};
const canonical = (text: string) => {
  const parsed = parseAddress(text);
  return parsed.ok ? parsed.canonical : undefined;
};
const complaint = (text: string) => {
  const parsed = parseAddress(text);
  return parsed.ok ? undefined : parsed.message;
};

describe('a mail address', () => {
  it('is stored as it was typed, with its domain in lower case', () => {
    expect(stored('reader@example.org')).toBe('reader@example.org');
    expect(stored('  Ada.Quill+News@Example.ORG\n')).toBe('Ada.Quill+News@example.org');
    expect(stored("o'brien_{x}!#$%&*/=?^`|~-@a-b.example.org")).toBe("o'brien_{x}!#$%&*/=?^`|~-@a-b.example.org");
  });

  it('has its international domain in punycode', () => {
    expect(stored('reader@bücher.example')).toBe('reader@xn--bcher-kva.example');
    expect(stored('reader@BÜCHER.Example')).toBe('reader@xn--bcher-kva.example');
    expect(stored('reader@bu\u0308cher.example')).toBe('reader@xn--bcher-kva.example');
    expect(stored('reader@xn--bcher-kva.example')).toBe('reader@xn--bcher-kva.example');
    expect(stored('reader@דוגמה.example')).toBe('reader@xn--6dbbec0c.example');
    expect(stored('reader@ΒΙΒΛΟΣ.example')).toBe(stored('reader@βιβλοσ.example'));
    expect(stored('reader@例え.テスト')).toMatch(/^reader@xn--[a-z0-9-]+\.xn--[a-z0-9-]+$/);
  });

  it.each([
    ['', 'Write your mail address.'],
    ['   ', 'Write your mail address.'],
    ['Ada Quill <ada@example.org>', 'without a name'],
    ['<ada@example.org>', 'angle brackets'],
    ['"ada quill"@example.org', 'without quotes'],
    ['"a@b"@example.org', 'without quotes'],
    ['ada(work)@example.org', 'parentheses'],
    ['ada@example.org (work)', 'parentheses'],
    ['ada quill@example.org', 'no spaces'],
    ['ada@exam ple.org', 'no spaces'],
    ['ada@example.org\r\nBcc: x@example.org', 'no spaces'],
    ['ada.example.org', 'has an @'],
    ['ada@@example.org', 'one @'],
    ['ada@example.org,ben@example.org', 'one @'],
    ['@example.org', 'missing before the @'],
    ['jürgen@example.org', 'plain letters (a–z) before the @'],
    ['.ada@example.org', 'before the @'],
    ['ada.@example.org', 'before the @'],
    ['a..da@example.org', 'before the @'],
    ['a,da@example.org', 'before the @'],
    ['a\u0000da@example.org', 'before the @'],
    [`${'a'.repeat(65)}@example.org`, 'longer than 64'],
    ['ada@', 'no domain name'],
    ['ada@localhost', 'no domain name'],
    ['ada@example', 'no domain name'],
    ['ada@example.org.', 'no domain name'],
    ['ada@.example.org', 'no domain name'],
    ['ada@example..org', 'no domain name'],
    ['ada@-example.org', 'no domain name'],
    ['ada@example-.org', 'no domain name'],
    ['ada@example.o', 'no domain name'],
    ['ada@exa_mple.org', 'no domain name'],
    ['ada@example.org:25', 'no domain name'],
    ['ada@example.org/path', 'no domain name'],
    ['ada@example%2eorg', 'no domain name'],
    ['ada@xn--a.example', 'no domain name'],
    ['ada@xn--.example', 'no domain name'],
    ['ada@xn--abc-.example', 'no domain name'],
    ['ada@xn--bcher-kvb1a9zz9.example', 'no domain name'],
    ['ada@mail.xn--a.example', 'no domain name'],
    ['ada@example.xn--a', 'no domain name'],
    ['ada@א\u05d1b.example', 'no domain name'],
    ['=?utf-8?q?ada?=@example.org', '=? and ?='],
    ['x=?iso-8859-1?b?YWRh?=y@example.org', '=? and ?='],
    [`ada@${'a'.repeat(64)}.org`, 'no domain name'],
    ['ada@[192.0.2.1]', 'IP address'],
    ['ada@[IPv6:2001:db8::1]', 'IP address'],
    ['ada@192.0.2.1', 'no domain name'],
    ['ada@0x7f.1', 'no domain name'],
    [`${'a'.repeat(64)}@${`${'b'.repeat(47)}.`.repeat(4)}org`, 'longer than 254'],
  ])('is refused in words: %j', (text, message) => {
    expect(complaint(text)).toContain(message);
  });

  it('may be as long as the standard allows', () => {
    const longest = `${'a'.repeat(64)}@${`${'b'.repeat(45)}.`.repeat(4)}orgxx`;
    expect(longest).toHaveLength(254);
    expect(stored(longest)).toBe(longest);
    expect(complaint(`${longest}x`)).toContain('longer than 254');
  });
});

describe('the stored form', () => {
  it('is an address with its domain in lower-case ASCII and nothing around it', () => {
    expect(isAddress('Ada.Quill+News@example.org')).toBe(true);
    for (const other of [
      'ada@Example.org',
      ' ada@example.org',
      'ada@bücher.example',
      '<ada@example.org>',
      'example.org',
    ])
      expect(isAddress(other)).toBe(false);
  });

  it('of a domain has two labels or more', () => {
    for (const domain of ['example.org', 'mail.example.org', 'xn--bcher-kva.example'])
      expect(isDomain(domain)).toBe(true);
    for (const other of ['Example.org', 'bücher.example', 'example', 'arn:aws:ses', 'ada@example.org', '192.0.2.1', ''])
      expect(isDomain(other)).toBe(false);
  });
});

describe('the canonical form', () => {
  it('is the same for every case and tag of a mailbox', () => {
    const same = [
      'ada.quill@example.org',
      'Ada.Quill@Example.org',
      'ada.quill+news@example.org',
      'ADA.QUILL+a+b@example.org',
    ];
    expect(new Set(same.map(canonical))).toEqual(new Set(['ada.quill@example.org']));
    expect(canonical('adaquill@example.org')).toBe('adaquill@example.org');
  });

  it('knows that Gmail has two names and no dots', () => {
    const same = ['a.d.a@gmail.com', 'ada@googlemail.com', 'A.da+x.y@GoogleMail.com'];
    expect(new Set(same.map(canonical))).toEqual(new Set(['ada@gmail.com']));
    expect(stored('A.da+x@googlemail.com')).toBe('A.da+x@googlemail.com');
  });

  it('keeps a local part that is all tag, and is an address always', () => {
    expect(canonical('+news@example.org')).toBe('+news@example.org');
    expect(canonical('ada.+news@example.org')).toBe('ada@example.org');
  });

  it('is its own canonical form, as the stored address is its own stored form', () => {
    const letters = fc.constantFrom(...'abZ09.+-_é');
    const locals = fc.string({ unit: letters, minLength: 1, maxLength: 12 });
    const domains = fc.constantFrom('example.org', 'Gmail.com', 'googlemail.com', 'bücher.example', 'a.b-c.example');
    let accepted = 0;
    fc.assert(
      fc.property(locals, domains, (local, domain) => {
        const parsed = parseAddress(`${local}@${domain}`);
        if (!parsed.ok) return;
        accepted += 1;
        expect(canonical(parsed.canonical)).toBe(parsed.canonical);
        expect(canonical(parsed.address)).toBe(parsed.canonical);
        expect(stored(parsed.address)).toBe(parsed.address);
      }),
      { numRuns: 500 },
    );
    expect(accepted).toBeGreaterThan(50);
  });

  it('is never made of text that is no address: any text is read or refused', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.webUrl(), (text, url) => {
        for (const candidate of [text, `${text}@example.org`, `ada@${text}`, `ada@${url}`]) {
          const parsed = parseAddress(candidate);
          if (parsed.ok) expect(parsed.address).toMatch(/^[!-?A-~]+@[a-z0-9.-]+\.[a-z0-9-]{2,}$/);
          else expect(parsed.message).toMatch(/\.$/);
        }
      }),
    );
  });
});
