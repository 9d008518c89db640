import { Link, Muted, Paragraph } from '../layout/html-parts.js';
import { FirstRow, FooterRow, MailPage, Masthead, Row } from '../layout/mail-page.js';
import { betweenSlots, markup } from '../layout/markup.js';
import { lightPalette as colour } from '../layout/palette.js';
import type { DigestView } from './digest-view.js';

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
        {view.intro} <Link to={view.editionUrl}>See them all</Link>
      </Paragraph>
    </FirstRow>
    {view.papers.map(({ reasons }) => (
      <PaperRow reasons={reasons} />
    ))}
    <FooterRow footer={view.footer} />
  </MailPage>
);

/** The HTML of a digest: its own parts are rendered, the cards, one for each paper of the view, are put in as they are. */
export function digestHtml(view: DigestView, cards: readonly string[]): string {
  const pieces = betweenSlots(markup(<Page view={view} />));
  return ['<!doctype html>', ...pieces.flatMap((piece, at) => [piece, cards[at] ?? ''])].join('');
}
