import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cache, freePort, root, run, serve, show } from './programs.js';
import { Missing, reported, step } from './report.js';

const local = join(__dirname, 'dynamodb-local');
const installed = join(cache, 'dynamodb-local');

async function checkMachine(): Promise<void> {
  const java = await run('java', ['-version'], { seconds: 60 }).catch(() => '');
  const version = Number(/version "(\d+)/.exec(java)?.[1] ?? 0);
  if (version < 17) throw new Missing('Java 17 is not installed (on Debian: default-jre-headless)');
  const maven = await run('mvn', ['-version'], { seconds: 60 }).catch(() => '');
  if (maven === '') throw new Missing('Maven is not installed (on Debian: maven)');
  if (process.arch !== 'x64') throw new Missing(`DynamoDB Local brings no native library for ${process.arch}`);
}

/** Fetches what pom.xml names, unless the same is there already. */
async function install(): Promise<void> {
  const pom = join(local, 'pom.xml');
  const done = join(installed, 'pom.xml');
  if (existsSync(done) && readFileSync(done, 'utf8') === readFileSync(pom, 'utf8')) return;
  rmSync(installed, { recursive: true, force: true });
  const args = ['-q', '-B', '-f', pom, 'dependency:copy-dependencies', `-DoutputDirectory=${installed}`];
  await run('mvn', args, { seconds: 400 });
  copyFileSync(pom, done);
}

void reported(async () => {
  await checkMachine();
  await step('DynamoDB Local is installed', install);
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const java = [`-Djava.library.path=${installed}`, '-cp', join(installed, '*')];
  const server = await step('DynamoDB Local listens on 127.0.0.1', () =>
    serve('java', [...java, 'org.eclipse.jetty.xml.XmlConfiguration', `port=${port}`, join(local, 'server.xml')], () =>
      // Without a signature it refuses, which is an answer.
      fetch(endpoint, { signal: AbortSignal.timeout(5000) }).then(({ status }) => status === 400),
    ),
  );
  await step('the storage tests pass on it', async () => {
    const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const env = { ...process.env, PAPERBOY_DYNAMODB: endpoint };
    const code = await show(process.execPath, [jest, 'test/storage', ...process.argv.slice(2)], { cwd: root, env });
    if (code !== 0) throw new Error(`jest ended with ${code}\n${server.log().slice(-2000)}`);
  });
});
