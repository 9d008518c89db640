import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ComposedMail } from '../../shared/mail/send/composed-mail.js';
import { previewMails } from './preview-mails.js';
import { shootMails } from './shots.js';

type Mails = Readonly<Record<string, ComposedMail>>;

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

function indexOf(mails: Mails): string {
  const items = Object.entries(mails).map(
    ([name, { subject }]) =>
      `<li><a href="${name}.html">${name}</a> (<a href="${name}.txt">text</a>): ${escaped(subject)}`,
  );
  return `<!doctype html><meta charset="utf-8"><title>Paperboy’s mails</title><h1>Paperboy’s mails</h1><ul>${items.join('')}</ul>`;
}

/** Writes each mail as HTML and text, and a page that lists them; returns that page's path. */
function writeMails(mails: Mails, folder: string): string {
  mkdirSync(folder, { recursive: true });
  for (const [name, { html, text }] of Object.entries(mails)) {
    writeFileSync(join(folder, `${name}.html`), html);
    writeFileSync(join(folder, `${name}.txt`), text);
  }
  const index = join(folder, 'index.html');
  writeFileSync(index, indexOf(mails));
  return index;
}

const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: 'open', win32: 'explorer' };

function openInBrowser(path: string): void {
  // Where nothing can open a page, its path is all there is to say.
  spawn(openers[process.platform] ?? 'xdg-open', [path], { detached: true, stdio: 'ignore' })
    .on('error', () => undefined)
    .unref();
}

/** Opens every mail in the browser, or photographs them all with `--shots DIR`. */
async function main(args: readonly string[]): Promise<void> {
  const options = { out: { type: 'string' }, shots: { type: 'string' } } as const;
  const { out, shots } = parseArgs({ args: [...args], options }).values;
  const mails = previewMails();
  const index = writeMails(mails, out ?? shots ?? join(tmpdir(), 'paperboy-preview'));
  console.log(index);
  if (shots === undefined) return openInBrowser(index);
  for (const { name, px } of await shootMails(mails, shots)) {
    const kilobytes = (Buffer.byteLength(mails[name]?.html ?? '') / 1024).toFixed(1);
    console.log(`${name.padEnd(28)}${String(px).padStart(5)} px at 360 px, ${kilobytes.padStart(5)} KB of HTML`);
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`preview: ${(error as Error).message}`);
  process.exitCode = 1;
});
