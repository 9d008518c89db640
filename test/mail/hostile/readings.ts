import { spawnSync } from 'node:child_process';
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

/** What a mail program makes of a mail. */
export interface Reading {
  readonly fields: readonly string[];
  readonly subject: string;
  readonly from: readonly [name: string, address: string];
  readonly to: string;
  readonly text: string;
  readonly html: string;
  readonly defects: readonly string[];
}

/** Programs give line breaks as they like, and end a text by more or fewer. */
export const bodyOf = (text: string): string => text.replace(/\r\n|\r/g, '\n').replace(/\n+$/, '');

export async function byPostalMime(raw: Buffer): Promise<Reading> {
  const mail = await new PostalMime().parse(raw);
  return {
    fields: mail.headers.map(({ key }) => key.toLowerCase()),
    subject: mail.subject ?? '',
    from: [mail.from?.name ?? '', mail.from?.address ?? ''],
    to: (mail.to ?? []).map(({ address }) => address).join(),
    text: bodyOf(mail.text ?? ''),
    html: bodyOf(mail.html ?? ''),
    defects: [],
  };
}

export async function byMailparser(raw: Buffer): Promise<Reading> {
  const plain = { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true, skipTextLinks: true };
  const mail = await simpleParser(raw, { ...plain, maxHtmlLengthToParse: 1e8 });
  const [from] = mail.from?.value ?? [];
  return {
    fields: mail.headerLines.map(({ key }) => key),
    subject: mail.subject ?? '',
    from: [from?.name ?? '', from?.address ?? ''],
    to: [mail.to ?? []]
      .flat()
      .map((list) => list.text)
      .join(),
    text: bodyOf(mail.text ?? ''),
    html: bodyOf(mail.html || ''),
    defects: [],
  };
}

const script = `
import sys, json, base64
from email import message_from_bytes, policy
for line in sys.stdin:
    mail = message_from_bytes(base64.b64decode(line), policy=policy.SMTP)
    plain, html = mail.get_payload()
    defects = [type(d).__name__ for part in (mail, plain, html) for d in part.defects]
    defects += [name + ' ' + type(d).__name__ for name, value in mail.items() for d in getattr(value, 'defects', ())]
    sender = mail['from'].addresses[0]
    print(json.dumps({
        'fields': [name.lower() for name in mail.keys()], 'subject': str(mail['subject']),
        'from': [sender.display_name, sender.addr_spec],
        'to': ','.join(a.addr_spec for a in mail['to'].addresses), 'defects': defects,
        'text': plain.get_payload(decode=True).decode('utf-8'), 'html': html.get_payload(decode=True).decode('utf-8')}))
`;

/** As Python's \`email\` reads them; nothing where there is no Python. */
export function byPython(raws: readonly Buffer[]): readonly Reading[] | undefined {
  const input = raws.map((raw) => `${raw.toString('base64')}\n`).join('');
  const { status, error, stdout, stderr } = spawnSync('python3', ['-c', script], { input, maxBuffer: 2 ** 30 });
  if (error && 'code' in error && error.code === 'ENOENT') return undefined;
  if (status !== 0) throw new Error(`Python cannot read a mail: ${stderr}`);
  const lines = stdout.toString().trim().split('\n');
  return lines
    .map((line) => JSON.parse(line) as Reading)
    .map((one) => ({ ...one, text: bodyOf(one.text), html: bodyOf(one.html) }));
}
