import type { Io } from '../../../command/command.js';

/** One thing that was looked at. */
export interface Check {
  readonly id: string;
  readonly state: 'ok' | 'failure' | 'skipped';
  /** What was found; of a skipped one, why it could not be looked at. */
  readonly what: string;
  /** What the admin should do; empty where there is nothing to do. */
  readonly do: string;
}

/** Makes checks of one id; a failure always says what to do. */
export function checksOf(id: string) {
  return {
    ok: (what: string): Check => ({ id, state: 'ok', what, do: '' }),
    failure: (what: string, todo: string): Check => ({ id, state: 'failure', what, do: todo }),
    skipped: (what: string, todo = ''): Check => ({ id, state: 'skipped', what, do: todo }),
  };
}

/** The checks as JSON; a skipped one fails nothing, and says that it is none that was passed. */
export function checksAsJson(checks: readonly Check[]): object {
  return {
    ok: checks.every(({ state }) => state !== 'failure'),
    checks: checks.map(({ id, state, what, do: todo }) => ({
      id,
      ok: state !== 'failure',
      ...(state === 'skipped' && { skipped: true }),
      what,
      do: todo,
    })),
  };
}

const colors = { ok: 'green', failure: 'red', skipped: 'dim' } as const;

/** One line a check, their columns aligned. */
export function printChecks(checks: readonly Check[], paint: Io['paint']): string {
  const width = Math.max(...checks.map(({ id }) => id.length));
  const lines = checks.map(({ id, state, what, do: todo }) => {
    const mark = paint(colors[state], state.padEnd('skipped'.length));
    return `${mark}  ${id.padEnd(width)}  ${what}${todo === '' ? '' : `; ${todo}`}`;
  });
  return `${lines.join('\n')}\n`;
}
