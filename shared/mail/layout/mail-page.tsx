import { raw } from 'hono/html';
import type { Child } from 'hono/jsx';
import type { FooterView } from './footer-view.js';
import { lightPalette as colour, styleSheet } from './palette.js';
import type { LabelledLink } from './plain-text.js';

/** Anything that renders to HTML: a hono/jsx element. */
export interface Renderable {
  toString(): string | Promise<string>;
}

/** Renders an element of synchronous components to a flat string. */
export function markup(element: Renderable): string {
  const rendered: unknown = element.toString();
  if (rendered instanceof Promise) throw new Error('a mail has no asynchronous parts');
  // Rendering builds the text piece by piece, which V8 keeps as a rope: bytes flatten it once.
  return Buffer.from(String(rendered)).toString();
}

const slot = '<slot></slot>';

/** Cuts HTML at its `<slot>` elements into one piece more than there are slots; escaped text cannot contain one. */
export function betweenSlots(html: string): string[] {
  return html.split(slot);
}

/** Style of running text. */
export const running = 'margin:0 0 8px;font-size:16px;line-height:1.4';

/** Style of smaller text. */
export const small = 'margin:0 0 4px;font-size:14px;line-height:1.35';

/** A link that a thumb can hit. */
const touchable = 'display:inline-block;padding:6px 10px 6px 0;text-decoration:underline';

/** A link in the colours of both schemes; `name` is what it is called where its words alone do not say enough. */
export const Link = ({ to, style, name, children }: LinkProps) => (
  <a class="link" href={to} aria-label={name} style={`color:${colour.link};${style ?? 'text-decoration:underline'}`}>
    {children}
  </a>
);

interface LinkProps {
  readonly to: string;
  readonly style?: string;
  readonly name?: string;
  readonly children?: Child;
}

/** Running text. */
export const Paragraph = ({ style = running, children }: { style?: string; children?: Child }) => (
  <p class="text" style={`${style};color:${colour.text}`}>
    {children}
  </p>
);

/** A small, quiet line. */
export const Muted = ({ children }: { children?: Child }) => (
  <p class="muted" style={`${small};color:${colour.muted}`}>
    {children}
  </p>
);

interface LinkRowProps {
  readonly links: readonly LabelledLink[];
  /** What they are about, for those who hear them out of their place. */
  readonly about?: string;
}

/** Links side by side, each tall enough for a thumb. */
export const LinkRow = ({ links, about }: LinkRowProps) => (
  <p style="margin:0;font-size:15px;line-height:1.5">
    {links.map(({ label, url }) => (
      <>
        <Link to={url} style={touchable} {...(about !== undefined && { name: `${label}: ${about}` })}>
          {label}
        </Link>
        {/* Outlook ignores the padding. */}
        {'\u00a0 '}
      </>
    ))}
  </p>
);

const font = 'font-family:Iowan Old Style,Palatino Linotype,Palatino,Georgia,serif';

/** Outlook's Word engine scales pixels if nobody says how many make an inch, and no cell inherits a table's font there. */
const outlookSettings = raw(
  '<!--[if mso]><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch>' +
    '</o:OfficeDocumentSettings></xml><style>h1,h2,h3,p,a{font-family:Georgia,serif!important}</style><![endif]-->',
);

const Head = ({ title }: { title: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <title>{title}</title>
    {outlookSettings}
    <style>{styleSheet}</style>
  </head>
);

const hidden =
  'display:none;mso-hide:all;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px';

/** A part of the one column of a mail; `above` draws a line over it. */
export const Row = ({ above = true, children }: { above?: boolean; children?: Child }) => (
  <tr>
    <td class="line" style={`padding:12px 16px 4px${above ? `;border-top:1px solid ${colour.line}` : ''}`}>
      {children}
    </td>
  </tr>
);

/** Whose mail it is, as the pages say it, and of which day. */
export const MastheadRow = ({ line }: { line: string }) => (
  <tr>
    <td class="rule" align="center" style={`padding:10px 16px 6px;border-bottom:4px double ${colour.text}`}>
      <h1
        class="text"
        style={`margin:0;font-size:40px;line-height:1.1;font-weight:700;letter-spacing:-1px;color:${colour.text}`}
      >
        Paperboy
      </h1>
      <p class="text" style={`margin:4px 0 0;font-size:14px;line-height:1.4;font-style:italic;color:${colour.text}`}>
        {line}
      </p>
    </td>
  </tr>
);

/** What has to be said, at the end. */
export const SmallPrint = ({ children }: { children?: Child }) => (
  <p class="muted" style={`margin:0 0 8px;font-size:13px;line-height:1.4;color:${colour.muted}`}>
    {children}
  </p>
);

/** What one reader can do about the mail, and why they get it. */
export const FooterLinks = ({ footer }: { footer: Pick<FooterView, 'links' | 'reason'> }) => (
  <>
    {footer.links.length > 0 && <LinkRow links={footer.links} />}
    {footer.reason && <SmallPrint>{footer.reason}</SmallPrint>}
  </>
);

/** The last part of every mail. */
export const FooterRow = ({ footer }: { footer: FooterView }) => (
  <Row>
    <FooterLinks footer={footer} />
    <SmallPrint>{[footer.sentBy, footer.thanks].filter(Boolean).join(' · ')}</SmallPrint>
  </Row>
);

// Outlook ignores max-width: it gets a table of that width around the column.
const outlookColumn = raw(
  '<!--[if mso]><table role="presentation" width="600" align="center" cellpadding="0" cellspacing="0" border="0">' +
    '<tr><td width="600"><![endif]-->',
);
const outlookColumnEnd = raw('<!--[if mso]></td></tr></table><![endif]-->');

const table = { role: 'presentation', width: '100%', cellpadding: '0', cellspacing: '0', border: 0 };
const column = 'width:100%;max-width:600px;margin:0 auto;text-align:left;overflow-wrap:anywhere;word-break:break-word';

const Column = ({ children }: { children?: Child }) => (
  <>
    {outlookColumn}
    <table {...table} class="card" style={`${column};background-color:${colour.card};${font}`}>
      {children}
    </table>
    {outlookColumnEnd}
  </>
);

const outlookNames = { 'xmlns:o': 'urn:schemas-microsoft-com:office:office' };
// Mail programs keep a role, but drop the element `main`.
const landmark = { role: 'main' };

type PageProps = { readonly title: string; readonly preheader: Child; readonly children?: Child };

/** The page of every mail: one column of rows, light and dark; an inbox shows the preheader beside the subject. */
export const MailPage = ({ title, preheader, children }: PageProps) => (
  <html lang="en" {...outlookNames}>
    <Head title={title} />
    <body class="page" style={`margin:0;padding:0;background-color:${colour.page}`}>
      <div style={hidden}>{preheader}</div>
      <div {...landmark} class="page" style={`background-color:${colour.page}`}>
        <Column>{children}</Column>
      </div>
    </body>
  </html>
);
