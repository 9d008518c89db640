import type { DigestView } from './digest-view.js';
import { Link, Muted, paragraph, touchable } from './html-parts.js';
import { betweenSlots, markup } from './markup.js';
import { lightPalette as colour, styleSheet } from './palette.js';

const font = 'font-family:-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
const wrap = 'overflow-wrap:anywhere;word-break:break-word';
const rowPadding = 'padding:22px 20px 14px';

const Row = ({ reasons }: { reasons: readonly string[] }) => (
  <tr>
    <td class="line" style={`${rowPadding};border-top:1px solid ${colour.line}`}>
      {reasons.length > 0 && (
        <p
          class="accent"
          style={`margin:0 0 6px;font-size:14px;line-height:1.4;font-weight:600;color:${colour.accent}`}
        >
          {reasons.map((reason, at) => (
            <>
              {at > 0 && <br />}
              {reason}
            </>
          ))}
        </p>
      )}
      <slot />
    </td>
  </tr>
);

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

const Intro = ({ view }: { view: DigestView }) => (
  <>
    <h1 class="text" style={`margin:0 0 2px;font-size:24px;line-height:1.25;font-weight:700;color:${colour.text}`}>
      Paperboy
    </h1>
    <Muted>{view.date}</Muted>
    <p class="text" style={`${paragraph};color:${colour.text}`}>
      {view.intro} <Link to={view.editionUrl}>See them all</Link>
    </p>
  </>
);

const Footer = ({ view }: { view: DigestView }) => (
  <>
    <Muted>You get this mail because you subscribed to Paperboy with {view.to}.</Muted>
    <p style="margin:0 0 8px;font-size:16px;line-height:1.5">
      <Link to={view.preferencesUrl} style={touchable}>
        Change topics or hour
      </Link>{' '}
      <Link to={view.unsubscribeUrl} style={touchable}>
        Unsubscribe
      </Link>
    </p>
    <Muted>
      Sent by {view.senderName}, {view.postalAddress}
    </Muted>
    <Muted>Thank you to arXiv for use of its open access interoperability.</Muted>
  </>
);

const Column = ({ view }: { view: DigestView }) => (
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
    <tr>
      <td style={rowPadding}>
        <Intro view={view} />
      </td>
    </tr>
    {view.papers.map(({ reasons }) => (
      <Row reasons={reasons} />
    ))}
    <tr>
      <td class="line" style={`${rowPadding};border-top:1px solid ${colour.line}`}>
        <Footer view={view} />
      </td>
    </tr>
  </table>
);

const Page = ({ view }: { view: DigestView }) => (
  <html lang="en">
    <Head title={view.subject} />
    <body class="page" style={`margin:0;padding:0;background-color:${colour.page}`}>
      <Preheader text={view.preheader} />
      <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border={0}>
        <tr>
          <td class="page" align="center" style={`padding:24px 12px;background-color:${colour.page}`}>
            <Column view={view} />
          </td>
        </tr>
      </table>
    </body>
  </html>
);

/** The HTML of a digest: its own parts are rendered, the cards, one for each paper of the view, are put in as they are. */
export function digestHtml(view: DigestView, cards: readonly string[]): string {
  const pieces = betweenSlots(markup(<Page view={view} />));
  return ['<!doctype html>', ...pieces.flatMap((piece, at) => [piece, cards[at] ?? ''])].join('');
}
