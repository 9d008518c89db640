import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod/mini';

/** The last version that runs on Node 20. */
const version = '12.8.2';

/** What Lighthouse judges, in the order of its scores here. */
export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** Scores of one page, 0–100, in the order of `categories`. */
export type Scores = readonly number[];

const report = z.object({
  categories: z.record(z.string(), z.object({ score: z.nullable(z.number()) })),
  audits: z.record(z.string(), z.object({ title: z.string(), score: z.nullable(z.number()) })),
});

/** Scores of a page in the median of some runs (mobile, as Lighthouse simulates it), and what cost points. */
export async function lighthouse(
  url: string,
  chromium: string,
  times: number,
): Promise<{ scores: Scores; lost: readonly string[] }> {
  const runs: z.infer<typeof report>[] = [];
  for (let run = 0; run < times; run += 1) runs.push(await runAgain(url, chromium));
  const scores = categories.map((category) => {
    const sorted = runs.map((each) => (each.categories[category]?.score ?? 0) * 100).sort((one, other) => one - other);
    return Math.round(sorted[sorted.length >> 1] ?? 0);
  });
  const audits = Object.values(runs[0]?.audits ?? {});
  return { scores, lost: audits.flatMap(({ title, score }) => (score !== null && score < 0.9 ? [title] : [])) };
}

/** Chromium dies now and then on a machine that is busy: then it is asked once more. */
const runAgain = (url: string, chromium: string) => runOnce(url, chromium).catch(() => runOnce(url, chromium));

async function runOnce(url: string, chromium: string): Promise<z.infer<typeof report>> {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-lighthouse-'));
  const path = join(folder, 'report.json');
  const flags = ['--headless=new', '--no-sandbox', '--disable-gpu'];
  const args = ['--yes', `lighthouse@${version}`, url, '--quiet', '--output=json', `--output-path=${path}`];
  try {
    await promisify(execFile)(
      'npx',
      [...args, `--only-categories=${categories.join(',')}`, `--chrome-flags=${flags.join(' ')}`],
      { env: { ...process.env, CHROME_PATH: chromium } },
    );
    return report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
