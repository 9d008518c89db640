import { describe, expect, it } from '@jest/globals';
import PostalMime from 'postal-mime';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { digestParts } from '../../../shared/mail/digest/digest-parts.js';
import { composedMail } from '../../../shared/mail/send/composed-mail.js';
import { toMime } from '../../../shared/mail/send/raw-mail.js';
import { aDigest, papers } from '../digest-builder.js';
import { hostileDigests } from '../hostile/hostile-digests.js';

const stamp = { date: new Date('2026-08-07T05:00:00Z'), messageId: 'a@paperboy.example.org' };

describe('the parts that the digests of an edition share', () => {
  it('give each reader the mail that would be composed for them alone, byte for byte when decoded', async () => {
    const parts = digestParts(aDigest().edition);
    for (const hostile of hostileDigests(60, 3)) {
      // One edition: the same papers, in digests that differ in all that is a reader's own.
      const own = hostile.papers[0]?.reasons ?? [];
      const ten = papers(10).map((paper, at) => (at % 2 === 0 ? { ...paper, reasons: own } : paper));
      const digest = aDigest({ papers: ten, dayLine: hostile.dayLine, sender: hostile.sender });
      const joined = composeDigest(digest, parts);
      const { from, to, subject, headers, html, text } = composeDigest(digest);
      const atOnce = composedMail({ from, to, subject, headers, html: [html], text: [text] });
      expect([joined.html, joined.text, joined.subject]).toEqual([html, text, subject]);
      const [one, other] = [toMime(joined, stamp), toMime(atOnce, stamp)];
      expect(await new PostalMime().parse(one)).toEqual(await new PostalMime().parse(other));
    }
  });

  it('are made once, and never taken for another’s', () => {
    const { reason, card, subject } = digestParts();
    const [paper] = papers(1);
    expect(card(paper!, 'short')).toBe(card(paper!, 'short'));
    const maps = [{ topic: 'Maps', words: ['city', 'river'] }];
    expect(reason(structuredClone(maps))).toBe(reason(maps));
    const others = [
      [{ topic: 'Maps', words: ['city river'] }],
      [{ topic: 'Maps', words: ['city'] }],
      [
        { topic: 'Maps', words: ['city'] },
        { topic: 'river', words: [] },
      ],
      [{ topic: 'Mapscity', words: ['river'] }],
      [],
    ];
    expect(new Set([maps, ...others].map(reason)).size).toBe(6);
    expect(subject('Maps', 'a', 1)).not.toBe(subject('Map', 'sa', 1));
  });

  it('are forgotten rather than piled up, however many reasons readers have', () => {
    const { reason } = digestParts();
    const reasons = (at: number) => [{ topic: `Topic ${at}`, words: [] }];
    const first = reason(reasons(0));
    for (let at = 1; at < 4000; at += 1) reason(reasons(at));
    expect(reason(reasons(0))).not.toBe(first);
    expect(reason(reasons(0))).toEqual(first);
  });
});
