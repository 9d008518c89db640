import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { terminal } from '../../../cli/command/call-command.js';

let [out, err] = ['', ''];
beforeEach(() => {
  [out, err] = ['', ''];
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
});
const wasTerminal = process.stderr.isTTY;
afterEach(() => {
  jest.restoreAllMocks();
  process.stderr.isTTY = wasTerminal;
});

const work = (json: boolean) => {
  const bar = terminal(json).progress('mails', 3);
  bar.step();
  bar.step(2);
  bar.end();
};

describe('the terminal', () => {
  it('gives people the words, programs the one line, and tells both what they should know', () => {
    for (const json of [false, true]) {
      const io = terminal(json);
      io.out('All is well.');
      io.json({ ok: true });
      io.tell('Mind the gap.');
    }
    expect([out, err]).toEqual(['All is well.\n{"ok":true}\n', 'Mind the gap.\nMind the gap.\n']);
  });

  it('shows a bar on the standard error of a terminal, and nowhere else', () => {
    process.stderr.isTTY = false;
    work(false);
    expect([out, err]).toEqual(['', '']);
    process.stderr.isTTY = true;
    work(true);
    expect(out).toBe('');
    expect(err).toMatch(/mails .* 0% 0\/3/);
  });

  it('leaves Ctrl-C to end the process while a bar is shown', () => {
    process.stderr.isTTY = true;
    const before = process.listenerCount('SIGINT');
    const bar = terminal(false).progress('mails', 3);
    expect(process.listenerCount('SIGINT')).toBe(before);
    bar.end();
  });

  it('has no colors where the output is no terminal', () => {
    expect(terminal(false).paint('red', 'late')).toBe('late');
  });
});
