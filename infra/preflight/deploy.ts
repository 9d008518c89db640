import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readConfiguration } from '../configuration/read-json.js';
import { printFindings } from './finding.js';
import { chosenRegion } from './look-at-account.js';
import { preflight } from './preflight.js';

// Node 20 is supported on purpose; the SDK's advice about it helps nobody who deploys.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

/** Value of an option as the CDK's command line takes it: `--profile NAME` or `--profile=NAME`. */
function optionIn(args: readonly string[], name: string): string | undefined {
  const at = args.indexOf(name);
  return at >= 0 ? args[at + 1] : args.find((arg) => arg.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** The file that context `config` names, as the app will read it. */
function configurationPath(args: readonly string[]): string | undefined {
  return args.map((arg) => /^(?:--context=)?config=(.+)$/.exec(arg)?.[1]).find((path) => path !== undefined);
}

async function deploy(args: readonly string[]): Promise<number> {
  const profile = optionIn(args, '--profile');
  if (profile !== undefined) process.env.AWS_PROFILE = profile;
  const region = await chosenRegion();
  const findings = await preflight({ readConfiguration: () => readConfiguration(configurationPath(args)), region });
  process.stdout.write(printFindings(findings));
  if (findings.some(({ state }) => state === 'failure')) {
    process.stderr.write('Nothing was deployed: mend what failed and try again.\n');
    return 1;
  }
  const cdk = createRequire(__filename).resolve('aws-cdk/bin/cdk');
  const env = { ...process.env, ...(region !== undefined && { AWS_REGION: region }) };
  const root = join(__dirname, '..', '..');
  return spawnSync(process.execPath, [cdk, 'deploy', ...args], { cwd: root, env, stdio: 'inherit' }).status ?? 1;
}

void deploy(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
