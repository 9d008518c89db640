import { pressLabels } from '../../domain/likeness/pressed.js';
import { Link, LinkRow, markup } from '../layout/mail-page.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';
import type { CardSize } from './card-view.js';

/** How much of a title a link's name repeats. */
export const namedTitle = 48;

/** Stands for the address of a reader's page for the mail; the sign is of nobody's use (Unicode, private use area). */
const page = '\ue000';

const moreOrLess = 'More or less like this';
const allWants = `${moreOrLess}, or already read`;

/** Tall enough for a thumb, in a line that is as tall as the others. */
const inText = 'padding:6px 0;text-decoration:underline;white-space:nowrap';

interface Pressable {
  /** Of the paper, ready for an address. */
  readonly id: string;
  readonly title: string;
  readonly size: CardSize;
  /** Whether a line of small text comes right before it. */
  readonly isBehindText: boolean;
}

/** What a reader can press, each by its own link; a paper in a line has one for all. */
const Press = ({ id, title, size, isBehindText }: Pressable) => {
  const url = `${page}&paper=${id}`;
  const about = shortenAtWord(title, namedTitle);
  if (size !== 'line') {
    const links = Object.entries(pressLabels).map(([want, label]) => ({ label, url: `${url}&want=${want}` }));
    return <LinkRow links={links} about={about} />;
  }
  if (!isBehindText) return <LinkRow links={[{ label: allWants, url }]} about={about} />;
  return (
    <>
      {' \u00a0 '}
      <Link to={url} style={inText} name={`${allWants}: ${about}`}>
        {moreOrLess}
      </Link>
    </>
  );
};

/** What comes between the addresses of the reader's page for the mail. A mail's text has one link for all its papers. */
export function pressPieces(pressable: Pressable): readonly SharedPiece[] {
  return markup(<Press {...pressable} />)
    .split(page)
    .map(sharedPiece);
}
