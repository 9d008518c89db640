import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { CliError } from '../../../../../cli/command/cli-error.js';
import { withInput } from '../../../../../cli/commands/people/file/kept-input.js';
import { type FileLine, linesOf, readThrough } from '../../../../../cli/commands/people/file/subscribers-file.js';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'subscribers-file-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

async function read(content: string | Buffer) {
  const path = join(dir, 'people');
  writeFileSync(path, content);
  return readFrom(path);
}

const readFrom = (path: string) =>
  withInput(path, async (input) => {
    const file = await readThrough(input);
    const lines: FileLine[] = [];
    for await (const line of linesOf(file)) lines.push(line);
    expect(file.count).toBe(lines.length);
    return lines.sort((one, other) => one.line - other.line);
  });

/** What is said of a file that is refused, without its path. */
const refusal = async (content: string | Buffer) => {
  const error: unknown = await read(content).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CliError);
  expect((error as Error).message).not.toContain('\n');
  return (error as Error).message.replace(`${join(dir, 'people')}: `, '');
};

const header = 'email,timezone,hour,topics,consentAt,consentSource';
const line = (name: string) => `${name}@example.org,UTC,7,llm-serving,2026-03-01,fair`;
const fields = (name: string) => ({
  ...{ email: `${name}@example.org`, timezone: 'UTC', hour: '7', topics: 'llm-serving' },
  ...{ consentAt: '2026-03-01', consentSource: 'fair' },
});

describe('a CSV file of subscribers', () => {
  it('has a header in any order and case, and a line for each', async () => {
    expect(await read(`\ufeff${header}\r\n${line('ada')}\r\n\r\n${line('bela')}`)).toEqual([
      { line: 2, fields: fields('ada') },
      { line: 4, fields: fields('bela') },
    ]);
    expect(await read(`Hour, EMAIL,${header.replace('email,', '').replace('hour,', '')}\n`)).toEqual([]);
  });

  it('may quote, over several lines too, and guard against formulas', async () => {
    const [first] = await read(`${header}\n"ada@example.org",UTC,7,"'=x;""a, b""\n=c",2026-03-01,fair\n`);
    expect(first).toEqual({ line: 3, fields: { ...fields('ada'), topics: '=x;"a, b"\n=c' } });
  });

  it('tells of lines that cannot be read, and reads the others', async () => {
    const text = [header, line('ada'), 'short,line', line('bela'), `x"y${line('')}`, line('chandra'), ''].join('\n');
    expect(await read(text)).toEqual([
      { line: 2, fields: fields('ada') },
      { line: 3, message: 'has more or fewer fields than the header' },
      { line: 4, fields: fields('bela') },
      { line: 5, message: 'has a quote that is not doubled, or not closed' },
      { line: 6, fields: fields('chandra') },
    ]);
  });

  it('is refused when it was cut off, is empty, or has another header', async () => {
    const whole = `${header}\n${line('ada')}\n${line('bela')}`;
    expect(await refusal(whole.slice(0, -6))).toBe('ends in the middle of line 3: it was cut off; get the whole file');
    expect(await refusal(`${header}\n"ada@exam`)).toMatch(/^ends within a quoted field: it was cut off/);
    expect(await refusal('')).toBe('is empty; give a CSV or JSON file');
    expect(await refusal(`${header.replace('hour', 'hours')}\n`)).toMatch(/^line 1 has no hour; write a header with/);
    expect(await refusal(`${header},name\n`)).toMatch(/^line 1, column 7 is unknown; take it out/);
    expect(await refusal(`${header},Email\n`)).toBe('line 1 has email twice; take one out');
    expect(await refusal(Buffer.from([0, 1, 2, 255, 254]))).toMatch(/^line 1 has no email/);
  });

  it('that is missing, or a folder, is named', async () => {
    const missing = join(dir, 'nowhere.csv');
    await expect(readFrom(missing)).rejects.toThrow(`${missing}: cannot be read (ENOENT)`);
    await expect(readFrom(dir)).rejects.toThrow(`${dir}: cannot be read (EISDIR)`);
  });
});

describe('a pipe of subscribers', () => {
  const people = Array.from({ length: 5000 }, (_, index) => line(`reader${index}`));
  const csv = `${header}\n${people.join('\n')}\n`;
  const json = JSON.stringify(people.map((_, index) => fields(`reader${index}`)));

  /** Works on a pipe with that content, such as `<(zcat people.csv.gz)` is one. */
  async function piped<Result>(content: string, work: (pipe: string) => Promise<Result>) {
    const pipe = join(dir, 'pipe');
    execFileSync('mkfifo', [pipe]);
    try {
      const [done] = await Promise.all([work(pipe), writeFile(pipe, content)]);
      return done;
    } finally {
      rmSync(pipe);
    }
  }
  const readPiped = (content: string) => piped(content, readFrom);
  afterEach(() => void jest.restoreAllMocks());

  it('is read as a file is, although it gives its bytes once', async () => {
    const read = (await readPiped(csv)).map((each) => ('fields' in each ? each.fields : each));
    expect(read).toEqual(people.map((_, index) => fields(`reader${index}`)));
    expect((await readPiped(json)).map((each) => ('fields' in each ? each.fields : each))).toEqual(read);
  });

  it('that is empty, or was cut off, is refused', async () => {
    await expect(readPiped('')).rejects.toThrow('pipe: is empty; give a CSV or JSON file');
    await expect(readPiped(csv.slice(0, -8))).rejects.toThrow('pipe: ends in the middle of line 5001: it was cut off');
    await expect(readPiped(json.slice(0, -8))).rejects.toThrow('pipe: ends in the middle, at line 1: it was cut off');
  });

  it('leaves no copy behind, whatever becomes of it', async () => {
    const folder = mkdtempSync(join(dir, 'temporary-'));
    jest.spyOn(os, 'tmpdir').mockReturnValue(folder);
    const left = () => readdirSync(folder, { recursive: true });
    await readPiped(csv);
    await readPiped('').catch(() => undefined);
    expect(left()).toEqual([]);
    await piped(csv, (pipe) => withInput(pipe, async () => expect(left()).toEqual([])));
  });

  it('that cannot be kept is refused', async () => {
    const nowhere = join(dir, 'nowhere');
    jest.spyOn(os, 'tmpdir').mockReturnValue(nowhere);
    await expect(readPiped('')).rejects.toThrow(`pipe: cannot be kept in ${nowhere} meanwhile (ENOENT); name a file`);
  });
});

describe('a JSON file of subscribers', () => {
  const objects = [
    { email: 'a', odd: '}]{"\\"' },
    { email: 'b', topics: [{ name: '[', filter: '{' }] },
  ];

  it('is an array, or an object a line, with whatever is in its texts', async () => {
    const expected = objects.map((one) => ({ line: 1, fields: one }));
    expect(await read(JSON.stringify(objects))).toEqual(expected);
    const lines = objects.map((one) => JSON.stringify(one)).join('\n');
    expect(await read(`\ufeff \n${lines}\n`)).toEqual(expected.map((one, index) => ({ ...one, line: index + 2 })));
    expect(await read('[]')).toEqual([]);
    expect((await read(JSON.stringify(objects, undefined, 2))).map(({ line: at }) => at)).toEqual([2, 6]);
  });

  it('is read piece by piece, wherever the pieces end', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => ({ email: `é${index}`, topics: '"\\'.repeat(20) }));
    const lines = await read(JSON.stringify(many));
    expect(lines.map((one) => ('fields' in one ? one.fields : one))).toEqual(many);
  });

  it('tells of objects that are none, and is refused when it was cut off or holds anything else', async () => {
    expect(await read('{"email":"a"}\n{"x":}\n')).toEqual([
      { line: 1, fields: { email: 'a' } },
      { line: 2, message: 'is no JSON' },
    ]);
    const text = JSON.stringify(objects);
    expect(await refusal(text.slice(0, -1))).toBe('ends in the middle, at line 1: it was cut off; get the whole file');
    expect(await refusal(text.slice(0, -9))).toMatch(/^ends in the middle/);
    expect(await refusal('[1, 2]')).toMatch(/^line 1 has no JSON object/);
    expect(await refusal(`{"a":"${'x'.repeat(1_200_000)}"}`)).toMatch(/^line 1 has an object of more than/);
  });
});
