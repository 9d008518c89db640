import { type Card, type CardRenderer, type CardText, cardRenderer, indent, indented } from '../card/card-renderer.js';
import { footerText } from '../layout/footer-view.js';
import {
  betweenSlots,
  FirstRow,
  FooterRow,
  Link,
  MailPage,
  Masthead,
  Muted,
  markup,
  Paragraph,
  Row,
} from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { wrapLines } from '../layout/plain-text.js';
import { type ComposedMail, composedMail, mailHeaders } from '../send/composed-mail.js';
import { type Digest, type DigestView, digestView, type Opening } from './digest.js';

const PaperRow = ({ reasons }: { reasons: readonly string[] }) => (
  <Row>
    {reasons.length > 0 && (
      <p class="accent" style={`margin:0 0 6px;font-size:14px;line-height:1.4;font-weight:600;color:${colour.accent}`}>
        {reasons.map((reason, at) => (
          <>
            {at > 0 && <br />}
            {reason}
          </>
        ))}
      </p>
    )}
    <slot />
  </Row>
);

const Page = ({ view }: { view: DigestView }) => (
  <MailPage title={view.subject} preheader={view.preheader}>
    <FirstRow>
      <Masthead gapPx={2} />
      <Muted>{view.date}</Muted>
      {view.greeting.map((text) => (
        <Paragraph>{text}</Paragraph>
      ))}
      <Paragraph>
        {view.intro} <Link to={view.editionUrl}>See the whole edition</Link>
      </Paragraph>
    </FirstRow>
    {view.papers.map(({ reasons }) => (
      <PaperRow reasons={reasons} />
    ))}
    <FooterRow footer={view.footer} />
  </MailPage>
);

/** The digest's own parts are rendered; the cards, one for each paper of the view, are inserted as they are. */
function digestHtml(view: DigestView, cards: readonly Card[]): string {
  const pieces = betweenSlots(markup(<Page view={view} />));
  return ['<!doctype html>', ...pieces.flatMap((piece, at) => [piece, cards[at]?.html ?? ''])].join('');
}

function numbered(reasons: readonly string[], at: number, card: CardText): string {
  const number = `${at + 1}.`.padStart(indent.length - 1);
  return [`${number} ${card.head}`, ...reasons.flatMap((reason) => indented(`Matches ${reason}`)), card.body].join(
    '\n',
  );
}

/** Wrapped at 72, joined from the cards, one for each paper of the view. */
function digestText(view: DigestView, cards: readonly Card[]): string {
  const papers = cards.map(({ text }, at) => numbered(view.papers[at]?.reasons ?? [], at, text));
  return [
    `PAPERBOY\n${view.date}`,
    ...view.greeting.map((text) => wrapLines(text).join('\n')),
    [...wrapLines(view.intro), `See the whole edition: ${view.editionUrl}`].join('\n'),
    ...papers,
    `${footerText(view.footer)}\n`,
  ].join('\n\n');
}

/** The mail of a digest; `cards` is shared by the mails of one edition, `opening` makes it a subscriber's first. */
export function composeDigest(digest: Digest, cards: CardRenderer = cardRenderer(), opening?: Opening): ComposedMail {
  const rendered = digest.papers.map(cards);
  const view = digestView(digest, (paper) => cards(paper).view, opening);
  return composedMail({
    from: digest.sender,
    to: digest.to,
    subject: view.subject,
    html: [digestHtml(view, rendered)],
    text: [digestText(view, rendered)],
    headers: mailHeaders(digest),
  });
}
