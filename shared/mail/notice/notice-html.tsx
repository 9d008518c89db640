import { Muted, Paragraph } from '../layout/html-parts.js';
import { FirstRow, FooterRow, MailPage, Masthead } from '../layout/mail-page.js';
import { markup } from '../layout/markup.js';
import { lightPalette as colour } from '../layout/palette.js';
import type { LabelledLink } from '../layout/plain-text.js';
import type { NoticeView } from './notice-view.js';

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
    <FirstRow>
      <Masthead gapPx={10} />
      {view.paragraphs.map((text) => (
        <Paragraph>{text}</Paragraph>
      ))}
      <Button action={view.action} />
      {view.notes.map((text) => (
        <Muted>{text}</Muted>
      ))}
    </FirstRow>
    <FooterRow footer={view.footer} />
  </MailPage>
);

/** The HTML of a notice. */
export function noticeHtml(view: NoticeView): string {
  return `<!doctype html>${markup(<Page view={view} />)}`;
}
