import { afterEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { github, starsQuery } from '../../shared/sources/github.js';
import { SourceDown } from '../../shared/sources/paper-source.js';
import type { FetchLimits } from '../../shared/sources/polite-fetch.js';
import { drip, flood, say } from '../support/hostile-server.js';
import { type Instead, type PlayedGitHub, playGitHub, type Stars, starsAnswer } from '../support/played-github.js';
import { testFetch } from '../support/test-fetch.js';

const token = 'ghp_notARealTokenButLongEnough';
const repository = (name: string) => `https://github.com/${name}`;
const many = (count: number) => Array.from({ length: count }, (_, index) => repository(`fjordlab/p${index}`));
const manyStars = (count: number): Stars =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`fjordlab/p${index}`, index]));

describe('the stars of repositories', () => {
  let played: PlayedGitHub;
  afterEach(() => played.close());

  const open = async (
    stars: Stars,
    instead?: Instead,
    limits: Partial<FetchLimits> = {},
    secret = async () => token,
  ) => {
    played = await playGitHub(() => stars, instead);
    const { fetchText, waits } = testFetch(limits);
    return { source: github({ apiUrl: played.url, token: secret, fetchText }), waits };
  };
  const downWith = async (urls: readonly string[], ...given: Parameters<typeof open>) => {
    const { source, waits } = await open(...given);
    const error = await source.starsOf(urls).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SourceDown);
    const { message } = error as SourceDown;
    expect(message).not.toContain('\n');
    expect(message).not.toContain(token);
    expect(waits).toEqual([]);
    return message;
  };

  it('are asked for with the token, a hundred at once', async () => {
    const { source } = await open(manyStars(250));
    const { stars, unanswered } = await source.starsOf(many(250));
    expect([...stars]).toEqual(many(250).map((url, index) => [url, index]));
    expect(unanswered).toEqual([]);
    expect(played.asked.map(({ names }) => names.length)).toEqual([100, 100, 50]);
    expect(played.asked[0]).toMatchObject({ authorization: `bearer ${token}`, contentType: 'application/json' });
  });

  it('are asked for once, in whatever case and by however many addresses a repository is named', async () => {
    const { source } = await open({ 'fjordlab/quiet.agents': 7 });
    const urls = [repository('FjordLab/Quiet.Agents'), repository('fjordlab/quiet.agents')];
    expect([...(await source.starsOf(urls)).stars]).toEqual(urls.map((url) => [url, 7]));
    expect(played.asked.map(({ names }) => names)).toEqual([['fjordlab/quiet.agents']]);
  });

  it('are not asked for, and the token is not read, where there is no repository', async () => {
    const unread = async () => Promise.reject(new Error('read'));
    const { source } = await open({}, undefined, {}, unread);
    expect((await source.starsOf(['https://github.com/fjordlab', 'https://example.org/a/b'])).stars.size).toBe(0);
    expect(played.asked).toEqual([]);
  });

  it('are absent for repositories that are gone, never were, or are closed to the token; the others count', async () => {
    const { source } = await open({ 'a/here': 3, 'a/closed': 'FORBIDDEN' });
    const answer = await source.starsOf(['a/gone', 'a/here', 'a/closed'].map(repository));
    expect(answer).toEqual({ stars: new Map([[repository('a/here'), 3]]), unanswered: [] });
  });

  it('stand under the name that was asked for when a repository was renamed', async () => {
    const renamed = JSON.stringify({ data: { r0: { stargazerCount: 9, nameWithOwner: 'new/name' } } });
    const { source } = await open({}, (response) => {
      say(response, 200, renamed);
      return true;
    });
    expect([...(await source.starsOf([repository('old/name')])).stars]).toEqual([[repository('old/name'), 9]]);
  });

  it('of a query that took too much are taken as far as they came, and the rest is told', async () => {
    const { source } = await open({ 'a/one': 3, 'a/two': 'RESOURCE_LIMITS_EXCEEDED' });
    const answer = await source.starsOf(['a/one', 'a/two'].map(repository));
    expect(answer.stars.size).toBe(1);
    expect(answer.unanswered).toEqual(['2 repositories from a/one: RESOURCE_LIMITS_EXCEEDED']);
  });

  it('are asked for again in the next hour, not now, where one query ran into GitHub’s own time limit', async () => {
    const { source, waits } = await open(manyStars(300), (response, _asked, count) => {
      if (count === 2) say(response, 502, '<html>');
      return count === 2;
    });
    const { stars, unanswered } = await source.starsOf(many(300));
    expect(stars.size).toBe(200);
    expect(unanswered).toEqual(['100 repositories from fjordlab/p100: HTTP 502']);
    expect(played.asked).toHaveLength(3);
    expect(waits).toEqual([]);
  });

  const limited = JSON.stringify({
    errors: [{ type: 'RATE_LIMIT', message: 'API rate limit exceeded for user ID 1.' }],
  });
  const secondary = JSON.stringify({ message: 'You have exceeded a secondary rate limit.', documentation_url: '' });
  it.each<[string, (response: Parameters<Instead>[0]) => void, string]>([
    ['status 200', (response) => say(response, 200, limited), 'the rate limit is used up'],
    ['status 200 without errors', (response) => say(response, 200, secondary), 'the rate limit is used up'],
    ['status 403', (response) => say(response, 403, secondary, { 'retry-after': '60' }), 'HTTP 403'],
    ['status 429', (response) => say(response, 429, secondary), 'HTTP 429'],
  ])('are not asked for again when a limit is told with %s', async (_how, tell, why) => {
    const { source, waits } = await open(manyStars(500), (response, _asked, count) => {
      if (count > 1) tell(response);
      return count > 1;
    });
    const { stars, unanswered } = await source.starsOf(many(500));
    expect(stars.size).toBe(100);
    expect(unanswered).toEqual([
      `100 repositories from fjordlab/p100: ${why}`,
      '300 repositories more: not asked for after that',
    ]);
    expect(played.asked).toHaveLength(2);
    expect(waits).toEqual([]);
  });

  it('are not asked for beyond the last point of the hour, nor in a later run before the limit’s reset', async () => {
    const date = 'Fri, 07 Aug 2026 05:00:00 GMT';
    const reset = String(Date.parse(date) / 1000 + 1800);
    const { source, waits } = await open(manyStars(300), (response, { names }) => {
      const headers = { date, 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
      say(response, 200, starsAnswer(names, manyStars(300)), headers);
      return true;
    });
    const { stars, unanswered } = await source.starsOf(many(300));
    expect(stars.size).toBe(100);
    expect(unanswered[0]).toMatch(/the rate limit is used up, and a wait of 1[78]\d\d(\.\d)? s is more than/);
    await expect(source.starsOf(many(1))).rejects.toThrow('the rate limit is used up');
    expect(played.asked).toHaveLength(1);
    expect(waits).toEqual([]);
  });

  it('do not come with a token that GitHub refuses: one line says so', async () => {
    const refuse: Instead = (response) => {
      say(response, 401, '{"message":"Bad credentials"}');
      return true;
    };
    expect(await downWith(many(300), {}, refuse)).toBe(
      'GitHub did not answer: it refuses the token (HTTP 401); put a valid one into the secret',
    );
    expect(played.asked).toHaveLength(1);
  });

  it('do not come without the secret', async () => {
    const refused = async () => Promise.reject(new Error('AccessDeniedException: no'));
    const message = await downWith(many(1), {}, undefined, {}, refused);
    expect(message).toBe("the secret with GitHub's token cannot be read: AccessDeniedException: no");
    expect(played.asked).toEqual([]);
  });

  it.each(['', `{"token":"${token}"}`, `${token} ${token}`, `${token}\r\nx-other: 1`, 'short'])(
    'do not come with the secret %j, which is not repeated',
    async (secret) => {
      const message = await downWith(many(1), {}, undefined, {}, async () => secret);
      expect(message).toBe("the secret's text is no GitHub token: it must be the token alone");
      expect(played.asked).toEqual([]);
    },
  );

  it('come with a token that a line break follows', async () => {
    const { source } = await open(manyStars(1), undefined, {}, async () => `${token}\n`);
    expect((await source.starsOf(many(1))).stars.size).toBe(1);
  });

  it.each([
    ['a page', '<!DOCTYPE html><html></html>', 'the answer is no GraphQL answer'],
    ['no text', '', 'the answer is no GraphQL answer'],
    ['a list', '[]', 'the answer is no GraphQL answer'],
    ['nothing known', '{"data":null,"errors":[{"message":"bad\\nnews"}]}', 'an error without a known type'],
    ['no data', '{}', 'no data'],
  ])('do not come when the answer is %s', async (_what, text, why) => {
    const tell: Instead = (response) => {
      say(response, 200, text);
      return true;
    };
    expect(await downWith(many(1), {}, tell)).toBe(`GitHub did not answer: ${why}`);
  });

  it.each([-1, 1.5, 1e300, '7', null, {}, [3]])('are absent where the count is %j', async (count) => {
    const { source } = await open({}, (response) => {
      say(response, 200, JSON.stringify({ data: { r0: { stargazerCount: count }, r1: { stargazerCount: 2 }, r2: 7 } }));
      return true;
    });
    expect([...(await source.starsOf(many(3))).stars]).toEqual([[repository('fjordlab/p1'), 2]]);
  });

  it.each<[string, Instead, Partial<FetchLimits>, string]>([
    ['is silent', () => true, { startMs: 50 }, 'no answer began within 0.1 s'],
    [
      'drips for ever',
      (response) => {
        drip(response, 10);
        return true;
      },
      { wholeMs: 200 },
      'the answer took longer than 0.2 s',
    ],
    [
      'sends 100 MB',
      (response) => {
        flood(response, 100, () => undefined);
        return true;
      },
      { maxBytes: 1024 * 1024 },
      'the answer is bigger than 1,048,576 bytes',
    ],
    [
      'leads elsewhere: the token does not go there',
      (response) => {
        say(response, 307, '', { location: `${played.url}/elsewhere` });
        return true;
      },
      {},
      'HTTP 307',
    ],
  ])('do not come when GitHub %s', async (_what, instead, limits, why) => {
    expect(await downWith(many(300), {}, instead, limits)).toBe(`GitHub did not answer: ${why}`);
    expect(played.asked).toHaveLength(1);
  });

  it('do not come when nobody listens', async () => {
    const { source } = await open({});
    await played.close();
    await expect(source.starsOf(many(1))).rejects.toThrow(/^GitHub did not answer: .*ECONNREFUSED/);
  });
});

describe('a query for stars', () => {
  it('quotes every name, whatever it holds', () => {
    const part = fc.string().filter((text) => !text.includes('/'));
    fc.assert(
      fc.property(fc.array(fc.tuple(part, part), { maxLength: 5 }), (names) => {
        const query = starsQuery(names.map(([owner, name]) => `${owner}/${name}`));
        // Without its quoted texts a query of so many repositories is always the same.
        const bare = query.replace(/"(?:[^"\\]|\\.)*"/g, '""');
        const field = (index: number) => `r${index}: repository(owner: "", name: "") { stargazerCount }`;
        expect(bare).toBe(`query { ${names.map((_, index) => field(index)).join(' ')} }`);
      }),
    );
  });
});
