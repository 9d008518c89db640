import { cardRenderer } from '../../shared/mail/card/card-renderer.js';
import { composeDigest } from '../../shared/mail/digest/compose-digest.js';
import { toMime } from '../../shared/mail/send/raw-mail.js';
import { aDigest } from '../mail/digest-builder.js';
import { medianMs, round } from './measure.js';

const mails = 200;

/** Composes mails of one edition and makes their MIME, beside encoding the same HTML as base64 once each. */
export async function benchCompose(): Promise<object> {
  const digest = aDigest();
  const cards = cardRenderer();
  const { html } = composeDigest(digest, cards);
  const composeMs = await medianMs(() => {
    for (let index = 0; index < mails; index += 1) composeDigest(digest, cards);
  });
  const mimeMs = await medianMs(async () => {
    const mail = composeDigest(digest, cards);
    for (let index = 0; index < mails; index += 1) {
      await toMime(mail, { date: new Date(0), messageId: `${index}@example.org` });
    }
  });
  const base64Ms = await medianMs(() => {
    for (let index = 0; index < mails; index += 1) Buffer.from(html).toString('base64');
  });
  return {
    htmlBytes: Buffer.byteLength(html),
    microsPerMail: round(((composeMs + mimeMs) * 1000) / mails),
    composeToBase64: round(composeMs / base64Ms),
    mimeToBase64: round(mimeMs / base64Ms),
  };
}
