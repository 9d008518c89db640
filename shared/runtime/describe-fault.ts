const shownFrames = 4;

/** An error for a log: its name and where it was thrown, without its message, which may quote an address. */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is not an error was thrown';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, shownFrames).map((line) => line.trim())].join(' ');
}
