import { parseArgs } from 'node:util';
import { chromiumPath, startChromium } from '../browser/chromium.js';
import { openAuditedHouse } from './audited-house.js';
import { categories, lighthouse, type Scores } from './lighthouse.js';
import { type Faults, lookAt } from './look-at.js';

/** The least that a page may reach; the speed of a shared machine is not judged unless it is asked for. */
const leastScore = 98;

const say = (line: string) => console.error(line);

/**
 * Looks at every page and state of a house: axe, the rules of HTML and whether it fits the screen; and asks Lighthouse
 * about six of them. Ends with a line of JSON, and fails if anything was found.
 */
async function main(args: readonly string[]): Promise<void> {
  const options = { 'without-lighthouse': { type: 'boolean' }, 'any-speed': { type: 'boolean' } } as const;
  const { values } = parseArgs({ args: [...args], options });
  const house = await openAuditedHouse();
  try {
    const faults = await lookAtAll(house.pages);
    const scores = values['without-lighthouse'] ? {} : await judgeAll(house.judged, values['any-speed'] ? 1 : 3);
    const counts = Object.fromEntries(Object.entries(faults).map(([kind, lines]) => [kind, lines.length]));
    console.log(JSON.stringify({ lighthouse: scores, ...counts }));
    const judged = Object.values(scores).flatMap((each) => (values['any-speed'] ? each.slice(1) : each));
    const isClean = Object.values(faults).every((lines) => lines.length === 0);
    if (!isClean || judged.some((score) => score < leastScore)) process.exitCode = 1;
  } finally {
    await house.close();
  }
}

async function lookAtAll(pages: Awaited<ReturnType<typeof openAuditedHouse>>['pages']): Promise<Faults> {
  const browser = await startChromium();
  const found: Record<keyof Faults, string[]> = { axe: [], html: [], overflow: [] };
  try {
    for (const [at, page] of pages.entries()) {
      say(`[${at + 1}/${pages.length}] ${page.name}`);
      const faults = await lookAt(browser, page);
      for (const kind of ['axe', 'html', 'overflow'] as const) {
        found[kind].push(...faults[kind]);
        for (const line of faults[kind]) say(`  ${kind}: ${line}`);
      }
    }
  } finally {
    await browser.close();
  }
  return found;
}

async function judgeAll(
  judged: Readonly<Record<string, string>>,
  times: number,
): Promise<Readonly<Record<string, Scores>>> {
  const found: Record<string, Scores> = {};
  for (const [name, url] of Object.entries(judged)) {
    const { scores, lost } = await lighthouse(url, chromiumPath(), times);
    found[name] = scores;
    say(`${name}: ${categories.map((category, at) => `${category} ${scores[at]}`).join(', ')}`);
    for (const title of lost) say(`  ${title}`);
  }
  return found;
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(`audit: ${error.message}`);
  process.exitCode = 1;
});
