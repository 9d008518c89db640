/** One thing that was looked at before a deployment; a failure would fail the deployment. */
export interface Finding {
  readonly about: string;
  readonly state: 'ok' | 'warning' | 'failure';
  /** What was found; if it is not ok, also how to mend it. */
  readonly text: string;
}

/** Makes findings about one thing. */
export function findingsAbout(about: string): Readonly<Record<Finding['state'], (text: string) => Finding>> {
  const one = (state: Finding['state']) => (text: string) => ({ about, state, text });
  return { ok: one('ok'), warning: one('warning'), failure: one('failure') };
}

/** What an SDK error is called, without its text: that may hold more than a terminal should show. */
export function errorName(error: unknown): string {
  const { name, code } = error as { readonly name?: string; readonly code?: string };
  return code ?? name ?? 'an unknown error';
}

/** Asks AWS; whatever cannot be asked is a warning, since it may be a missing right to look alone. */
export async function unlessUnasked(about: string, ask: () => Promise<Finding>): Promise<Finding> {
  try {
    return await ask();
  } catch (error) {
    return findingsAbout(about).warning(`could not be looked at (${errorName(error)}); the deployment may still work`);
  }
}

/** Findings as lines, their columns aligned. */
export function printFindings(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ about }) => about.length));
  return findings.map(({ state, about, text }) => `${state.padEnd(8)} ${about.padEnd(width)}  ${text}\n`).join('');
}
