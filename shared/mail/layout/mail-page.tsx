import type { Child } from 'hono/jsx';
import type { FooterView } from './footer-view.js';
import { Link, Muted, touchable } from './html-parts.js';
import { lightPalette as colour, styleSheet } from './palette.js';

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
  <div style="display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px">
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
    {footer.links.length > 0 && (
      <p style="margin:0 0 8px;font-size:16px;line-height:1.5">
        {footer.links.map(({ label, url }) => (
          <>
            <Link to={url} style={touchable}>
              {label}
            </Link>{' '}
          </>
        ))}
      </p>
    )}
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
