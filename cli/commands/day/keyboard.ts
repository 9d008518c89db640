/** Where keys come from: a terminal, or a pipe from whoever has none. */
export interface KeyInput {
  readonly isTTY?: boolean;
  setRawMode?(isRaw: boolean): unknown;
  on(event: 'data', take: (data: Buffer | string) => void): unknown;
  off(event: 'data', take: (data: Buffer | string) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

/**
 * Runs the action of each key that is pressed or piped in, one after the other in the order of the presses. Resolves
 * on `q`, Ctrl-C or a signal, once the action under way is done, without those that wait; rejects when an action does.
 */
export async function listenToKeys(
  actions: Readonly<Record<string, () => Promise<void>>>,
  input: KeyInput = process.stdin,
): Promise<void> {
  let turn: Promise<void> = Promise.resolve();
  let isEnding = false;
  let end = () => {};
  let take = (_: Buffer | string) => {};
  const ended = new Promise<void>((resolve, reject) => {
    end = () => {
      isEnding = true;
      resolve();
    };
    const press = (key: string) => {
      const action = Object.hasOwn(actions, key) ? actions[key] : undefined;
      if (action) turn = turn.then(() => (isEnding ? undefined : action()));
      turn.catch(reject);
    };
    take = (data) => {
      // Fast presses come together.
      for (const key of data.toString()) key === 'q' || key === '\u0003' ? end() : press(key);
    };
  });
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (input.isTTY) input.setRawMode?.(true);
  input.resume();
  input.on('data', take);
  try {
    await ended;
    await turn;
  } finally {
    isEnding = true;
    process.off('SIGINT', end);
    process.off('SIGTERM', end);
    input.off('data', take);
    if (input.isTTY) input.setRawMode?.(false);
    input.pause();
  }
}
