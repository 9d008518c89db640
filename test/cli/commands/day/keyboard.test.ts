import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { type KeyInput, listenToKeys } from '../../../../cli/commands/day/keyboard.js';

/** A terminal whose raw mode is noted. */
function aTerminal() {
  const modes: boolean[] = [];
  const keys = new EventEmitter();
  const calls = { setRawMode: (isRaw: boolean) => modes.push(isRaw), resume: () => {}, pause: () => {} };
  const input: KeyInput = Object.assign(keys, { isTTY: true, ...calls });
  return { input, modes, type: (text: string) => keys.emit('data', Buffer.from(text)) };
}

/** An action that lasts until it is let go. */
function aSlowAction(done: string[]) {
  const waiting: (() => void)[] = [];
  const run = async () => {
    done.push('begun');
    await new Promise<void>((over) => waiting.push(over));
    done.push('done');
  };
  const settled = () => new Promise((over) => setImmediate(over));
  const letGo = async () => {
    waiting.shift()?.();
    await settled();
  };
  return { run, settled, letGo };
}

describe('listening to keys', () => {
  it('runs presses that come at once one after the other, each to its end', async () => {
    const { input, type } = aTerminal();
    const done: string[] = [];
    const slow = aSlowAction(done);
    const ended = listenToKeys({ n: slow.run }, input);
    type('nn');
    await slow.settled();
    expect(done).toEqual(['begun']);
    await slow.letGo();
    expect(done).toEqual(['begun', 'done', 'begun']);
    await slow.letGo();
    type('q');
    await ended;
    expect(done).toEqual(['begun', 'done', 'begun', 'done']);
  });

  it('ends after the action under way, without those that wait, and gives the terminal back', async () => {
    const { input, modes, type } = aTerminal();
    const done: string[] = [];
    const slow = aSlowAction(done);
    const ended = listenToKeys({ n: slow.run }, input).then(() => done.push('ended'));
    type('nnn');
    await slow.settled();
    type('q');
    await slow.settled();
    expect(done).toEqual(['begun']);
    await slow.letGo();
    await ended;
    expect(done).toEqual(['begun', 'done', 'ended']);
    expect(modes).toEqual([true, false]);
  });

  it('takes them from a pipe too, which has no mode to set', async () => {
    const { input, modes, type } = aTerminal();
    const done: string[] = [];
    const ended = listenToKeys({ n: async () => void done.push('n') }, Object.assign(input, { isTTY: false }));
    type('n\n');
    await new Promise((over) => setImmediate(over));
    type('q');
    await ended;
    expect([done, modes]).toEqual([['n'], []]);
  });

  it('does nothing for other keys', async () => {
    const { input, type } = aTerminal();
    const ended = listenToKeys({}, input);
    type('xn toString\u0003');
    await ended;
  });

  it('fails with what an action fails with', async () => {
    const { input, modes, type } = aTerminal();
    const ended = listenToKeys({ n: () => Promise.reject(new Error('the house fell down')) }, input);
    type('n');
    await expect(ended).rejects.toThrow('the house fell down');
    expect(modes).toEqual([true, false]);
  });
});
