import { describe, expect, it } from '@jest/globals';
import { evaluateCases } from './cases.js';
import { casesForTests, match } from './written-cases.js';

describe('a folder of cases', () => {
  const { made, write, writeCase } = casesForTests();

  it.each<[string, readonly string[], string]>([
    ['no folder', [], 'name the folder of the cases: cases DIR [NN …]'],
    ['a folder that is not there', ['/no/such'], '/no/such cannot be read as a folder (ENOENT)'],
    ['a number that no case has', ['ROOT', '9'], 'ROOT has no case 9'],
    ['a number that is none', ['ROOT', 'kites'], '"kites" is no number of a case: write one such as 07'],
  ])('refuses %s in one line', async (_, args, message) => {
    writeCase('01-kites', [match]);
    const error = await evaluateCases(args.map((arg) => arg.replace('ROOT', made.root))).catch(
      (reason: Error) => reason,
    );
    expect((error as Error).message.replaceAll(made.root, 'ROOT')).toBe(message);
    expect(made.lines).toEqual([]);
  });

  it.each<[string, () => void, string | RegExp]>([
    ['a folder without cases', () => undefined, 'ROOT has no case, a folder such as 07-name'],
    [
      'a kind that it does not know, before any case is tried',
      () => {
        writeCase('01-kites', [match]);
        writeCase('02-kite', [match, { given: { kind: 'kite' }, expected: {} }]);
      },
      /^ROOT\/02-kite\/input\.json: probe 2 is of the unknown kind "kite" \(known: address, confirm, /,
    ],
    [
      'a probe that lacks a field',
      () => writeCase('01-kites', [{ given: { kind: 'address' }, expected: {} }]),
      'ROOT/01-kites/input.json: probe 1: text is not of the expected shape',
    ],
    [
      'a file that does not lie beside its case',
      () => writeCase('01-kites', [{ given: { kind: 'feed', file: 'gone.xml' }, expected: {} }]),
      'ROOT/01-kites/gone.xml cannot be read: name a file that is there',
    ],
    [
      'a file that is no JSON',
      () => {
        writeCase('01-kites', [match]);
        write('01-kites/expect.json', '{');
      },
      'ROOT/01-kites/expect.json is no JSON: mend it, or name another file',
    ],
    [
      'more probes than expectations',
      () => {
        writeCase('01-kites', [match, match]);
        write('01-kites/expect.json', JSON.stringify({ verdict: 'right', probes: [{}] }));
      },
      'ROOT/01-kites has 2 probes and 1 expectations: one of each is wanted',
    ],
  ])('refuses %s', async (_, prepare, message) => {
    prepare();
    const error = (await evaluateCases([made.root]).catch((reason: Error) => reason)) as Error;
    expect(error.message.replaceAll(made.root, 'ROOT')).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    expect(made.lines).toEqual([]);
  });
});
