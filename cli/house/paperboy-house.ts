import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Configuration } from '../../infra/configuration/configuration.js';
import { readConfiguration } from '../../infra/configuration/read-json.js';
import { parseAddress } from '../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId, SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { parseKeys } from '../../shared/runtime/keys.js';
import { type ConsentRepository, consentRepository } from '../../shared/storage/consents-repository.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { type EditionRepository, editionRepository } from '../../shared/storage/editions-repository.js';
import { type HindsightRepository, hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { type PaperRepository, paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { type RunRepository, runRepository } from '../../shared/storage/runs-repository.js';
import { subscriberIdOf } from '../../shared/storage/subscribers/subscriber-rows.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../shared/storage/subscribers/subscribers-repository.js';
import { type TrafficRepository, trafficRepository } from '../../shared/storage/traffic-repository.js';
import { CliError } from '../command/cli-error.js';
import { savedTable } from '../local/data-folder.js';
import { type House, openHouse } from '../local/house.js';
import type { HouseOptions } from '../local/house-parts.js';
import { type Assembly, keptAssembly } from '../local/template/kept-assembly.js';
import { arnOf } from '../local/template/physical.js';

/** Paperboy's own template, played on this machine, and its tables with an operator's access. */
export interface PaperboyHouse {
  readonly house: House;
  readonly papers: PaperRepository;
  readonly editions: EditionRepository;
  readonly hindsights: HindsightRepository;
  readonly subscribers: SubscriberRepository;
  readonly runs: RunRepository;
  readonly traffic: TrafficRepository;
  readonly consents: ConsentRepository;
  /** Adds a subscriber as confirmed, or changes one. */
  readonly subscribe: (profile: SubscriberProfile, at: number) => Promise<SubscriberId>;
  readonly idOf: (address: string) => SubscriberId;
  /** Endpoint and key for the operator's SDK clients. */
  readonly client: HouseClient;
}

interface HouseClient {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: House['credentials'];
}

interface PaperboyHouseOptions extends Omit<HouseOptions, 'template' | 'assembly' | 'secrets'> {
  /** With it GitHub is asked for stars, regardless of the configuration. */
  readonly githubToken?: string;
}

const tokenSecret = arnOf('secretsmanager', 'secret:github-token-Local0');

/** Plays the stack as the sources describe it while `work` lasts. */
export async function withPaperboy<Result>(
  { githubToken, ...options }: PaperboyHouseOptions,
  work: (paperboy: PaperboyHouse) => Promise<Result>,
): Promise<Result> {
  const restored = options.dataDir === undefined ? undefined : savedTable(options.dataDir);
  const configuration = { ...configured(), ...(restored !== undefined && { subscribersTable: restored }) };
  const { template, folder } = await synthesized({
    ...configuration,
    ...(githubToken && { githubTokenSecret: tokenSecret }),
  });
  const identities = configuration.identity === undefined ? [] : [configuration.identity];
  const secrets = githubToken ? { [tokenSecret]: githubToken } : {};
  const house = await openHouse({ ...options, identities, secrets, template, assembly: folder });
  try {
    return await work({ house, ...(await connectOperator(house)) });
  } finally {
    await house.close();
  }
}

const root = join(__dirname, '..', '..');

/** All that decides what is synthesized, beside the settings: our sources, and which packages are installed. */
const sources = [
  ...['infra', 'lambdas', 'shared', 'cdk.json', 'tsconfig.json', 'package.json', 'package-lock.json'],
  'node_modules/.package-lock.json',
];

/** Synthesizes the stack, unless that was done before with the same sources and settings. */
async function synthesized(configuration: Configuration): Promise<Assembly> {
  // CDK takes context from the environment too.
  const environment = Object.entries(process.env).filter(([name]) => name.startsWith('CDK_'));
  const texts = [JSON.stringify(configuration), JSON.stringify(environment)];
  return keptAssembly(join(root, '.cache', 'assemblies'), { root, paths: sources, texts }, async (outdir) => {
    // Loaded when it is needed: the CDK alone takes longer than a start without it.
    const { synthesize } = await import('../../infra/synthesize.js');
    synthesize({ outdir, configuration });
    rmSync(join(outdir, 'bundles'), { recursive: true, force: true });
  });
}

/** Opens the tables of a house with the operator's key. */
export async function connectOperator(house: House): Promise<Omit<PaperboyHouse, 'house'>> {
  const client = { endpoint: house.endpoint, region: 'us-east-1', credentials: house.credentials };
  const dynamo = documentClient(client);
  const secrets = new SecretsManagerClient(client);
  const secret = await secrets.send(new GetSecretValueCommand({ SecretId: house.output('KeysSecret') }));
  const { identity } = parseKeys(secret.SecretString ?? '');
  const idOf = (address: string) => subscriberIdOf(canonicalOf(address), identity);
  const subscribers = subscriberRepository(dynamo, house.output('SubscribersTable'));
  return {
    client,
    idOf,
    papers: paperRepository(dynamo, house.output('PapersTable')),
    editions: editionRepository(dynamo, house.output('EditionsTable')),
    hindsights: hindsightRepository(dynamo, house.output('EditionsTable')),
    runs: runRepository(dynamo, house.output('RunsTable')),
    traffic: trafficRepository(dynamo, house.output('RunsTable')),
    consents: consentRepository(dynamo, house.output('ConsentsTable')),
    subscribers,
    subscribe: async (profile, at) => {
      const id = idOf(profile.address);
      await subscribers.put(id, profile, at);
      return id;
    },
  };
}

/** What tells a mailbox from others, however it is spelt. */
function canonicalOf(address: string): string {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new CliError(`${address}: ${parsed.message}`);
  return parsed.canonical;
}

/**
 * The configuration in paperboy.config.json, without its domain, since on one machine the pages are at a loopback address, and without
 * the restored table that a deployment uses.
 */
export function configured(): Configuration {
  const { domain: _, hostedZone: _zone, certificateArn: _certificate, ...others } = readConfiguration();
  const { subscribersTable: _table, ...configuration } = others;
  return configuration;
}

/** Asks for no stars: a deployment's secret is not on this machine. */
export const noStars: Readonly<Record<string, string>> = { GITHUB_TOKEN_SECRET: '' };

/** The functions' environment when the sources are played at `url`, where no pause is needed. */
export function playedSources(url: string): Readonly<Record<string, string>> {
  return { HUGGING_FACE_URL: url, ARXIV_FEED_URL: url, ARXIV_API_URL: url, ARXIV_PAUSE_MS: '0', ...noStars };
}
