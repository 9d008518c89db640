import type { CalendarDate } from '../calendar-date.js';
import { cutAtWord } from '../text/shorten.js';
import { shownText } from '../text/shown-text.js';

/** What a reader can say of one paper, in the words of links and buttons. */
export const pressLabels = { more: 'More like this', less: 'Less like this', read: 'I have read it' } as const;

/** What a reader has asked for since a digest, until the next one has said so. */
export interface Pressed {
  /** The newest edition that had been claimed or had ended then; absent before the first. */
  readonly after?: CalendarDate;
  /** Titles of papers of whose like the reader wants more, or less; at most three each, the newest last. */
  readonly more: readonly string[];
  readonly less: readonly string[];
}

const mostTitles = 3;
const titleLength = 80;

const titleOf = (text: string) => cutAtWord(shownText(text), titleLength);

/** Notes a press on a paper; what the reader pressed before an edition that came since is forgotten. */
export function withPress(
  before: Pressed | undefined,
  press: { readonly want: 'more' | 'less'; readonly title: string },
  newest: CalendarDate | undefined,
): Pressed {
  const { more, less } = withoutPress(before, press.title, newest) ?? { more: [], less: [] };
  const added = [...(press.want === 'more' ? more : less), titleOf(press.title)].slice(-mostTitles);
  const titles = press.want === 'more' ? { more: added, less } : { more, less: added };
  return { ...(newest !== undefined && { after: newest }), ...titles };
}

/** The same without a paper of which the press was taken back; `undefined` where nothing is left to say. */
export function withoutPress(
  before: Pressed | undefined,
  title: string,
  newest: CalendarDate | undefined,
): Pressed | undefined {
  if (!before || before.after !== newest) return undefined;
  const others = (titles: readonly string[]) => titles.filter((each) => each !== titleOf(title));
  const after = { ...before, more: others(before.more), less: others(before.less) };
  return after.more.length + after.less.length === 0 ? undefined : after;
}

/**
 * What a digest says of the presses that it is the first to follow, given the editions that were sent; empty where another digest
 * has said it.
 */
export function pressedInWords(
  pressed: Pressed | undefined,
  edition: CalendarDate,
  sent: readonly CalendarDate[],
): string {
  if (!pressed) return '';
  const after = pressed.after ?? '';
  if (edition <= after || sent.some((date) => date > after && date < edition)) return '';
  const wishes = [
    ...(pressed.more.length > 0 ? [`more like ${quoted(pressed.more)}`] : []),
    ...(pressed.less.length > 0 ? [`less like ${quoted(pressed.less)}`] : []),
  ];
  return wishes.length === 0 ? '' : `You asked for ${wishes.join(' and ')}: this digest is the first to follow that.`;
}

function quoted(titles: readonly string[]): string {
  const each = titles.map((title) => `“${title}”`);
  const last = each.pop() ?? '';
  return each.length === 0 ? last : `${each.join(', ')} and ${last}`;
}
