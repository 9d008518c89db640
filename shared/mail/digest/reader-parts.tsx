import type { Child } from 'hono/jsx';
import { footerText } from '../layout/footer-view.js';
import { FooterLinks, Link, markup, Paragraph, Row, running } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { wrapLines } from '../layout/plain-text.js';
import type { DigestView } from './digest.js';

/** What only one reader's mail says, as HTML or as text; each part goes into the frame's place of its name. */
export interface ReaderParts {
  readonly preheader: string;
  readonly opening: string;
  readonly closing: string;
  readonly footer: string;
}

const Text = ({ children }: { children?: Child }) => <>{children}</>;

const Opening = ({ greeting, dayLine }: DigestView) => (
  <Row above={false}>
    {greeting.map((text) => (
      <Paragraph>{text}</Paragraph>
    ))}
    {dayLine && <Paragraph>{dayLine}</Paragraph>}
  </Row>
);

const Closing = ({ matched, seeAll }: DigestView) => (
  <p class="text" style={`${running};color:${colour.text}`}>
    {matched}{' '}
    <Link to={seeAll.url} style="font-weight:700;text-decoration:underline">
      {seeAll.label}
    </Link>
  </p>
);

/** A reader's parts as HTML. */
export function readerHtml(view: DigestView): ReaderParts {
  const isOpened = view.greeting.length > 0 || view.dayLine !== '';
  return {
    preheader: markup(<Text>{view.preheader}</Text>),
    opening: isOpened ? markup(<Opening {...view} />) : '',
    closing: markup(<Closing {...view} />),
    footer: markup(<FooterLinks footer={view.footer} />),
  };
}

/** A reader's parts as text, wrapped at 72. */
export function readerText(view: DigestView): ReaderParts {
  const opening = [...view.greeting, view.dayLine].filter((text) => text !== '');
  const { reason, links } = view.footer;
  return {
    preheader: '',
    opening: opening.map((text) => `${wrapLines(text).join('\n')}\n\n`).join(''),
    closing: `${wrapLines(view.matched).join('\n')}\n${view.seeAll.label}:\n${view.seeAll.url}\n\n`,
    footer: `${footerText({ ...(reason !== undefined && { reason }), links })}\n\n`,
  };
}
