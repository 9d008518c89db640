/** What a provider says makes no other mailbox of an address at its domains. A `+tag` makes none anywhere. */
interface MailProvider {
  /** All deliver to the same mailbox where `isOne`; the first stands for them. */
  readonly domains: readonly string[];
  readonly isOne?: boolean;
  /** Signs in the local part that count for nothing. */
  readonly ignored?: RegExp;
  /** What begins a tag here besides `+`. */
  readonly tagged?: string;
  /** `tag@name.domain` is `name@domain`. */
  readonly hasSubdomains?: boolean;
  /** Where the provider says so. */
  readonly source?: string;
  /**
   * So many people have their mail there that a share of the hourly budget for the whole domain would shut them out, and
   * no flooder has it to themself: whoever floods through it is held by the share of the network.
   */
  readonly isLarge: boolean;
}

/** Providers with rules of their own, and large ones. */
const providers: readonly MailProvider[] = [
  {
    domains: ['gmail.com', 'googlemail.com'],
    isOne: true,
    ignored: /\./g,
    source: 'https://support.google.com/mail/answer/7436150 and https://support.google.com/a/users/answer/9282734',
    isLarge: true,
  },
  {
    domains: ['proton.me', 'protonmail.com', 'pm.me', 'protonmail.ch'],
    isOne: true,
    ignored: /[._-]/g,
    source: 'https://proton.me/support/addresses-and-aliases and removeEmailAlias in github.com/ProtonMail/WebClients',
    isLarge: true,
  },
  {
    domains: ['fastmail.com', 'fastmail.fm', 'sent.com'],
    hasSubdomains: true,
    source: 'https://www.fastmail.help/hc/en-us/articles/360060591053',
    isLarge: true,
  },
  {
    domains: ['icloud.com', 'me.com', 'mac.com'],
    isOne: true,
    source: 'https://support.apple.com/118230',
    isLarge: true,
  },
  {
    domains: [
      'outlook.com',
      'hotmail.com',
      'live.com',
      'msn.com',
      'hotmail.co.uk',
      'hotmail.fr',
      'outlook.fr',
      'live.fr',
    ],
    source: 'https://learn.microsoft.com/exchange/recipients-in-exchange-online/plus-addressing-in-exchange-online',
    isLarge: true,
  },
  {
    domains: ['yahoo.com', 'ymail.com', 'rocketmail.com', 'yahoo.co.uk', 'yahoo.fr', 'yahoo.de', 'yahoo.co.in'],
    tagged: '-',
    source: 'http://help.yahoo.com/help/uk/bt/tutorials/mail/addressguard2.html and US patent application 20060041621',
    isLarge: true,
  },
  { domains: ['yahoo.co.jp', 'aol.com', 'comcast.net', 'verizon.net', 'att.net'], isLarge: true },
  { domains: ['gmx.de', 'gmx.net', 'gmx.com', 'gmx.at', 'web.de', 't-online.de', 'freenet.de'], isLarge: true },
  { domains: ['orange.fr', 'free.fr', 'laposte.net', 'libero.it', 'seznam.cz', 'wp.pl', 'o2.pl'], isLarge: true },
  { domains: ['yandex.ru', 'yandex.com', 'mail.ru', 'bk.ru', 'list.ru', 'inbox.ru'], isLarge: true },
  { domains: ['qq.com', '163.com', '126.com', 'foxmail.com', 'sina.com', 'naver.com', 'daum.net'], isLarge: true },
  { domains: ['zoho.com', 'tutanota.com', 'tuta.com', 'mailbox.org', 'posteo.de'], isLarge: true },
];

const byDomain: ReadonlyMap<string, MailProvider> = new Map(
  providers.flatMap((provider) => provider.domains.map((domain) => [domain, provider] as const)),
);

/** Whether a domain, in lower-case ASCII, is one of a large provider, which has no share of its own. */
export function isLargeProvider(domain: string): boolean {
  return byDomain.get(domain)?.isLarge ?? false;
}

/**
 * The address that stands for all spellings of a mailbox, as its provider delivers them; `local` and `domain` in lower
 * case. A local part of which nothing would be left is kept.
 */
export function mailboxOf(local: string, domain: string): string {
  const [name = '', ...above] = domain.split('.');
  const parent = byDomain.get(above.join('.'));
  if (parent?.hasSubdomains) return `${name}@${above.join('.')}`;
  const provider = byDomain.get(domain);
  const { ignored, tagged, isOne, domains } = provider ?? {};
  const untagged = cutAtTag(cutAtTag(local, '+'), tagged).replace(/\.$/, '');
  const bare = (ignored && untagged.replaceAll(ignored, '')) || untagged;
  return `${bare}@${isOne && domains ? domains[0] : domain}`;
}

function cutAtTag(local: string, sign: string | undefined): string {
  const at = sign === undefined ? -1 : local.indexOf(sign);
  return at > 0 ? local.slice(0, at) : local;
}
