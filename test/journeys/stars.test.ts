import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { exampleConfiguration, fullConfiguration } from '../infra/synthesized.js';
import { aProfile, day, instant } from '../support/builders.js';
import { say } from '../support/hostile-server.js';
import { type Instead, type PlayedGitHub, playGitHub } from '../support/played-github.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(240_000);

const date = day('2026-08-07');
const token = 'ghp_notARealTokenButLongEnough';
const { githubTokenSecret } = fullConfiguration;
const reader = aProfile({ topics: [{ name: 'Language', filter: 'language' }], timeZone: 'UTC', hour: 5 });

describe('a house that asks GitHub for stars', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  let played: PlayedGitHub;
  let stars: Record<string, number>;
  beforeAll(() => {
    made = synthesizeOnce({ ...exampleConfiguration, githubTokenSecret });
  });
  afterEach(async () => {
    await opened.close();
    await played.close();
  });
  afterAll(() => made.remove());

  const open = async (instead?: Instead) => {
    stars = { 'fjordlab/slate': 5 };
    played = await playGitHub(() => stars, instead);
    const environment = { GITHUB_API_URL: played.url, GITHUB_TOKEN_SECRET: githubTokenSecret };
    opened = await openAt(date, made, { environment, secrets: { [githubTokenSecret]: token } });
    await opened.welcome([reader]);
  };
  const starsOf = async (id: string) => {
    const found = await opened.papers.activeBetween(day('2026-08-01'), date);
    return found.find(({ paper }) => paper.id === id)?.history.map((observation) => observation.stars);
  };

  it('observes those of a paper whose abstract alone names its code, and stores nothing while they stay', async () => {
    await open();
    await opened.passTime(instant('2026-08-07T06:00'));
    expect(await starsOf('2608.06004')).toEqual([5]);
    stars['fjordlab/slate'] = 9;
    await opened.passTime(instant('2026-08-07T07:00'));
    expect(await starsOf('2608.06004')).toEqual([5, 9]);
    expect(await starsOf('2608.06001')).toEqual([66]);
    // Six o'clock is fired twice, and the queue takes its two messages for one.
    expect(played.asked.map(({ names }) => names)).toEqual(Array(3).fill(['fjordlab/slate']));
    expect(played.asked[0]?.authorization).toBe(`bearer ${token}`);
    expect(opened.house.failures()).toEqual([]);
    expect(opened.logged.join('\n')).not.toContain(token);
  });

  it('publishes and mails as ever when GitHub refuses the token, which only the log and a metric tell', async () => {
    await open((response) => {
      say(response, 401, '{"message":"Bad credentials"}');
      return true;
    });
    expect(await opened.play(date, [reader])).toMatchObject({ candidates: 1, sent: 1 });
    expect(await starsOf('2608.06004')).toEqual([undefined]);
    const told = opened.logged.filter((line) => line.includes('it refuses the token (HTTP 401)'));
    expect(played.asked.length).toBeGreaterThan(0);
    expect(told).toHaveLength(played.asked.length);
    expect(opened.logged.filter((line) => line.includes('"StarsMissing":1'))).toHaveLength(played.asked.length);
    expect(opened.house.failures()).toEqual([]);
    expect(opened.logged.join('\n')).not.toContain(token);
  });
});
