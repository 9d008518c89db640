import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, accountId } from './account.js';
import { root, run, scratchFolder } from './programs.js';

/** The CDK's command line as package.json pins it. */
export const cdkProgram = join(root, 'node_modules', 'aws-cdk', 'bin', 'cdk');

const stack = 'Paperboy';

/** Outputs of the stack by their names. */
export type Outputs = Readonly<Record<string, string>>;

function cdk({ environment, client }: Account, args: readonly string[]): Promise<string> {
  // A rehearsal must never meet a real account.
  if (!client.endpoint.startsWith('http://127.0.0.1:')) throw new Error(`${client.endpoint} is not on this machine`);
  const cwd = scratchFolder();
  return run(process.execPath, [cdkProgram, ...args], { cwd, env: { ...environment }, seconds: 180 });
}

/** Prepares the account as `cdk bootstrap` does, once for every stack. */
export async function bootstrap(account: Account, assembly: string): Promise<void> {
  await cdk(account, ['bootstrap', `aws://${accountId}/${account.client.region}`, '--app', assembly]);
}

/** Deploys what was synthesized. */
export async function deploy(account: Account, assembly: string): Promise<{ outputs: Outputs; isUnchanged: boolean }> {
  const file = join(scratchFolder(), 'outputs.json');
  const options = ['--app', assembly, '--require-approval', 'never', '--outputs-file', file];
  const said = await cdk(account, ['deploy', stack, ...options]);
  const outputs = (JSON.parse(readFileSync(file, 'utf8')) as Record<string, Outputs>)[stack];
  if (!outputs) throw new Error(`the stack has no outputs\n${said}`);
  return { outputs, isUnchanged: said.includes('(no changes)') };
}

/** The answer of one of Paperboy's own commands for admins, as an admin calls it. */
export async function command({ environment }: Account, ...args: readonly string[]): Promise<Record<string, unknown>> {
  const main = ['--import', 'tsx', join('cli', 'main.ts'), ...args, '--stack', stack, '--json'];
  const said = await run(process.execPath, main, { cwd: root, env: { ...environment }, seconds: 60 });
  return JSON.parse(said.trim().split('\n').at(-1) ?? '');
}

/** Takes the stack away. */
export async function destroy(account: Account, assembly: string): Promise<void> {
  await cdk(account, ['destroy', stack, '--app', assembly, '--force']);
}
