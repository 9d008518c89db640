import { existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationFile } from '../../infra/configuration/configuration.js';
import { synthesize } from '../../infra/synthesize.js';
import { cdkProgram } from './cdk.js';
import { root, run, scratchFolder } from './programs.js';
import { Missing } from './report.js';

/** What the admin would write. Editions come as soon as papers do, at whatever hour the rehearsal runs. */
export const settings = {
  sender: 'Paperboy <papers@paper.dev>',
  postalAddress: 'Ann Reader, 1 Road, Town',
  contact: 'ann@paper.dev',
  publishHour: 0,
};

/** Synthesizes this version, with its sources played at `played`; gives the folder for `--app`. */
export function synthesizeThis(played: string): string {
  const sources = {
    huggingFaceUrl: played,
    arxivFeedUrl: played,
    arxivApiUrl: played,
    githubApiUrl: played,
    arxivPauseMs: 0,
  };
  const outdir = join(scratchFolder(), 'cdk.out');
  synthesize({ outdir, configuration: { ...settings, sources } });
  changeTemplate(outdir, (template) => template);
  return outdir;
}

/** Before there was a first tag. */
const firstRehearsed = '8490a87';

const git = (...args: string[]) => run('git', args, { cwd: root, seconds: 60 });

/** The newest tag before this commit, or the commit where rehearsals begin. Throws `Missing` where git has no such history. */
export async function versionBefore(): Promise<string> {
  const tag = await git('describe', '--tags', '--abbrev=0', 'HEAD^').catch(() => '');
  const version = tag.trim() || firstRehearsed;
  await git('cat-file', '-e', `${version}^{commit}`).catch(() => {
    throw new Missing(
      `this clone does not hold ${version}, from which an update is rehearsed (clone the whole history)`,
    );
  });
  return version;
}

interface Resource {
  readonly Type: string;
  readonly Properties?: {
    readonly Environment?: { readonly Variables: Record<string, unknown> };
    readonly Metrics?: unknown;
  };
}

interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** Whether the emulator refuses a resource: it plays no alarm on an expression over metrics. */
const isRefused = ({ Type, Properties }: Resource) =>
  Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined;

/** Changes the synthesized template, and takes out of it what the emulator refuses. */
function changeTemplate(assembly: string, change: (template: Template) => Template): void {
  const file = join(assembly, 'Paperboy.template.json');
  const { Resources, ...rest } = change(JSON.parse(readFileSync(file, 'utf8')) as Template);
  const played = Object.fromEntries(Object.entries(Resources).filter(([, resource]) => !isRefused(resource)));
  writeFileSync(file, JSON.stringify({ ...rest, Resources: played }));
}

/** Points an earlier version, whose template names the real sources, at the played ones. */
function withPlayedSources(template: Template, played: string): Template {
  const given: Record<string, string> = {
    HUGGING_FACE_URL: played,
    ARXIV_FEED_URL: played,
    ARXIV_API_URL: played,
    GITHUB_API_URL: played,
    ARXIV_PAUSE_MS: '0',
    // 8490a87 takes an http address of the pages at this very name only.
    PAGES_URL: 'http://localhost',
  };
  for (const { Properties } of Object.values(template.Resources)) {
    const variables = Properties?.Environment?.Variables ?? {};
    for (const name of Object.keys(variables)) variables[name] = given[name] ?? variables[name];
  }
  return template;
}

/** Writes the settings where that version reads them: in a file of their own, or, as 8490a87 does, in cdk.json. */
function writeSettings(folder: string): void {
  const own = join(folder, configurationFile);
  if (existsSync(own)) {
    writeFileSync(own, JSON.stringify(settings));
    return;
  }
  const cdkJson = join(folder, 'cdk.json');
  const { context, ...rest } = JSON.parse(readFileSync(cdkJson, 'utf8')) as { context: object };
  writeFileSync(cdkJson, JSON.stringify({ ...rest, context: { ...context, paperboy: settings } }));
}

/**
 * Synthesizes an earlier version from git; gives the folder for `--app`. It takes this version's packages, so one that only
 * earlier versions import stays among the development packages.
 */
export async function synthesizeEarlier(version: string, played: string): Promise<string> {
  const folder = scratchFolder();
  const archive = join(folder, 'source.tar');
  await git('archive', '--output', archive, version);
  await run('tar', ['-xf', archive, '-C', folder], { seconds: 60 });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeSettings(folder);
  const outdir = join(folder, 'cdk.out');
  await run(process.execPath, [cdkProgram, 'synth', '--quiet', '--output', outdir], { cwd: folder, seconds: 180 });
  changeTemplate(outdir, (template) => withPlayedSources(template, played));
  return outdir;
}
