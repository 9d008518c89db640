import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeUrl, mentionedCode, projectUrl } from '../../shared/sources/links.js';

describe('codeUrl', () => {
  it.each([
    ['https://github.com/owner/name', 'https://github.com/owner/name'],
    ['https://github.com/owner/name/', 'https://github.com/owner/name'],
    ['https://github.com/owner/name//', 'https://github.com/owner/name'],
    ['https://github.com/owner/name/tree/main/deep/er', 'https://github.com/owner/name'],
    ['https://github.com/owner/name?tab=readme-ov-file', 'https://github.com/owner/name'],
    ['https://github.com/owner/name.git', 'https://github.com/owner/name'],
    ['https://github.com/owner/name.', 'https://github.com/owner/name'],
    ['https://github.com/owner/na.me-2_x', 'https://github.com/owner/na.me-2_x'],
    ['http://www.github.com/owner/name', 'https://github.com/owner/name'],
    ['  github.com/owner/name', 'https://github.com/owner/name'],
    ['   https://github.com/owner/name', 'https://github.com/owner/name'],
    ['https://github.com/owner/name/tree/main/..', 'https://github.com/owner/name'],
    ['https://github.com/owner/name/tree/main/projects/deep', 'https://github.com/owner/name'],
    ['https://github.com/owner/name/blob/main/', 'https://github.com/owner/name'],
    ['https://github.com/owner/name.git/', 'https://github.com/owner/name'],
    ['https://github.com/owner/name#readme', 'https://github.com/owner/name'],
    ['HTTPS://GitHub.com/Owner/Name', 'https://github.com/Owner/Name'],
    ['https://github.com/owner/owner.github.io', 'https://github.com/owner/owner.github.io'],
  ])('finds the repository in %j', (raw, repository) => {
    expect(codeUrl(raw)).toBe(repository);
  });

  it.each([
    'https://github.com/owner',
    'https://github.com/orgs/owner/repositories',
    'https://github.com/Topics/diffusion',
    'https://github.com/user-attachments/assets/1',
    'https://github.com/owner/',
    'https://github.com/owner?tab=repositories',
    'https://github.com/owner/..//',
    'https://gist.github.com/owner',
    'https://raw.githubusercontent.com/owner/name/main/a.py',
    'https://gist.github.com/owner/0123456789abcdef',
    'https://github.com.evil.example/owner/name',
    'https://evil.example/github.com/owner/name',
    'https://owner.github.io/name',
    'https://github.com/owner/..',
    'https://github.com/owner/%00',
    'javascript:alert(1)//github.com/owner/name',
    'not an address',
    '',
    `https://github.com/owner/${'x'.repeat(101)}`,
  ])('finds none in %j', (raw) => {
    expect(codeUrl(raw)).toBeUndefined();
  });

  it('gives nothing but a repository address, whatever it is given', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.string().map((tail) => `https://github.com/${tail}`),
    );
    fc.assert(
      fc.property(anything, (raw) => {
        expect(codeUrl(raw) ?? 'https://github.com/a/b').toMatch(/^https:\/\/github\.com\/[\w-]+\/[\w.-]+$/);
      }),
    );
  });
});

describe('mentionedCode', () => {
  it('finds a repository at the end of a sentence', () => {
    expect(mentionedCode('Our code is at https://github.com/owner/name. It runs.')).toBe(
      'https://github.com/owner/name',
    );
  });

  it('passes over pages that are no repository', () => {
    const text = 'See https://github.com/orgs/owner, https://gist.github.com/owner/1 and (github.com/owner/name).';
    expect(mentionedCode(text)).toBe('https://github.com/owner/name');
  });

  it('takes one that is named in several ways for one', () => {
    const text = 'Code: \\url{https://github.com/Owner/Name}. See https://github.com/owner/name/tree/main{GitHub}.';
    expect(mentionedCode(text)).toBe('https://github.com/Owner/Name');
  });

  it('reads a name whose underscore is written as TeX does', () => {
    expect(mentionedCode('See https://github.com/owner/long\\_name\\_here.')).toBe(
      'https://github.com/owner/long_name_here',
    );
  });

  it.each([
    'We extend https://github.com/others/tool and others. Our code is available at https://github.com/owner/name.',
    'Code is released at https://github.com/owner/name and https://github.com/owner/name-bench.',
    'Built on github.com/others/tool. We open-source the implementation (github.com/owner/name).',
    'We evaluate on code from https://github.com/others/bench. Code: https://github.com/owner/name',
    'Unlike https://github.com/others/tool, it is fast. The repository can be found under https://github.com/owner/name !',
  ])('takes of several the one that is said to be given: %s', (text) => {
    expect(mentionedCode(text)).toBe('https://github.com/owner/name');
  });

  it('takes none of several that are only mentioned', () => {
    const text = 'We compare https://github.com/others/tool with https://github.com/others/another.';
    expect(mentionedCode(text)).toBeUndefined();
  });

  it('weighs all of a paper’s texts together', () => {
    const abstract = 'We build on https://github.com/others/tool.';
    expect(mentionedCode('10 pages. Code at https://github.com/owner/name', abstract)).toBe(
      'https://github.com/owner/name',
    );
    expect(mentionedCode('10 pages', abstract)).toBe('https://github.com/others/tool');
  });

  it('finds none where none is', () => {
    expect(mentionedCode('Code at https://notgithub.com/owner/name and at owner/name.')).toBeUndefined();
  });
});

describe('projectUrl', () => {
  it.each([
    [' https://Owner.GitHub.io/page', 'https://owner.github.io/page'],
    ['https://owner.github.io/#/demo', 'https://owner.github.io/#/demo'],
    ['https://example.com:443/a b', 'https://example.com/a%20b'],
    ['https://münchen.example.com/', 'https://xn--mnchen-3ya.example.com/'],
    ['https://example.org/"><script>', 'https://example.org/%22%3E%3Cscript%3E'],
  ])('normalises %j', (raw, url) => {
    expect(projectUrl(raw)).toBe(url);
  });

  it.each([
    'http://example.com/',
    'https://user:secret@example.com/',
    'https://user@example.com/',
    'https://example.com:8443/',
    'https://192.0.2.7/',
    'https://3221226002/',
    'https://0x7f.1/',
    'https://[2001:db8::1]/',
    'https://localhost/',
    'https://router.local/',
    'https://metadata.internal/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'mailto:a@example.com',
    'example.com',
    '',
    `https://example.com/${'x'.repeat(500)}`,
  ])('refuses %j', (raw) => {
    expect(projectUrl(raw)).toBeUndefined();
  });

  it('gives printable https addresses of bounded length, whatever it is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withFragments: true, withQueryParameters: true })), (raw) => {
        expect(projectUrl(raw) ?? 'https://a.bc/').toMatch(/^https:\/\/[!-~]{1,492}$/);
      }),
    );
  });
});
