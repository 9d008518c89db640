import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { keptAssembly } from '../../../../cli/local/template/kept-assembly.js';
import { dayMs } from '../../../../shared/domain/calendar-date.js';

let root = '';
let store = '';
let made = 0;

const sources = (...texts: string[]) => ({ root, paths: ['lambdas', 'cdk.json', 'missing.json'], texts });

async function make(folder: string): Promise<void> {
  made += 1;
  writeFileSync(join(folder, 'Stack.template.json'), JSON.stringify({ Resources: {}, made }));
  mkdirSync(join(folder, 'asset.1'));
  writeFileSync(join(folder, 'asset.1', 'index.js'), 'exports.handler = undefined;');
}

const open = (...texts: string[]) => keptAssembly(store, sources(...texts), make);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'paperboy-kept-'));
  store = join(root, '.cache');
  made = 0;
  mkdirSync(join(root, 'lambdas'));
  writeFileSync(join(root, 'lambdas', 'handler.ts'), 'one');
  writeFileSync(join(root, 'cdk.json'), '{}');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('an assembly', () => {
  it('is made once for the same sources', async () => {
    const first = await open('settings');
    expect(await open('settings')).toEqual(first);
    expect(made).toBe(1);
    expect(first.template).toEqual({ Resources: {}, made: 1 });
  });

  it.each([
    ['a file changed', () => writeFileSync(join(root, 'lambdas', 'handler.ts'), 'two')],
    ['a file was added', () => writeFileSync(join(root, 'lambdas', 'env.ts'), '')],
    [
      'a file was renamed',
      () => {
        rmSync(join(root, 'lambdas', 'handler.ts'));
        writeFileSync(join(root, 'lambdas', 'other.ts'), 'one');
      },
    ],
    ['a file came that was missing', () => writeFileSync(join(root, 'missing.json'), '')],
  ])('is made again when %s', async (_what, change) => {
    await open('settings');
    change();
    await open('settings');
    expect(made).toBe(2);
  });

  it('is another one for other settings, and the first is kept beside it', async () => {
    await open('settings');
    await open('others');
    await open('settings');
    expect(made).toBe(2);
  });

  it.each([
    ['cut short', (folder: string) => writeFileSync(join(folder, 'asset.1', 'index.js'), 'exports')],
    ['missing', (folder: string) => rmSync(join(folder, 'asset.1', 'index.js'))],
    ['one too many', (folder: string) => writeFileSync(join(folder, 'asset.1', 'more.js'), '')],
  ])('is made again when one of its files is %s', async (_what, damage) => {
    const { folder } = await open('settings');
    damage(folder);
    expect((await open('settings')).template).toEqual({ Resources: {}, made: 2 });
    expect(readFileSync(join(folder, 'asset.1', 'index.js'), 'utf8')).toBe('exports.handler = undefined;');
  });

  it('leaves nothing behind when it cannot be made', async () => {
    const failing = keptAssembly(store, sources(), async (folder) => {
      await make(folder);
      throw new Error('a mistake in the settings');
    });
    await expect(failing).rejects.toThrow('a mistake in the settings');
    expect(readdirSync(store)).toEqual([]);
  });

  it('is the same one for two that make it at the same time', async () => {
    const [one, other] = await Promise.all([open('settings'), open('settings')]);
    expect(one.folder).toBe(other.folder);
    expect(readdirSync(store)).toHaveLength(1);
  });

  it('stays as it is where another process was earlier, which may be using it', async () => {
    const late = await keptAssembly(store, sources('settings'), async (folder) => {
      await open('settings');
      await make(folder);
    });
    expect(late.template).toEqual({ Resources: {}, made: 1 });
    expect(readdirSync(store)).toHaveLength(1);
  });

  it('is removed when nobody has opened it for a week', async () => {
    const { folder } = await open('old');
    const old = new Date(Date.now() - 8 * dayMs);
    utimesSync(folder, old, old);
    const { folder: other } = await open('new');
    expect(readdirSync(store)).toEqual([other.split('/').at(-1)]);
  });
});
