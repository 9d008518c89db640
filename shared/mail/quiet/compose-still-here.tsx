import { footerText } from '../layout/footer-view.js';
import { FooterRow, Link, MailPage, MastheadRow, Muted, markup, Paragraph, Row } from '../layout/mail-page.js';
import { wrapLines } from '../layout/plain-text.js';
import { type ComposedMail, composedMail, mailHeaders } from '../send/composed-mail.js';
import { type StillHere, type StillHereView, stillHereView } from './still-here.js';

const Page = ({ view }: { view: StillHereView }) => (
  <MailPage title={view.subject} preheader={view.preheader}>
    <MastheadRow line={view.date} />
    <Row above={false}>
      {view.paragraphs.map((text) => (
        <Paragraph>{text}</Paragraph>
      ))}
      {view.topics.map((text) => (
        <Muted>{text}</Muted>
      ))}
    </Row>
    {view.papers.length > 0 && (
      <Row>
        <Paragraph>
          <strong>{view.heading}</strong>
        </Paragraph>
        {view.papers.map(({ paper, why }) => (
          <>
            <Paragraph>
              <Link to={paper.url}>{paper.label}</Link>
            </Paragraph>
            {why !== '' && <Muted>{why}</Muted>}
          </>
        ))}
        <Paragraph>
          <Link to={view.seeAll.url}>{view.seeAll.label}</Link>
        </Paragraph>
      </Row>
    )}
    <Row>
      <Paragraph>
        <Link to={view.action.url}>{view.action.label}</Link>
      </Paragraph>
      {view.notes.map((text) => (
        <Muted>{text}</Muted>
      ))}
    </Row>
    <FooterRow footer={view.footer} />
  </MailPage>
);

/** Wrapped at 72. */
function stillHereText(view: StillHereView): string {
  const wrapped = (texts: readonly string[]) => texts.map((text) => wrapLines(text).join('\n'));
  const papers = view.papers.map(({ paper, why }) =>
    [...wrapLines(paper.label), ...(why === '' ? [] : wrapLines(why)), paper.url].join('\n'),
  );
  return [
    `PAPERBOY\n${view.date}`,
    ...wrapped(view.paragraphs),
    ...(view.topics.length > 0 ? [wrapped(view.topics).join('\n')] : []),
    ...(papers.length > 0 ? [view.heading.toUpperCase(), ...papers, `${view.seeAll.label}:\n${view.seeAll.url}`] : []),
    `${view.action.label}:\n${view.action.url}`,
    ...wrapped(view.notes),
    `${footerText(view.footer)}\n`,
  ].join('\n\n');
}

/** The mail that tells a subscriber that we are still here, and what came closest to their topics. */
export function composeStillHere(note: StillHere): ComposedMail {
  const view = stillHereView(note);
  return composedMail({
    from: note.sender,
    to: note.to,
    subject: view.subject,
    html: [`<!doctype html>${markup(<Page view={view} />)}`],
    text: [stillHereText(view)],
    headers: mailHeaders(note),
  });
}
