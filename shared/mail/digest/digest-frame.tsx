import { dayInWords } from '../../domain/text/day-in-words.js';
import { sentBy, thanks } from '../layout/footer-view.js';
import { betweenSlots, Link, MailPage, MastheadRow, markup, Row, SmallPrint, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { wrapLines } from '../layout/plain-text.js';
import { parseMailbox } from '../send/composed-mail.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';
import type { Digest } from './digest.js';

/** What the frame depends on: the edition and the installation, no reader. */
export type FrameInput = Pick<
  Digest,
  'edition' | 'editionSize' | 'editionUrl' | 'orderUrl' | 'sender' | 'postalAddress'
>;

/** One digest around what differs between its readers: what is said of a part comes behind it. */
interface FramePieces {
  /** … the preheader. */
  readonly beginning: SharedPiece;
  /** … greeting and day line. */
  readonly masthead: SharedPiece;
  /** … the lead and the short cards, then, if there are more, `brief` and the others. */
  readonly papers: SharedPiece;
  readonly brief: SharedPiece;
  /** … how many matched. */
  readonly closing: SharedPiece;
  /** … the reader's own links and why they get it. */
  readonly order: SharedPiece;
  readonly ending: SharedPiece;
}

/** The frame of all mails of one edition, as HTML and as text. */
export interface DigestFrame {
  /** The edition's day, as `dayInWords` gives it. */
  readonly date: string;
  readonly html: FramePieces;
  readonly text: FramePieces;
}

const briefly = 'In brief';

const Frame = ({ frame }: { frame: FrameInput }) => (
  <MailPage title={`Paperboy, ${dayInWords(frame.edition)}`} preheader={<slot />}>
    <MastheadRow line={dayInWords(frame.edition)} />
    <slot />
    <slot />
    <Row above={false}>
      <slot />
      <p style={`${small};line-height:1.8`}>
        <Link to={frame.orderUrl}>Why this order?</Link>
        {' \u00a0 '}
        <Link to={frame.editionUrl}>{wholeEdition(frame)}</Link>
      </p>
    </Row>
    <Row>
      <slot />
      <SmallPrint>
        {sender(frame)} · {thanks}
      </SmallPrint>
    </Row>
  </MailPage>
);

const Brief = () => (
  <tr>
    <td style="padding:14px 16px 0">
      <h2
        class="accent"
        style={`margin:0;font-size:14px;line-height:1.3;font-weight:700;letter-spacing:1px;color:${colour.accent}`}
      >
        {briefly}
      </h2>
    </td>
  </tr>
);

const sender = (frame: FrameInput) => sentBy(parseMailbox(frame.sender).name, frame.postalAddress);

const wholeEdition = ({ editionSize }: FrameInput) =>
  editionSize === 1 ? 'The whole edition' : `The whole edition: ${editionSize.toLocaleString('en-US')} papers`;

function shared(pieces: Readonly<Record<keyof FramePieces, string>>): FramePieces {
  const { beginning, masthead, papers, brief, closing, order, ending } = pieces;
  return {
    beginning: sharedPiece(beginning),
    masthead: sharedPiece(masthead),
    papers: sharedPiece(papers),
    brief: sharedPiece(brief),
    closing: sharedPiece(closing),
    order: sharedPiece(order),
    ending: sharedPiece(ending),
  };
}

function frameHtml(frame: FrameInput): FramePieces {
  const [beginning = '', masthead = '', papers = '', closing = '', order = '', ending = ''] = betweenSlots(
    `<!doctype html>${markup(<Frame frame={frame} />)}`,
  );
  return shared({ beginning, masthead, papers, brief: markup(<Brief />), closing, order, ending });
}

function frameText(frame: FrameInput): FramePieces {
  return shared({
    beginning: '',
    masthead: `PAPERBOY\n${dayInWords(frame.edition)}\n\n`,
    papers: '',
    brief: `${briefly.toUpperCase()}\n\n`,
    closing: '',
    order: `Why this order?\n${frame.orderUrl}\n\n${wholeEdition(frame)}\n${frame.editionUrl}\n\n`,
    ending: `${[sender(frame), thanks].map((text) => wrapLines(text).join('\n')).join('\n\n')}\n`,
  });
}

/** Renders the frame once for all mails of an edition. */
export function digestFrame(frame: FrameInput): DigestFrame {
  return { date: dayInWords(frame.edition), html: frameHtml(frame), text: frameText(frame) };
}
