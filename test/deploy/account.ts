import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { cache, freePort, run, type Server, scratchFolder, serve } from './programs.js';
import { Missing } from './report.js';

const installed = join(cache, 'ministack');
const requirements = join(__dirname, 'requirements.txt');

/** Puts MiniStack into a virtual environment of its own, unless the same is there already. Throws `Missing`. */
export async function installEmulator(): Promise<void> {
  const has = (imports: string) =>
    run('python3', ['-c', imports], { seconds: 60 }).then(
      () => true,
      () => false,
    );
  if (!(await has('import sys; assert sys.version_info >= (3, 10)'))) throw new Missing('Python 3.10 is not installed');
  if (!(await has('import ensurepip, venv'))) {
    throw new Missing('Python makes no virtual environments here (on Debian: python3-venv)');
  }
  const done = join(installed, 'requirements.txt');
  if (existsSync(done) && readFileSync(done, 'utf8') === readFileSync(requirements, 'utf8')) return;
  rmSync(installed, { recursive: true, force: true });
  await run('python3', ['-m', 'venv', installed], { seconds: 120 });
  const pip = [join(installed, 'bin', 'pip'), ['install', '--disable-pip-version-check', '--requirement']] as const;
  await run(pip[0], [...pip[1], requirements], { seconds: 400 });
  copyFileSync(requirements, done);
}

/** An empty AWS account, played by MiniStack on 127.0.0.1. */
export interface Account {
  /** Where SDK clients find it. */
  readonly client: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  /** For the CDK's command line: nothing of this machine's own AWS settings is in it. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Server['log'];
}

/** The number of the played account. */
export const accountId = '000000000000';

/** Starts an account whose SES hands every mail to an SMTP server on that port. */
export async function openAccount(smtpPort: number): Promise<Account> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const home = scratchFolder();
  const plain = {
    // The functions run on this very Node, whatever `node` is elsewhere.
    PATH: [dirname(process.execPath), process.env.PATH ?? ''].join(delimiter),
    HOME: home,
    TMPDIR: home,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
  const env = {
    ...plain,
    BIND_HOST: '127.0.0.1',
    GATEWAY_PORT: String(port),
    MINISTACK_HOST: 'localhost',
    LAMBDA_EXECUTOR: 'local',
    SMTP_HOST: `127.0.0.1:${smtpPort}`,
  };
  const isReady = async () => (await fetch(`${endpoint}/_ministack/health`)).ok;
  const { log } = await serve(join(installed, 'bin', 'ministack'), [], isReady, { cwd: home, env });
  const region = 'us-east-1';
  const credentials = { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' };
  return {
    client: { endpoint, region, credentials },
    environment: {
      ...plain,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ENDPOINT_URL_S3: endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
    log,
  };
}
