import { join } from 'node:path';
import { parseConfiguration } from '../infra/configuration.js';
import { readContext } from '../infra/read-json.js';

/** The publish hour (UTC) that cdk.json configures. */
export function configuredPublishHour(): number {
  return parseConfiguration(readContext(join(__dirname, '..', 'cdk.json')).paperboy).publishHour;
}

/** What the functions' environment becomes when the sources are played at `url`: nobody needs to be spared there. */
export function playedSources(url: string): Readonly<Record<string, string>> {
  return { HUGGING_FACE_URL: url, ARXIV_FEED_URL: url, ARXIV_API_URL: url, ARXIV_PAUSE_MS: '0' };
}
