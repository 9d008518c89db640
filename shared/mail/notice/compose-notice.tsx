import { composeDigest } from '../digest/compose-digest.js';
import type { DigestParts } from '../digest/digest-parts.js';
import { footerText } from '../layout/footer-view.js';
import { FooterRow, MailPage, MastheadRow, Muted, markup, Paragraph, Row } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { type LabelledLink, wrapLines } from '../layout/plain-text.js';
import { type ComposedMail, composedMail, type ListLinks, mailHeaders } from '../send/composed-mail.js';
import type { Notice } from './notice.js';
import { type NoticeView, noticeView, welcomeGreeting, welcomeSubject } from './notice-view.js';

const face = `background-color:${colour.accent};color:${colour.card}`;
const fit =
  'display:inline-block;padding:13px 24px;font-size:16px;line-height:1.3;font-weight:600;text-decoration:none';

const Button = ({ action }: { action: LabelledLink }) => (
  // Outlook pads the cell and ignores the link's padding; everything else pads the link.
  <table role="presentation" cellpadding="0" cellspacing="0" border={0} style="margin:8px 0 20px">
    <tr>
      <td class="button" style={`${face};border-radius:6px`}>
        <a class="button" href={action.url} style={`${face};${fit};border-radius:6px`}>
          {action.label}
        </a>
      </td>
    </tr>
  </table>
);

const Page = ({ view }: { view: NoticeView }) => (
  <MailPage title={view.subject} preheader={view.preheader}>
    <MastheadRow line="Trending papers in your inbox, once a day." />
    <Row above={false}>
      {view.paragraphs.map((text) => (
        <Paragraph>{text}</Paragraph>
      ))}
      <Button action={view.action} />
      {view.notes.map((text) => (
        <Muted>{text}</Muted>
      ))}
    </Row>
    <FooterRow footer={view.footer} />
  </MailPage>
);

/** Wrapped at 72. */
function noticeText({ paragraphs, action, notes, footer }: NoticeView): string {
  const wrapped = (texts: readonly string[]) => texts.map((text) => wrapLines(text).join('\n'));
  return [
    'PAPERBOY',
    ...wrapped(paragraphs),
    `${action.label}:\n${action.url}`,
    ...wrapped(notes),
    `${footerText(footer)}\n`,
  ].join('\n\n');
}

/** Only subscribers can unsubscribe, and only the welcome is a mail of the list. */
function listLinksOf(notice: Notice): ListLinks {
  switch (notice.kind) {
    case 'welcome':
      return { listId: notice.listId, unsubscribeUrl: notice.unsubscribeUrl };
    case 'already-subscribed':
      return { unsubscribeUrl: notice.unsubscribeUrl };
    default:
      return {};
  }
}

/** The mail of a notice; a welcome with a digest takes its `parts` as the digests of its edition do. */
export function composeNotice(notice: Notice, parts?: DigestParts): ComposedMail {
  if (notice.kind === 'welcome' && notice.digest) {
    const greeting = welcomeGreeting(notice);
    return composeDigest(notice.digest, parts, { subject: welcomeSubject, preheader: greeting.join(' '), greeting });
  }
  const view = noticeView(notice);
  return composedMail({
    from: notice.sender,
    to: notice.to,
    subject: view.subject,
    html: [`<!doctype html>${markup(<Page view={view} />)}`],
    text: [noticeText(view)],
    headers: mailHeaders(listLinksOf(notice)),
  });
}
