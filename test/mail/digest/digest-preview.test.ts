import { describe, expect, it } from '@jest/globals';
import { composeDigest, digestPreviewHtml } from '../../../shared/mail/digest/compose-digest.js';
import { digestParts } from '../../../shared/mail/digest/digest-parts.js';
import { aDigest, papers } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

/** What a page of a mail shows from the first paper to the links that follow the last. */
function cardsOf(html: string): string {
  const first = html.indexOf('<h2');
  const end = html.indexOf('Why this order?');
  expect(Math.min(first, end)).toBeGreaterThan(0);
  return html.slice(first, html.lastIndexOf('<tr', end));
}

describe('the preview of a digest', () => {
  const digest = aDigest({ papers: papers(10), matched: 34 });
  const parts = digestParts(digest.edition);

  it('has the mail’s own cards, byte for byte, and its opening and closing words', () => {
    const mail = composeDigest(digest, parts);
    const html = digestPreviewHtml(digest, parts);
    expect(cardsOf(html)).toBe(cardsOf(mail.html));
    const { text } = readHtml(html);
    for (const said of [`Subject: ${mail.subject}`, digest.dayLine, '10 of the 34 papers that matched'])
      expect(text).toContain(said);
  });

  it('is nobody’s: no address and no link of a subscriber, and its links open beside the page', () => {
    const html = digestPreviewHtml(digest, parts);
    const { text, links } = readHtml(html);
    expect(text).not.toContain(digest.to);
    for (const own of [digest.preferencesUrl, digest.unsubscribeUrl, digest.dayUrl]) expect(links).not.toContain(own);
    expect(links).not.toContain('');
    expect(html).toContain('<head><base target="_blank"/>');
  });

  it('says that no mail would come when nothing matches', () => {
    const { text } = readHtml(digestPreviewHtml({ ...digest, papers: [], matched: 0 }, parts));
    expect(text).toContain('Nothing matches these topics today, so no mail would come.');
    expect(text).not.toContain('Subject');
  });
});
