import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startChromium } from '../browser/chromium.js';

const widths = [360, 700] as const;
const schemes = ['light', 'dark'] as const;

/** How tall a mail is on a phone 360 pixels wide. */
export interface MailHeight {
  readonly name: string;
  readonly px: number;
}

/** Photographs each mail, on a phone and on a desktop, light and dark, into `folder`; returns the phone's heights. */
export async function shootMails(
  mails: Readonly<Record<string, { readonly html: string }>>,
  folder: string,
): Promise<readonly MailHeight[]> {
  mkdirSync(folder, { recursive: true });
  const browser = await startChromium();
  const heights: MailHeight[] = [];
  try {
    for (const width of widths) {
      for (const colorScheme of schemes) {
        const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme });
        for (const [name, { html }] of Object.entries(mails)) {
          await page.setContent(html);
          await page.screenshot({ path: join(folder, `${name}-${width}-${colorScheme}.png`), fullPage: true });
          const px = Number(await page.evaluate('Math.ceil(document.body.getBoundingClientRect().height)'));
          if (width === 360 && colorScheme === 'light') heights.push({ name, px });
        }
        await page.close();
      }
    }
  } finally {
    await browser.close();
  }
  return heights;
}
