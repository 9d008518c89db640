import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { describeStatus } from '../../cli/house/status/describe-status.js';
import { inboxPage } from '../../cli/local/mail/inbox-page.js';
import { type LoopbackServer, listenOnLoopback } from '../../cli/local/servers.js';
import { aQueueFact, aRunFact, statusFacts } from '../support/status-facts.js';
import { devices, startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

let browser: Browser;
let server: LoopbackServer;
let facts = statusFacts();

beforeAll(async () => {
  browser = await startChromium();
  server = await listenOnLoopback();
  const page = inboxPage({ mails: () => [], alarms: () => [], status: () => async () => describeStatus(facts) });
  server.serve(getRequestListener(page.fetch));
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const troubled = statusFacts({
  alarms: { unknown: 'TimeoutError' },
  queues: { value: [aQueueFact(), aQueueFact({ kind: 'dead-letters', visible: 2, oldestMs: 3_600_000 })] },
  run: { value: aRunFact({ open: 14, openBatches: 1, broken: 2 }) },
});
const looks = ['a phone', 'a desktop'].flatMap((device) =>
  (['light', 'dark'] as const).map((look) => [device, look] as const),
);

describe.each(looks)("the admin's page on %s, %s", (device, colorScheme) => {
  it('gives axe nothing to find, when all goes well and when it does not', async () => {
    const page = await browser.newPage({ ...devices[device], colorScheme, bypassCSP: true });
    const found: string[] = [];
    for (const [name, shown] of Object.entries({ well: statusFacts(), troubled })) {
      facts = shown;
      await page.goto(server.url);
      await page.getByRole('link', { name: 'How everything is going' }).click();
      await page.getByRole('heading', { level: 1, name: 'How everything is going' }).waitFor();
      found.push(...(await violations(page, 'without-frames')));
      if (await isWide(page)) found.push(`${name} is wider than the screen`);
      const folder = process.env.SHOTS;
      if (folder) await page.screenshot({ path: `${folder}/${name}-${device}-${colorScheme}.png`, fullPage: true });
    }
    expect(found).toEqual([]);
    await page.close();
  });
});
