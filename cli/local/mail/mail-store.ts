import { type DataFolder, folderIn, openRecords, recordKey } from '../data-folder.js';

/** How the recipient took a mail, as SES's mailbox simulator plays it. */
export type Reception = 'delivered' | 'bounced' | 'suppressed' | 'complained' | 'rejected';

/** A mail that the played SES accepted. */
export interface StoredMail {
  readonly messageId: string;
  readonly at: number;
  readonly from: string;
  readonly to: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly configurationSet?: string;
  readonly raw: Buffer;
  /** Set when it was not simply delivered. */
  readonly simulated?: Exclude<Reception, 'delivered'>;
}

/** Every accepted mail, and which of them still owe their events. */
export interface MailStore {
  readonly mails: readonly StoredMail[];
  /** Stores a mail durably, as one that still owes its events. */
  add(mail: StoredMail): void;
  /** Notes that a mail's events were handed over. */
  markTold(mail: StoredMail): void;
  /** Mails whose events an earlier process did not hand over. */
  readonly untold: readonly StoredMail[];
}

/** Opens the accepted mails: a record for each, and a mark while its events are owed. */
export function openMailStore(folder?: DataFolder): MailStore {
  const records = openRecords<Omit<StoredMail, 'raw'> & { raw: string }>(folder);
  const marks = openRecords<true>(folderIn(folder, 'untold'));
  const mails = records.found.map(([, mail]): StoredMail => ({ ...mail, raw: Buffer.from(mail.raw, 'base64') }));
  const keys = new Map<StoredMail, string>(mails.map((mail, index) => [mail, records.found[index]?.[0] ?? '']));
  const owed = new Set(marks.found.map(([key]) => key));
  return {
    mails,
    untold: mails.filter((mail) => owed.has(keys.get(mail) ?? '')),
    add(mail) {
      const key = recordKey(mails.length + 1);
      // The mark comes first: without its mail it means nothing, but a mail without its mark would never be reported.
      marks.save(key, true);
      records.save(key, { ...mail, raw: mail.raw.toString('base64') });
      keys.set(mail, key);
      mails.push(mail);
    },
    markTold: (mail) => marks.remove(keys.get(mail) ?? ''),
  };
}
