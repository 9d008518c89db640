/** Calls an action for each of its keys while a terminal listens; resolves on `q`, Ctrl-C or a signal to end. */
export function listenToKeys(actions: Readonly<Record<string, () => void>>): Promise<void> {
  return new Promise((resolve) => {
    const { stdin } = process;
    const end = () => {
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      resolve();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    if (!stdin.isTTY) return;
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', (data) => {
      const key = data.toString();
      if (key === 'q' || key === '\u0003') end();
      else actions[key]?.();
    });
  });
}
