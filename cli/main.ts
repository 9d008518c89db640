import { setFlagsFromString } from 'node:v8';

type Command = (args: readonly string[]) => Promise<void>;

/** Each loads what it needs, and nothing of the others. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.js')).start,
  daily: async () => (await import('./commands/daily.js')).daily,
  run: async () => (await import('./commands/show-run.js')).showRun,
  fate: async () => (await import('./commands/tell-fate.js')).tellFate,
  resume: async () => (await import('./commands/resume-sending.js')).resume,
  'rotate-keys': async () => (await import('./commands/rotate-keys.js')).rotate,
};

const usage = `Usage: npm run cli -- <command>

  start  [--recorded DIR --date D] [--data DIR]      the whole service on this machine, with an inbox page
  daily  --recorded DIR --date D --out DIR           one whole day, start to end
         [--subscribers FILE] [--data DIR] [--json]
  run    --date D (--data DIR | --table NAME [--editions NAME]) [--json]
         how the digests of one edition ended, what is still open, and how good the newest reviewed editions were
  fate   ADDRESS [--date D] [--json]                 what happened to one subscriber's digest, and why
         (--data DIR | --subscribers NAME --runs NAME --editions NAME --consents NAME --secret ARN)
  resume sending (--data DIR | --table NAME) [--json]
         goes on with mail that was halted by bounces or complaints
  rotate-keys  (--data DIR | --secret ARN)           a new signing key; links of the two before it keep working
`;

// Node 20 is supported on purpose; the SDK's advice about it helps nobody who runs these commands.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Node 20 optimises what runs for a tenth of a second, which costs commands of seconds more than it saves. Newer ones
// wait longer, and do not know the flag.
if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=660000');

async function main([name, ...args]: readonly string[]): Promise<void> {
  const load = name === undefined ? undefined : commands[name];
  if (!load) {
    process.stderr.write(usage);
    process.exitCode = name === undefined || name === 'help' || name === '--help' ? 0 : 1;
    return;
  }
  const command = await load();
  await command(args);
}

function endWith(error: unknown): void {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`${process.env.PAPERBOY_DEBUG ? stack : `paperboy: ${message}`}\n`);
  process.exit(1);
}

// The embedded DynamoDB throws where nobody can catch when it cannot write.
process.on('uncaughtException', endWith);
main(process.argv.slice(2)).catch(endWith);
