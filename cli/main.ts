import { setFlagsFromString } from 'node:v8';
import { callTyped } from './command/call-command.js';
import { lastWords } from './command/cli-error.js';

// Node 20 is supported on purpose; the SDK's advice about it helps nobody who runs these commands.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

// Node 20 optimises what runs for a tenth of a second, which costs commands of seconds more than it saves. Newer ones
// wait longer, and do not know the flag.
if (process.version.startsWith('v20.')) setFlagsFromString('--interrupt-budget=660000');

function endWith(error: unknown): void {
  const { line, code } = lastWords(error);
  process.stderr.write(`${process.env.PAPERBOY_DEBUG && error instanceof Error ? error.stack : line}\n`);
  process.exit(code);
}

// The embedded DynamoDB throws where nobody can catch when it cannot write.
process.on('uncaughtException', endWith);
// Whoever reads the first lines only, as `head` does, has what they want.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  error.code === 'EPIPE' ? process.exit() : endWith(error),
);
callTyped(process.argv.slice(2)).catch(endWith);
