import { afterEach, describe, expect, it } from '@jest/globals';
import { checkDns, type MailDomain } from '../../../../../cli/commands/watch/doctor/check-dns.js';
import { dnsBy } from '../../../../../cli/commands/watch/doctor/dns.js';
import { playDns, type Zone } from '../../../../support/played-dns.js';

const domain: MailDomain = {
  from: 'papers.reader.dev',
  identity: 'papers.reader.dev',
  ses: { dkimTokens: ['aaa', 'bbb'], mailFrom: 'mail.papers.reader.dev' },
  plannedMailFrom: 'mail.papers.reader.dev',
  region: 'eu-west-1',
};
const mailFrom = { MX: ['feedback-smtp.eu-west-1.amazonses.com'], TXT: ['v=spf1 include:amazonses.com ~all'] };
const zone: Zone = {
  'aaa._domainkey.papers.reader.dev': { CNAME: ['aaa.dkim.amazonses.com'] },
  'bbb._domainkey.papers.reader.dev': { CNAME: ['bbb.dkim.amazonses.com'] },
  'mail.papers.reader.dev': mailFrom,
  '_dmarc.papers.reader.dev': { TXT: ['v=DMARC1; p=none'] },
};

const played: { close?: () => Promise<void> } = {};
afterEach(async () => {
  await played.close?.();
  delete played.close;
});

/** The checks by id, as `state what`, of a zone that is well but for these names. */
async function found(over: Zone = {}, given: Partial<MailDomain> = {}, without: readonly string[] = []) {
  const names = Object.entries({ ...zone, ...over }).filter(([name]) => !without.includes(name));
  const { server, close } = await playDns(Object.fromEntries(names));
  played.close = close;
  const checks = await checkDns({ ...domain, ...given }, dnsBy(server));
  return Object.fromEntries(checks.map(({ id, state, what, do: todo }) => [id, `${state} ${what}; ${todo}`]));
}

describe('the records by which mailboxes trust the sender', () => {
  it('are all there', async () => {
    expect(await found()).toEqual({
      dkim: 'ok the 2 records of papers.reader.dev are there; ',
      'mail-from': 'ok bounces of mail.papers.reader.dev go to SES; ',
      spf: 'ok SPF of mail.papers.reader.dev lets SES send; ',
      dmarc: 'ok _dmarc.papers.reader.dev says p=none; ',
    });
  });

  it('are missing, and each says what to enter', async () => {
    const none = await found({}, {}, Object.keys(zone));
    expect(none.dkim).toMatch(
      /^failure there is no aaa\._domainkey\.papers\.reader\.dev; enter aaa\._domainkey\.papers\.reader\.dev CNAME aaa\.dkim\.amazonses\.com/,
    );
    expect(none['mail-from']).toMatch(
      /^failure mail\.papers\.reader\.dev has no MX; enter mail\.papers\.reader\.dev MX 10 feedback-smtp\.eu-west-1\.amazonses\.com/,
    );
    expect(none.spf).toMatch(
      /^failure mail\.papers\.reader\.dev has no SPF; enter .* TXT "v=spf1 include:amazonses\.com ~all"/,
    );
    expect(none.dmarc).toMatch(/^failure papers\.reader\.dev has no DMARC; enter _dmarc\.papers\.reader\.dev TXT/);
  });

  it('lead elsewhere', async () => {
    const { dkim, 'mail-from': from } = await found({
      'bbb._domainkey.papers.reader.dev': { CNAME: ['old.dkim.amazonses.com'] },
      'mail.papers.reader.dev': { ...mailFrom, MX: ['mx.reader.dev', 'feedback-smtp.eu-west-1.amazonses.com'] },
    });
    expect(dkim).toMatch(/^failure bbb\..* leads to old\.dkim\.amazonses\.com;/);
    expect(from).toMatch(/^failure MX of mail\.papers\.reader\.dev is /);
  });

  it.each([
    [['v=spf1 -all'], /does not let SES send/],
    [['v=spf1 include:amazonses.com ~all', 'v=spf1 -all'], /has 2 SPF records, which counts as none/],
    [['v=spf10 include:amazonses.com', 'something else'], /has no SPF/],
  ])('hold an SPF that is wrong: %s', async (TXT, what) => {
    expect((await found({ 'mail.papers.reader.dev': { ...mailFrom, TXT } })).spf).toMatch(what);
  });

  it.each([
    [['v=DMARC1; rua=mailto:a@reader.dev'], /has no policy/],
    [['v=DMARC1; p=none', 'v=DMARC1; p=reject'], /has 2 DMARC records, which counts as none/],
    [[`v=DMARC1; p=reject; rua=${'mailto:a@reader.dev,'.repeat(20)}`], /^ok .* says p=reject/],
  ])('hold a DMARC that is %s', async (TXT, what) => {
    expect((await found({ '_dmarc.papers.reader.dev': { TXT } })).dmarc).toMatch(what);
  });

  it('are not asked for a key of the admin’s own, which SES looks for itself', async () => {
    const own = (isOwnKeyFound: boolean) => ({
      ses: { dkimTokens: ['mine'], isOwnKeyFound, mailFrom: 'mail.papers.reader.dev' },
    });
    expect((await found({}, own(true))).dkim).toMatch(/^ok SES has found the key of your own/);
    await played.close?.();
    expect((await found({}, own(false))).dkim).toMatch(/^failure SES does not find the key of your own in DNS; enter/);
  });

  it('have the DMARC of the domain above, where its own has none', async () => {
    const over = { '_dmarc.reader.dev': { TXT: ['v=DMARC1; p=quarantine'] } };
    const { dmarc } = await found(over, {}, ['_dmarc.papers.reader.dev']);
    expect(dmarc).toBe('ok _dmarc.reader.dev says p=quarantine; ');
  });

  it('need a MAIL FROM of one’s own, under the domain of the sender', async () => {
    const { 'mail-from': none, spf } = await found({}, { ses: { dkimTokens: ['aaa'] } });
    expect(none).toMatch(/^failure mails of papers\.reader\.dev come from SES's own domain/);
    expect(spf).toMatch(/^skipped/);
    await played.close?.();
    const ses = { dkimTokens: ['aaa'], mailFrom: 'mail.other.dev' };
    expect((await found({ 'mail.other.dev': mailFrom }, { ses }))['mail-from']).toMatch(
      /^failure mail\.other\.dev is not under the domain of the sender/,
    );
  });

  it('are looked for as the settings plan them where SES could not be asked, but for its keys', async () => {
    const { ses: _, ...unasked } = domain;
    const { server, close } = await playDns(zone);
    played.close = close;
    const states = (await checkDns(unasked, dnsBy(server))).map(({ state }) => state);
    expect(states).toEqual(['skipped', 'ok', 'ok', 'ok']);
  });

  it('fail, each for itself, where the name server refuses', async () => {
    const { dmarc, spf } = await found({ '_dmarc.papers.reader.dev': 'refused' });
    expect(dmarc).toMatch(/^failure DNS could not be asked \(EREFUSED\); .*--dns/);
    expect(spf).toMatch(/^ok/);
  });

  it('are asked of a name server that is one', () => {
    expect(() => dnsBy('not a server')).toThrow(/--dns: write the address of a name server/);
  });
});
