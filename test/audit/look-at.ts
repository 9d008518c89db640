import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import { isWide, violations } from '../browser/faults.js';
import type { AuditedPage } from './audited-house.js';

/** Kinds of faults, each with what was found of it, one line a fault. */
export type Faults = Readonly<Record<'axe' | 'html' | 'overflow', readonly string[]>>;

const widths = [360, 768, 1280];
const looks = ['light', 'dark'] as const;

/** What is between tags and how long a line is, is nobody's concern but the server's. */
const pageRules = { 'no-trailing-whitespace': 'off', 'long-title': 'off', 'void-style': 'off' } as const;

/** A mail has its styles in itself, and tables that tell old mail programs by attributes how to lay it out. */
const mailRules = {
  ...pageRules,
  'no-inline-style': 'off',
  'no-deprecated-attr': 'off',
  'prefer-native-element': 'off',
} as const;

const standard = ['html-validate:standard', 'html-validate:a11y'];
const validators = {
  page: new HtmlValidate({ extends: standard, rules: pageRules }),
  mail: new HtmlValidate({ extends: standard, rules: mailRules }),
};

/** Looks at a page in three widths, light and dark. */
export async function lookAt(browser: Browser, audited: AuditedPage): Promise<Faults> {
  const found: Faults = { axe: [], html: [], overflow: [] };
  const html = new Set<string>();
  const all = { axe: [...found.axe], overflow: [...found.overflow] };
  for (const width of widths) {
    for (const colorScheme of looks) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const answer = await page.goto(audited.url);
      const status = answer?.status() ?? 0;
      if (status >= 500) html.add(`answered ${status}`);
      for (const line of await invalidIn((await answer?.text()) ?? '', audited.isMail ? 'mail' : 'page'))
        html.add(line);
      if (audited.reach) await audited.reach(page);
      const at = `${audited.name}, ${width} px, ${colorScheme}`;
      all.axe.push(...(await violations(page, 'without-frames')).map((line) => `${at}: ${line}`));
      if (await isWide(page)) all.overflow.push(`${at} is wider than the screen`);
      await context.close();
    }
  }
  return { ...all, html: [...html].map((line) => `${audited.name}: ${line}`) };
}

async function invalidIn(html: string, kind: keyof typeof validators): Promise<readonly string[]> {
  const { results } = await validators[kind].validateString(html);
  return results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`),
  );
}
