import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Check } from '../../../../../cli/commands/watch/doctor/check.js';
import { checkHeaders } from '../../../../../cli/commands/watch/doctor/check-headers.js';

const both = 'from:to:subject:list-unsubscribe:list-unsubscribe-post';
const signature = (domain: string, covered = both) =>
  `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple;\r\n\ts=abc; d=${domain}; t=1;\r\n\th=${covered};\r\n\tbh=AAAA=; b=BBBB==`;
const verdict =
  'Authentication-Results: mx.example.net;\r\n       dkim=pass header.i=@papers.dev header.s=abc;\r\n       dkim=pass header.i=@amazonses.com;\r\n       spf=pass (example.net: domain of 0100@mail.papers.dev (really) designates it) smtp.mailfrom=0100@mail.papers.dev;\r\n       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=papers.dev';

const good = {
  from: 'From: "Papers, daily" <digest@papers.dev>',
  verdict,
  signatures: `${signature('papers.dev')}\r\n${signature('amazonses.com', 'from:to')}`,
  link: 'List-Unsubscribe: <https://papers.dev/unsubscribe?token=x>',
  post: 'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
  end: 'Subject: Folded\r\n  twice\r\n\r\nThe body: is not a header\r\nFrom: nobody@else.org',
};
const mail = (over: Partial<typeof good> = {}) =>
  Object.values({ ...good, ...over })
    .filter((line) => line !== '')
    .join('\r\n');
const check = (text: string) => Object.fromEntries(checkHeaders(text).map((each) => [each.id, each] as const));
const stateOf = (checks: readonly Check[]) => Object.fromEntries(checks.map(({ id, state }) => [id, state]));
const one = (id: string, over: Partial<typeof good>) => {
  const found = check(mail(over))[id];
  return `${found?.state} ${found?.what}`;
};

describe('the headers of a received mail', () => {
  it('are well where the sender signs both unsubscribe headers and the mailbox agrees', () => {
    const found = check(mail());
    expect(Object.values(found).map(({ id, state, what }) => `${id} ${state} ${what}`)).toEqual([
      'headers ok 7 headers of a mail from papers.dev',
      'headers-unsubscribe ok one click unsubscribes (RFC 8058)',
      'headers-dkim ok signed by papers.dev, which the mailbox has verified',
      'headers-covered ok the signature covers both unsubscribe headers',
      'headers-spf ok SPF passes for mail.papers.dev, which aligns with papers.dev',
      'headers-dmarc ok DMARC passes for papers.dev',
    ]);
  });

  it('are read with bare line feeds, after blank lines and a line that is none', () => {
    const pasted = `\n\nFrom somebody Fri Aug  7 05:00:00 2026\n${mail().replaceAll('\r\n', '\n')}`;
    expect(stateOf(checkHeaders(pasted))).toEqual(stateOf(checkHeaders(mail())));
  });

  it('fail where the signature leaves an unsubscribe header out, even if another signature has it', () => {
    const signatures = `${signature('papers.dev', 'from:list-unsubscribe')}\r\n${signature('amazonses.com')}`;
    expect(one('headers-covered', { signatures })).toBe('failure the signature does not cover list-unsubscribe-post');
    expect(one('headers-covered', { signatures: signature('papers.dev', 'From : To') })).toBe(
      'failure the signature does not cover list-unsubscribe and list-unsubscribe-post',
    );
    expect(
      one('headers-covered', { signatures: signature('papers.dev', both.toUpperCase().replaceAll(':', ' :\r\n  ')) }),
    ).toMatch(/^ok/);
  });

  it('fail without a signature of the sender, and with one that the mailbox could not verify', () => {
    expect(one('headers-dkim', { signatures: signature('amazonses.com') })).toBe(
      'failure signed by amazonses.com, not by papers.dev',
    );
    expect(one('headers-dkim', { signatures: '' })).toBe('failure the mail has no DKIM-Signature that can be read');
    expect(one('headers-dkim', { signatures: 'DKIM-Signature: v=1; d=papers.dev; h' })).toMatch(
      /^failure the mail has no/,
    );
    const broken = verdict.replace('dkim=pass header.i=@papers.dev', 'dkim=fail (bad body) header.i=@papers.dev');
    expect(one('headers-dkim', { verdict: broken })).toBe(
      'failure the mailbox says of the signature by papers.dev: fail',
    );
  });

  it('fail where SPF passes for somebody else, or not', () => {
    const other = verdict.replace('smtp.mailfrom=0100@mail.papers.dev', 'smtp.mailfrom=0100@amazonses.com');
    expect(one('headers-spf', { verdict: other })).toBe(
      'failure SPF passes for amazonses.com, which does not align with papers.dev',
    );
    expect(one('headers-spf', { verdict: verdict.replace('spf=pass', 'spf=softfail') })).toBe('failure SPF: softfail');
    expect(one('headers-spf', { verdict: verdict.replace('0100@mail.papers.dev;', '0100@notpapers.dev;') })).toMatch(
      /^failure SPF passes for notpapers\.dev/,
    );
  });

  it('fail where DMARC does, or nobody judged it', () => {
    expect(one('headers-dmarc', { verdict: verdict.replace('dmarc=pass', 'dmarc=fail') })).toBe('failure DMARC: fail');
    expect(one('headers-dmarc', { verdict: verdict.replace('header.from=papers.dev', 'header.from=evil.dev') })).toBe(
      'failure DMARC passes for evil.dev, not for papers.dev',
    );
    expect(one('headers-dmarc', { verdict: '' })).toBe('failure the headers hold no Authentication-Results');
    expect(one('headers-spf', { verdict: 'Authentication-Results: mx.example.net; none' })).toMatch(/^skipped/);
  });

  it('believe the mailbox that took the mail, not a result that came with it', () => {
    const forged = `${verdict.replaceAll('pass', 'fail')}\r\n${verdict}`;
    expect(one('headers-dmarc', { verdict: forged })).toBe('failure DMARC: fail');
  });

  it('are read as Outlook writes them, without a name in front', () => {
    const outlook =
      'Authentication-Results: spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=mail.papers.dev; dkim=pass (signature was verified)\r\n header.d=papers.dev;dmarc=pass action=none\r\n header.from=papers.dev;compauth=pass reason=100';
    const states = stateOf(checkHeaders(mail({ verdict: outlook })));
    expect(new Set(Object.values(states))).toEqual(new Set(['ok']));
  });

  it('fail without one click to unsubscribe', () => {
    expect(one('headers-unsubscribe', { post: '' })).toMatch(
      /^failure List-Unsubscribe or List-Unsubscribe-Post is missing/,
    );
    const link = 'List-Unsubscribe: <https://papers.dev/a>, <https://papers.dev/b>';
    expect(one('headers-unsubscribe', { link })).toMatch(/^failure List-Unsubscribe does not hold exactly one/);
    expect(one('headers-unsubscribe', { link: 'List-Unsubscribe: <mailto:a@papers.dev>' })).toMatch(
      /exactly one https/,
    );
    expect(one('headers-unsubscribe', { post: 'List-Unsubscribe-Post: yes' })).toMatch(
      /^failure List-Unsubscribe-Post is not/,
    );
  });

  it.each([
    ['nothing', ''],
    ['blank lines', '\r\n\r\n'],
    ['a text', 'hello there\nthis is no mail'],
    ['bytes', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 37) % 256)).toString('latin1')],
    ['two senders', mail({ from: 'From: a@papers.dev\r\nFrom: b@papers.dev' })],
    ['no sender', mail({ from: '' })],
    ['a sender without a domain', mail({ from: 'From: root@localhost' })],
    ['headers cut off within the sender', 'From: "Papers'],
  ])('fail in one check that says how to get them, of %s', (_name, text) => {
    const checks = checkHeaders(text);
    expect(stateOf(checks)).toEqual({ headers: 'failure' });
    expect(checks[0]?.do).toMatch(/send-test/);
  });

  it('take no longer for a megabyte of folds, brackets and semicolons', () => {
    const deep = `From: a@papers.dev\r\nAuthentication-Results: x; ${'('.repeat(400_000)}\r\nDKIM-Signature: ${'d=;h='.repeat(100_000)}\r\n`;
    expect(stateOf(checkHeaders(deep))['headers-dkim']).toBe('failure');
    expect(stateOf(checkHeaders(`From: a@papers.dev${'\r\n x'.repeat(300_000)}`))).toEqual({ headers: 'failure' });
  });

  it('never throw, whatever is given', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...Object.values(good)), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        for (const { state, do: todo } of checkHeaders(lines.join('\r\n'))) {
          if (state === 'failure') expect(todo).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});
