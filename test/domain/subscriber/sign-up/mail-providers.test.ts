import { describe, expect, it } from '@jest/globals';
import { parseAddress } from '../../../../shared/domain/subscriber/mail-address.js';
import { isLargeProvider } from '../../../../shared/domain/subscriber/sign-up/mail-providers.js';

const read = (text: string) => {
  const parsed = parseAddress(text);
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed;
};

/** Spellings that a provider delivers to one mailbox. */
const mailboxes: readonly (readonly [mailbox: string, spellings: readonly string[]])[] = [
  ['ada@gmail.com', ['a.d.a@gmail.com', 'ADA+x@googlemail.com', 'ada@gmail.com']],
  [
    'adaquill@proton.me',
    ['ada.quill@proton.me', 'Ada_Quill@protonmail.com', 'ada-quill+x@pm.me', 'adaquill@protonmail.ch'],
  ],
  ['ada@fastmail.com', ['ada+news@fastmail.com', 'news@ada.fastmail.com', 'Any.Thing@ADA.fastmail.com']],
  ['ada.quill@icloud.com', ['ada.quill@me.com', 'ada.quill+x@mac.com', 'Ada.Quill@icloud.com']],
  ['ada.quill@outlook.com', ['ada.quill+x@outlook.com', 'ADA.QUILL@Outlook.com']],
  ['ada@yahoo.com', ['ada-news@yahoo.com', 'ada-a-b@yahoo.com', 'ada+x@yahoo.com']],
];

describe('the mailbox of an address', () => {
  it.each(mailboxes)('is %s for all its spellings', (mailbox, spellings) => {
    for (const spelling of spellings) expect([spelling, read(spelling).canonical]).toEqual([spelling, mailbox]);
    expect(read(mailbox).canonical).toBe(mailbox);
  });

  it('is another where the provider says so', () => {
    const apart = [
      ['a.da@outlook.com', 'ada@outlook.com'],
      ['ada@hotmail.com', 'ada@outlook.com'],
      ['ada@fastmail.fm', 'ada@fastmail.com'],
      ['ada-x@icloud.com', 'ada@icloud.com'],
      ['a.da@example.org', 'ada@example.org'],
      ['ada-x@example.org', 'ada@example.org'],
      ['x@ada.example.org', 'ada@example.org'],
      ['x@mail.ada.fastmail.com', 'ada@fastmail.com'],
    ] as const;
    for (const [one, other] of apart)
      expect([one, read(one).canonical === read(other).canonical]).toEqual([one, false]);
  });

  it('is never nothing', () => {
    for (const odd of ['-@proton.me', '_-_@pm.me', '-x@yahoo.com', '+x@gmail.com']) {
      const { canonical } = read(odd);
      expect([odd, canonical.startsWith('@'), read(canonical).canonical]).toEqual([odd, false, canonical]);
    }
  });

  it('says what it was before these rules, where that was something else', () => {
    expect(read('Ada.Quill+x@pm.me')).toMatchObject({ canonical: 'adaquill@proton.me', formerly: 'ada.quill@pm.me' });
    expect(read('x@ada.fastmail.com')).toMatchObject({ formerly: 'x@ada.fastmail.com' });
    for (const same of [
      'a.da@gmail.com',
      'ada@googlemail.com',
      'ada+x@example.org',
      'ada@proton.me',
      'ada@yahoo.com',
    ]) {
      expect('formerly' in read(same)).toBe(false);
    }
  });
});

describe('a large provider', () => {
  it('has no share of its own, unlike everybody else', () => {
    for (const large of ['gmail.com', 'outlook.com', 'yahoo.com', 'icloud.com', 'proton.me', 'qq.com', 'web.de'])
      expect(isLargeProvider(large)).toBe(true);
    for (const other of ['example.org', 'gmail.com.example', 'mit.edu', 'mail.gmail.com']) {
      expect(isLargeProvider(other)).toBe(false);
    }
  });
});
