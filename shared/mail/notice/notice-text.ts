import { footerText } from '../layout/footer-view.js';
import { textWidth, wrapLines } from '../layout/plain-text.js';
import type { NoticeView } from './notice-view.js';

/** The plain text of a notice, wrapped at 72. */
export function noticeText({ paragraphs, action, notes, footer }: NoticeView): string {
  const wrapped = (texts: readonly string[]) => texts.map((text) => wrapLines(text, textWidth).join('\n'));
  return [
    'PAPERBOY',
    ...wrapped(paragraphs),
    `${action.label}:\n${action.url}`,
    ...wrapped(notes),
    `${footerText(footer)}\n`,
  ].join('\n\n');
}
