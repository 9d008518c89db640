import { mailTags } from '../contract/mail-tags.js';
import type { Instant } from '../domain/calendar-date.js';
import { composedMail, mailHeaders } from '../mail/send/composed-mail.js';
import { type Installation, pagesHost } from '../mail/send/installation.js';
import { offerMail } from '../mail/send/offer-mail.js';
import type { SendAnswer } from '../mail/send/ses-sender.js';

/**
 * Takes every mail, and no bounce or complaint comes of it.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const simulator = 'success@simulator.amazonses.com';

/** Offers SES a mail to nobody, whose Send event shows that events are coming through. */
export type MailProbe = (at: Instant) => Promise<SendAnswer>;

/** Makes the prober of one installation. */
export function probeMailer(deps: Omit<Installation, 'keys'>): MailProbe {
  const text = 'Paperboy asks whether the events of its mails are coming through.\n';
  return (at) =>
    offerMail(
      async () => ({
        mail: composedMail({
          from: deps.from,
          to: simulator,
          subject: 'Paperboy: probe',
          html: [`<p>${text}</p>`],
          text: [text],
          headers: mailHeaders({}),
        }),
        stamp: { date: new Date(at), messageId: `probe.${at}@${pagesHost(deps)}` },
        tags: { [mailTags.probe]: 'events', [mailTags.claimed]: String(at) },
      }),
      deps,
    );
}
