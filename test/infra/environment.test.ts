import { describe, expect, it } from '@jest/globals';
import type { FunctionProps } from '../../infra/constructs/paperboy-function.js';
import { ingestPapersEnv } from '../../lambdas/ingest-papers/env.js';
import { learnTopicsEnv } from '../../lambdas/learn-topics/env.js';
import { planDigestsEnv } from '../../lambdas/plan-digests/env.js';
import { recordMailEventsEnv } from '../../lambdas/record-mail-events/env.js';
import { reviewEditionsEnv } from '../../lambdas/review-editions/env.js';
import { scoreTrendsEnv } from '../../lambdas/score-trends/env.js';
import { sendDigestEnv } from '../../lambdas/send-digest/env.js';
import { sendNoticeEnv } from '../../lambdas/send-notice/env.js';
import { servePagesEnv } from '../../lambdas/serve-pages/env.js';
import { type EnvSpec, text } from '../../shared/contract/env.js';
import { readEnv } from '../../shared/runtime/read-env.js';
import { all, exampleConfiguration, fullConfiguration, plainName, synthesized } from './synthesized.js';

const specs: Record<string, EnvSpec> = {
  IngestPapers: ingestPapersEnv,
  LearnTopics: learnTopicsEnv,
  PlanDigests: planDigestsEnv,
  RecordMailEvents: recordMailEventsEnv,
  ReviewEditions: reviewEditionsEnv,
  ScoreTrends: scoreTrendsEnv,
  SendDigest: sendDigestEnv,
  SendNotice: sendNoticeEnv,
  ServePages: servePagesEnv,
};

const functions = all(synthesized(), 'AWS::Lambda::Function');

describe('the seam between infra and the functions', () => {
  it('gives each function exactly the names it reads, with values it can read', () => {
    expect(functions.map(({ id }) => plainName(id)).sort()).toEqual(Object.keys(specs));
    for (const { id, props } of functions) {
      const { Variables } = props.Environment as { Variables: Record<string, unknown> };
      const spec = specs[plainName(id)]!;
      // No options of Node's either: its own reading of source maps would be part of each cold start.
      expect(Object.keys(Variables).sort()).toEqual(Object.keys(spec).sort());
      const deployed = Object.entries(Variables).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : 'https://deployed',
      ]);
      expect(() => readEnv(spec, Object.fromEntries(deployed))).not.toThrow();
    }
  });

  it('names the secret with GitHub’s token where it is configured, and never holds a token', () => {
    const secretOf = (configuration?: object) => {
      const ingest = all(synthesized(configuration), 'AWS::Lambda::Function').find(
        ({ id }) => plainName(id) === 'IngestPapers',
      )!;
      const { Variables } = ingest.props.Environment as { Variables: Record<string, string> };
      return readEnv(ingestPapersEnv, { ...Variables, PAPERS_TABLE: 'papers', EVENT_BUS: 'events' })
        .GITHUB_TOKEN_SECRET;
    };
    expect(secretOf()).toBeUndefined();
    expect(secretOf(fullConfiguration)).toBe(fullConfiguration.githubTokenSecret);
  });

  it('asks the real sources, at the pace that arXiv’s terms ask for, unless the configuration names others', () => {
    const asked = (configuration?: object) => {
      const ingest = all(synthesized(configuration), 'AWS::Lambda::Function').find(
        ({ id }) => plainName(id) === 'IngestPapers',
      )!;
      const { Variables } = ingest.props.Environment as { Variables: Record<string, string> };
      const { HUGGING_FACE_URL, ARXIV_FEED_URL, ARXIV_API_URL, GITHUB_API_URL, ARXIV_PAUSE_MS } = Variables;
      return [HUGGING_FACE_URL, ARXIV_FEED_URL, ARXIV_API_URL, GITHUB_API_URL, ARXIV_PAUSE_MS];
    };
    const real = ['https://huggingface.co', 'https://rss.arxiv.org', 'https://export.arxiv.org'];
    expect(asked()).toEqual([...real, 'https://api.github.com', '3000']);
    const [huggingFaceUrl, arxivFeedUrl, arxivApiUrl, githubApiUrl] = [1, 2, 3, 4].map(
      (at) => `http://127.0.0.1:${at}`,
    );
    const sources = { huggingFaceUrl, arxivFeedUrl, arxivApiUrl, githubApiUrl, arxivPauseMs: 7 };
    const played = asked({ ...exampleConfiguration, sources });
    expect(played).toEqual([huggingFaceUrl, arxivFeedUrl, arxivApiUrl, githubApiUrl, '7']);
  });

  it('refuses a missing and a stray name when it is compiled', () => {
    const spec = { TABLE: text };
    type Environment = FunctionProps<typeof spec>['environment'];
    const right: Environment = { TABLE: 'papers' };
    // @ts-expect-error: TABLE is missing
    const missing: Environment = {};
    // @ts-expect-error: STRAY is not read
    const stray: Environment = { TABLE: 'papers', STRAY: '' };
    expect([right, missing, stray]).toHaveLength(3);
  });
});
