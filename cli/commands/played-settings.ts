import { join } from 'node:path';
import { type Configuration, parseConfiguration } from '../../infra/configuration/configuration.js';
import { readContext } from '../../infra/configuration/read-json.js';

/** What cdk.json configures. */
export function configured(): Configuration {
  return parseConfiguration(readContext(join(__dirname, '..', '..', 'cdk.json')).paperboy);
}

/** A deployment's secret is not on this machine. */
export const noStars: Readonly<Record<string, string>> = { GITHUB_TOKEN_SECRET: '' };

/** What the functions' environment becomes when the sources are played at `url`: nobody needs to be spared there. */
export function playedSources(url: string): Readonly<Record<string, string>> {
  return { HUGGING_FACE_URL: url, ARXIV_FEED_URL: url, ARXIV_API_URL: url, ARXIV_PAUSE_MS: '0', ...noStars };
}
