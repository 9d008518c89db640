import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

/**
 * What axe finds wrong with a page, one line each; nothing runs inside a sandboxed frame, so a page that holds one is looked
 * at without it.
 */
export async function violations(page: Page, frames: 'with-frames' | 'without-frames'): Promise<readonly string[]> {
  await page.evaluate(axe);
  const found = (await page.evaluate(`axe.run({ iframes: ${frames === 'with-frames'} })`)) as AxeResult;
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Whether a page must be scrolled sideways. */
export async function isWide(page: Page): Promise<boolean> {
  return Boolean(await page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth'));
}
