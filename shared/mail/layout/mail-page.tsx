import type { Child } from 'hono/jsx';
import type { FooterView } from './footer-view.js';
import { lightPalette as colour, styleSheet } from './palette.js';
import type { LabelledLink } from './plain-text.js';

/** Anything that renders to HTML: a hono/jsx element. */
interface Renderable {
  toString(): string | Promise<string>;
}

/** Renders an element of synchronous components to a flat string. */
export function markup(element: Renderable): string {
  const rendered: unknown = element.toString();
  if (rendered instanceof Promise) throw new Error('a mail has no asynchronous parts');
  // Rendering builds the text piece by piece, which V8 keeps as a rope: through bytes it becomes flat, once.
  return Buffer.from(String(rendered)).toString();
}

const slot = '<slot></slot>';

/** Cuts HTML at its `<slot>` elements into one piece more than there are slots; escaped text cannot contain one. */
export function betweenSlots(html: string): string[] {
  return html.split(slot);
}

const paragraph = 'margin:0 0 10px;font-size:16px;line-height:1.5';

/** Style of smaller text. */
export const small = 'margin:0 0 8px;font-size:14px;line-height:1.45';

/** A link that a thumb can hit. */
const touchable = 'display:inline-block;padding:8px 18px 8px 0;text-decoration:underline';

/** A link in the colours of both schemes. */
export const Link = ({ to, style, children }: { to: string; style?: string; children?: Child }) => (
  <a class="link" href={to} style={`color:${colour.link};${style ?? 'text-decoration:underline'}`}>
    {children}
  </a>
);

/** Running text. */
export const Paragraph = ({ children }: { children?: Child }) => (
  <p class="text" style={`${paragraph};color:${colour.text}`}>
    {children}
  </p>
);

/** A small, quiet line. */
export const Muted = ({ children }: { children?: Child }) => (
  <p class="muted" style={`${small};color:${colour.muted}`}>
    {children}
  </p>
);

/** Links side by side, each wide enough for a thumb; `margin` is that of the row. */
export const LinkRow = ({ links, margin }: { links: readonly LabelledLink[]; margin: string }) => (
  <p style={`margin:${margin};font-size:16px;line-height:1.5`}>
    {links.map(({ label, url }) => (
      <>
        <Link to={url} style={touchable}>
          {label}
        </Link>{' '}
      </>
    ))}
  </p>
);

const font = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const wrap = 'overflow-wrap:anywhere;word-break:break-word';
const rowPadding = 'padding:22px 20px 14px';

const Head = ({ title }: { title: string }) => (
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width,initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <title>{title}</title>
    <style>{styleSheet}</style>
  </head>
);

const Preheader = ({ text }: { text: string }) => (
  <div style="display:none;mso-hide:all;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px">
    {text}
  </div>
);

/** The first part of the one column of a mail. */
export const FirstRow = ({ children }: { children?: Child }) => (
  <tr>
    <td style={rowPadding}>{children}</td>
  </tr>
);

/** A further part of the column, below a line. */
export const Row = ({ children }: { children?: Child }) => (
  <tr>
    <td class="line" style={`${rowPadding};border-top:1px solid ${colour.line}`}>
      {children}
    </td>
  </tr>
);

/** Whose mail it is; `gapPx` is the space below. */
export const Masthead = ({ gapPx }: { gapPx: number }) => (
  <h1 class="text" style={`margin:0 0 ${gapPx}px;font-size:24px;line-height:1.25;font-weight:700;color:${colour.text}`}>
    Paperboy
  </h1>
);

/** The last part of every mail. */
export const FooterRow = ({ footer }: { footer: FooterView }) => (
  <Row>
    {footer.reason && <Muted>{footer.reason}</Muted>}
    {footer.links.length > 0 && <LinkRow links={footer.links} margin="0 0 8px" />}
    <Muted>{footer.sentBy}</Muted>
    {footer.thanks && <Muted>{footer.thanks}</Muted>}
  </Row>
);

const Column = ({ children }: { children?: Child }) => (
  // Outlook reads the width's attribute, everything else the style.
  <table
    role="presentation"
    class="card"
    width="600"
    cellpadding="0"
    cellspacing="0"
    border={0}
    style={`width:100%;max-width:600px;text-align:left;background-color:${colour.card};${font};${wrap}`}
  >
    {children}
  </table>
);

/** The page of every mail: one column of rows, light and dark. */
export const MailPage = ({ title, preheader, children }: { title: string; preheader: string; children?: Child }) => (
  <html lang="en">
    <Head title={title} />
    <body class="page" style={`margin:0;padding:0;background-color:${colour.page}`}>
      <Preheader text={preheader} />
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td class="page" align="center" style={`padding:24px 12px;background-color:${colour.page}`}>
            <Column>{children}</Column>
          </td>
        </tr>
      </table>
    </body>
  </html>
);
