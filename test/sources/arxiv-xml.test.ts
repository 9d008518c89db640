import { describe, expect, it } from '@jest/globals';
import { children, childText, FeedError, parseFeed, textOf } from '../../shared/sources/arxiv-xml.js';

const feed = (inner: string) => `<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom">${inner}</feed>\n`;
const limits = { length: 10_000, depth: 5, entries: 3, elements: 50 };

describe('parseFeed', () => {
  it('gives entries by local names, whatever the prefixes', () => {
    const { entries } = parseFeed(feed('<title>no entry</title><a:entry xmlns:a="x"><b:id>7</b:id></a:entry>'));
    expect(entries.map((entry) => childText(entry, 'id'))).toEqual(['7']);
  });

  it('decodes the entities of XML and reads CDATA as text', () => {
    const { entries } = parseFeed(
      feed('<entry><t>a &lt;b&gt; &amp;amp; &#x3b1;</t><t><![CDATA[<i>&amp;</i>]]></t></entry>'),
    );
    expect(children(entries[0]!, 't').map(textOf)).toEqual(['a <b> &amp; α', '<i>&amp;</i>']);
  });

  it('reads the text inside inner elements', () => {
    const { entries } = parseFeed(feed('<entry><title>H<sub>2</sub>O</title></entry>'));
    expect(childText(entries[0]!, 'title')).toBe('H2O');
  });

  it('refuses a document type, and with it the bomb of a billion laughs', () => {
    const laughs = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('\n');
    const bomb = `<?xml version="1.0"?><!DOCTYPE feed [<!ENTITY l0 "ha">${laughs}]><feed><entry><id>&l9;</id></entry></feed>`;
    expect(() => parseFeed(bomb)).toThrow(new FeedError('the feed declares a document type'));
    expect(() => parseFeed(feed('<!doctype html>'))).toThrow('the feed declares a document type');
  });

  it('does not take the words of a comment or of a text for a document type', () => {
    const { entries } = parseFeed(feed('<!-- <!DOCTYPE x> --><entry><id><![CDATA[<!DOCTYPE x>]]></id></entry>'));
    expect(childText(entries[0]!, 'id')).toBe('<!DOCTYPE x>');
  });

  it.each([
    ['an empty text', ''],
    ['plain text', 'Rate exceeded.'],
    ['another document', '<html><body>busy</body></html>'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseFeed(text)).toThrow('the text is no Atom feed');
  });

  it('refuses a feed that is cut short', () => {
    const whole = feed('<entry><id>1</id></entry><entry><id>2</id></entry>');
    for (const at of [whole.indexOf('</feed>'), whole.indexOf('<id>2'), whole.indexOf('2</id>') + 1]) {
      expect(() => parseFeed(whole.slice(0, at))).toThrow('the feed is cut short');
    }
  });

  it.each([
    ['too long', feed('x'.repeat(10_001))],
    ['too deep', feed(`<entry>${'<a>'.repeat(1000)}${'</a>'.repeat(1000)}</entry>`)],
    ['has too many entries', feed('<entry></entry>'.repeat(4))],
    ['has too many elements', feed(`<entry>${'<a/>'.repeat(60)}</entry>`)],
  ])('refuses a feed that is or %s', (why, text) => {
    expect(() => parseFeed(text, limits)).toThrow(why);
  });
});
