import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';

const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where the machine's own Chromium is; without one, says how to get it. */
export function chromiumPath(): string {
  const path = places.find((place) => place !== undefined && existsSync(place));
  if (!path) throw new Error('no Chromium found: apt-get install chromium, or set CHROMIUM to its path');
  return path;
}

/** Starts the machine's own Chromium. */
export function startChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ];
  return chromium.launch({ executablePath, args });
}

/** In what a reader looks at the pages. */
export const devices: Readonly<Record<string, BrowserContextOptions>> = {
  'a phone': { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
  'a phone without JavaScript': {
    viewport: { width: 390, height: 844 },
    isMobile: true,
    hasTouch: true,
    javaScriptEnabled: false,
  },
  'a desktop': { viewport: { width: 1280, height: 900 } },
  'a desktop without JavaScript': { viewport: { width: 1280, height: 900 }, javaScriptEnabled: false },
};
