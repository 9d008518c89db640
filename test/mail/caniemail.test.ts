import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { previewMails } from '../preview/preview-mails.js';

/** Programs for which the linter knows all that mails use; of Thunderbird and La Poste it knows too little. */
const programs = [
  ...['apple-mail.*', 'gmail.*', 'outlook.*', 'yahoo.*', 'aol.*', 'samsung-email.*', 'orange.*', 'sfr.*'],
  ...['protonmail.*', 'hey.*', 'mail-ru.*', 'fastmail.*'],
];

/** What some programs do not know, and why a mail is whole without it. */
const exceptions: Readonly<Record<string, string>> = {
  '<style> element': 'the sheet adds dark colours alone; all else stands in the elements',
  '@media': 'as the sheet',
  'display:none': 'the preheader is hidden in five ways at once',
  opacity: 'as display',
  overflow: 'as display',
  'height property': 'as display',
  'overflow-wrap': 'word-break says the same',
  'word-break': 'overflow-wrap says the same',
  'white-space': 'a line may then wrap',
  'border-radius': 'corners are square',
  'text-decoration': 'links have a colour of their own',
  'width attribute': 'the style has the width too',
  '<body> element': 'its background is that of the element inside, too',
  'lang attribute': 'a screen reader then speaks in its own language',
  'role attribute': 'headings are still headings',
  'aria-label attribute': 'a link has words of its own',
  'aria-hidden attribute': 'a curve is then read as characters',
};

// The linter is an ES module with ES modules below it, which Jest does not read; it carries its data with it.
const script = `
import { caniemail } from 'caniemail';
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { clients, mails } = JSON.parse(Buffer.concat(chunks).toString());
const found = new Set();
for (const html of mails) {
  for (const [client, issues] of caniemail({ clients, html }).issues.errors) {
    for (const { title } of issues) found.add(title + ' in ' + client);
  }
}
console.log(JSON.stringify([...found]));
`;

function unsupportedIn(mails: readonly string[]): readonly string[] {
  const input = JSON.stringify({ clients: programs, mails });
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { input });
  if (status !== 0) throw new Error(stderr.toString());
  return JSON.parse(stdout.toString());
}

const isListed = (found: string) => Object.keys(exceptions).some((title) => found.startsWith(`${title} in `));

it('uses nothing that a widespread mail program does not know, except where a mail is whole without it', () => {
  const found = unsupportedIn(Object.values(previewMails()).map(({ html }) => html));
  expect(found.filter((one) => !isListed(one))).toEqual([]);
  expect(found).toContain('@media in gmail.mobile-webmail');
});

it('would find more', () => {
  const found = unsupportedIn(['<!doctype html><html><body><p style="display:flex">x</p></body></html>']);
  expect(found.filter((one) => !isListed(one))).toContain('display:flex in outlook.windows');
});
