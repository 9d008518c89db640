import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { previewMails } from '../preview/preview-mails.js';
import { startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

const mails = Object.entries(previewMails());

let browser: Browser;
beforeAll(async () => {
  browser = await startChromium();
});
afterAll(() => browser.close());

const views = [360, 700].flatMap((width) => (['light', 'dark'] as const).map((scheme) => [width, scheme] as const));

describe.each(views)('every mail at %s px, %s', (width, colorScheme) => {
  it('gives axe nothing to find, and scrolls in one direction only', async () => {
    const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme });
    const found: string[] = [];
    for (const [name, { html }] of mails) {
      await page.setContent(html);
      found.push(...(await violations(page, 'with-frames')).map((line) => `${name} ${line}`));
      const wide = await isWide(page);
      if (wide) found.push(`${name} is wider than the screen`);
    }
    await page.close();
    expect(found).toEqual([]);
  });
});

it('is at most 2,600 px tall with ten papers on a phone, with and without its style sheet', async () => {
  const page = await browser.newPage({ viewport: { width: 360, height: 640 } });
  for (const [name, { html }] of mails.filter(([name]) => name.startsWith('digest-10'))) {
    await page.setContent(html);
    const px = Number(await page.evaluate('document.body.scrollHeight'));
    expect({ name, isShort: px <= 2600 && px > 1000 }).toEqual({ name, isShort: true });
  }
  await page.close();
});
