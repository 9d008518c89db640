import type { Reception } from './mail-store.js';

/** What the addresses of SES's mailbox simulator do. List: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html */
const simulated: Readonly<Record<string, Reception>> = {
  success: 'delivered',
  ooto: 'delivered',
  bounce: 'bounced',
  suppressionlist: 'suppressed',
  complaint: 'complained',
};

/** The standard text by which mail scanners are tested; SES rejects a mail with it. */
const testVirus = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

/** How the recipients of a mail take it: any address but the simulator's is delivered to. Labels (`bounce+any@…`) are allowed. */
export function receptionOf(recipients: readonly string[], raw: Buffer): Reception {
  if (raw.includes(testVirus)) return 'rejected';
  const receptions = recipients.map((recipient) => {
    const [, name = ''] = /^([^+@]*)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(recipient) ?? [];
    return simulated[name.toLowerCase()] ?? 'delivered';
  });
  return receptions.find((reception) => reception !== 'delivered') ?? 'delivered';
}
