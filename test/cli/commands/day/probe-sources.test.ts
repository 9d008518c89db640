import { describe, expect, it } from '@jest/globals';
import { probeSources } from '../../../../cli/commands/day/probe-sources.js';

type Fetch = typeof globalThis.fetch;

describe('asking the sources whether they answer', () => {
  it('asks both at once, and takes every answer but a broken one', async () => {
    const asked: string[] = [];
    let answer = () => {};
    const bothAsked = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const fetch: Fetch = async (url) => {
      asked.push(new URL(String(url)).hostname);
      if (asked.length === 2) answer();
      await bothAsked;
      return new Response(null, { status: asked[0] === new URL(String(url)).hostname ? 404 : 503 });
    };
    expect(await probeSources(fetch)).toEqual([{ source: 'Hugging Face' }, { source: 'arXiv', failure: 'HTTP 503' }]);
    expect(asked.sort()).toEqual(['huggingface.co', 'rss.arxiv.org']);
  });

  it('says why a connection failed, and gives up on who is silent', async () => {
    const refused = Object.assign(new Error('fetch failed'), { cause: { code: 'ENOTFOUND', message: 'no such host' } });
    const fetch: Fetch = async (url, options) => {
      if (String(url).includes('arxiv')) throw refused;
      return new Promise((_, reject) =>
        options?.signal?.addEventListener('abort', () => reject(options.signal?.reason)),
      );
    };
    expect(await probeSources(fetch, 20)).toEqual([
      { source: 'Hugging Face', failure: 'no answer within 0.02 s' },
      { source: 'arXiv', failure: 'no such host' },
    ]);
  });
});
