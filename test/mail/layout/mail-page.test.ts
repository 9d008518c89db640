import { describe, expect, it } from '@jest/globals';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { aDigest, papers } from '../digest-builder.js';
import { readHtml } from '../read-html.js';

const { html } = composeDigest(aDigest({ papers: papers(6) }));

it('hides the preheader from what Outlook shows too', () => {
  const [, style = ''] = /<div style="([^"]*display:none[^"]*)"/.exec(composeDigest(aDigest()).html) ?? [];
  expect(style.split(';')).toEqual(expect.arrayContaining(['display:none', 'mso-hide:all']));
});

describe('the page of a mail', () => {
  it('gives Outlook’s Word engine a width and a scale, since it knows neither max-width nor pixels', () => {
    const forOutlook = [...html.matchAll(/<!--\[if mso\]>(.*?)<!\[endif\]-->/gs)].map(([, inside = '']) => inside);
    expect(forOutlook.join('')).toContain('<o:PixelsPerInch>96</o:PixelsPerInch>');
    const [opening = '', closing = ''] = forOutlook.slice(-2);
    expect(opening).toMatch(/^<table [^>]*width="600"[^>]*><tr><td width="600">$/);
    expect(closing).toBe('</td></tr></table>');
    expect(html).toContain('xmlns:o="urn:schemas-microsoft-com:office:office"');
  });

  it('is laid out without its style sheet, which has the dark colours alone', () => {
    const [, sheet = ''] = /<\/head>|<style>(:root.*?)<\/style>/s.exec(html) ?? [];
    expect(sheet.match(/@media \([^)]*\)/g)).toEqual(['@media (prefers-color-scheme:dark)']);
    expect(sheet.replace(/color-scheme|background-color|border-color|color/g, '')).not.toMatch(
      /width|padding|margin|font|display/,
    );
  });

  it('is one landmark with one first heading, and skips no level', () => {
    expect(html.match(/role="main"/g)).toHaveLength(1);
    const levels = readHtml(html).tags.filter((tag) => /^h\d$/.test(tag));
    expect(levels).toEqual(['h1', 'h2', 'h2', 'h2', 'h2', 'h2', 'h3', 'h3']);
  });
});
