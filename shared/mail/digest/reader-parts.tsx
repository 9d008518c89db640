import { once } from '../../domain/once.js';
import { footerText } from '../layout/footer-view.js';
import { betweenSlots, FooterLinks, Link, Muted, markup, Paragraph, Row, running, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { type LabelledLink, wrapLines } from '../layout/plain-text.js';
import { escaped, template } from '../layout/template.js';
import { type Piece, sharedPiece } from '../send/quoted-printable.js';
import { type DigestView, lessLabel } from './digest.js';

/** What only one reader's mail says, as HTML or as text; each part goes into the frame's place of its name. */
export interface ReaderParts {
  readonly preheader: readonly Piece[];
  readonly opening: readonly Piece[];
  readonly closing: readonly Piece[];
  readonly footer: readonly Piece[];
  /** Address of the reader's page for this mail, where its papers can be pressed; text has it in its closing. */
  readonly likePage?: Piece;
}

/** The name of that page's link where a mail has one for all its papers. */
const likeLabel = 'More or less like one of these, or already read? Choose here';

const aroundOpening = once(() =>
  betweenSlots(
    markup(
      <Row above={false}>
        <slot />
      </Row>,
    ),
  ).map(sharedPiece),
);

const paragraph = template(['text'], ({ text }) => <Paragraph>{text}</Paragraph>);

const closing = template(['matched', 'url', 'label'], ({ matched, url, label }) => (
  <p class="text" style={`${running};color:${colour.text}`}>
    {matched}{' '}
    <Link to={url} style="font-weight:700;text-decoration:underline">
      {label}
    </Link>
  </p>
));

const less = template(['url'], ({ url }) => (
  <p style={`${small};line-height:1.8`}>
    <Link to={url}>{lessLabel}</Link>
  </p>
));

const mostKept = 1000;

/** Encodes what many mails of a day say alike once; all of it is forgotten when it is `mostKept` texts. */
function kept(make: (text: string) => readonly Piece[]): (text: string) => readonly Piece[] {
  const known = new Map<string, readonly Piece[]>();
  return (text) => {
    const found = known.get(text);
    if (found) return found;
    if (known.size >= mostKept) known.clear();
    const made = make(text).map((piece) => (typeof piece === 'string' ? sharedPiece(piece) : piece));
    known.set(text, made);
    return made;
  };
}

const preheaderHtml = kept((text) => [escaped(text)]);
const openingHtml = kept((text) => paragraph({ text }));
const openingText = kept((text) => [`${wrapLines(text).join('\n')}\n\n`]);

type Footer = DigestView['footer'];

const footersByLabels = new Map<string, (footer: Footer) => readonly Piece[]>();

/** Every digest has the same few links: only where they lead is a reader's own. */
function footerHtml(footer: Footer): readonly Piece[] {
  const key = footer.links.map(({ label }) => label).join('\n');
  const known = footersByLabels.get(key) ?? footerOf(footer.links);
  footersByLabels.set(key, known);
  return known(footer);
}

function footerOf(links: readonly LabelledLink[]): (footer: Footer) => readonly Piece[] {
  const names = ['reason', ...links.map((_, at) => `url ${at}`)];
  const fill = template(names, (marks) => {
    const marked = links.map(({ label }, at) => ({ label, url: marks[`url ${at}`] ?? '' }));
    return <FooterLinks footer={{ links: marked, reason: marks.reason ?? '' }} />;
  });
  return ({ reason, links }) => {
    const urls = links.map(({ url }, at) => [`url ${at}`, url]);
    return fill({ ...Object.fromEntries(urls), reason });
  };
}

/** Greeting and day line, whichever there is. */
function openingOf({ greeting, dayLine }: DigestView): readonly string[] {
  return dayLine === '' ? greeting : [...greeting, dayLine];
}

function lessOf({ lessUrl }: DigestView, write: (url: string) => readonly Piece[]): readonly Piece[] {
  return lessUrl === undefined ? [] : write(lessUrl);
}

/** A reader's parts as HTML. */
export function readerHtml(view: DigestView): ReaderParts {
  const opening = openingOf(view).flatMap(openingHtml);
  const [beforeOpening, afterOpening] = aroundOpening();
  return {
    preheader: preheaderHtml(view.preheader),
    opening: beforeOpening && afterOpening && opening.length > 0 ? [beforeOpening, ...opening, afterOpening] : [],
    closing: [...closing({ matched: view.matched, ...view.seeAll }), ...lessOf(view, (url) => less({ url }))],
    footer: footerHtml(view.footer),
    ...(view.likeUrl !== undefined && { likePage: sharedPiece(escaped(view.likeUrl)) }),
  };
}

const previewFooter = once(() =>
  markup(
    <FooterLinks
      footer={{
        links: [],
        reason: 'This is a preview. Your own mail ends with links to change your topics, pause and unsubscribe.',
      }}
    />,
  ),
);

/** The parts of a mail that is shown before anybody gets it; without a view, nothing matched. */
export function previewHtml(view: DigestView | undefined): ReaderParts {
  const lines = view ? openingOf(view) : ['Nothing matches these topics today, so no mail would come.'];
  const opening = markup(
    <Row above={false}>
      {view ? <Muted>Subject: {view.subject}</Muted> : null}
      {lines.map((line) => (
        <Paragraph>{line}</Paragraph>
      ))}
    </Row>,
  );
  return {
    preheader: view ? [escaped(view.preheader)] : [],
    opening: [opening],
    closing: view ? [markup(<Paragraph>{view.matched}</Paragraph>)] : [],
    footer: [previewFooter()],
  };
}

/** A reader's parts as text, wrapped at 72. */
export function readerText(view: DigestView): ReaderParts {
  return {
    preheader: [],
    opening: openingOf(view).flatMap(openingText),
    closing: [
      `${wrapLines(view.matched).join('\n')}\n${view.seeAll.label}:\n${view.seeAll.url}\n\n`,
      ...(view.likeUrl === undefined ? [] : [`${likeLabel}:\n${view.likeUrl}\n\n`]),
      ...lessOf(view, (url) => [`${lessLabel}:\n${url}\n\n`]),
    ],
    footer: [`${footerText(view.footer)}\n\n`],
  };
}
