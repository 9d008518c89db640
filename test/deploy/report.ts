/** This machine lacks something; the message says what, and goes on after "because". */
export class Missing extends Error {
  override readonly name = 'Missing';
}

const startedAt = performance.now();
let passed = 0;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function line(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Does one step and writes one line of it, with its seconds. */
export async function step<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
  const since = performance.now();
  try {
    const result = await work();
    passed += 1;
    line(`${seconds(since).padStart(8)}  ok      ${name}`);
    return result;
  } catch (error) {
    if (!(error instanceof Missing)) line(`${seconds(since).padStart(8)}  FAILED  ${name}`);
    throw error;
  }
}

/** Runs a command's work and ends the process: what this machine lacks is skipped, but in CI it fails like anything else. */
export async function reported(work: () => Promise<void>): Promise<never> {
  const end = await work().then(
    () => ({ code: 0, word: 'done' }),
    (error: unknown) => {
      const isSkipped = error instanceof Missing && process.env.CI !== 'true';
      const word = isSkipped ? 'skipped' : 'failed';
      if (error instanceof Missing) line(`${word} because ${error.message}`);
      else line(error instanceof Error ? (error.stack ?? error.message) : String(error));
      return { code: isSkipped ? 0 : 1, word };
    },
  );
  line(`${seconds(startedAt).padStart(8)}  in all: ${passed} steps, ${end.word}`);
  process.exit(end.code);
}

/** Asks again and again until there is an answer; throws after `seconds`, naming what it waited for. */
export async function eventually<Result>(
  what: string,
  ask: () => Result | undefined | Promise<Result | undefined>,
  patienceSeconds = 60,
): Promise<Result> {
  const until = performance.now() + patienceSeconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > until) throw new Error(`${what} did not come within ${patienceSeconds} s`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
