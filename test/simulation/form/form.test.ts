import { describe, expect, it } from '@jest/globals';
import { Chance } from '../engine/chance.js';
import { form } from './form.js';
import { drawPosts, lengthOf } from './posts.js';

describe('a flood of the form', () => {
  it('keeps within the hour’s budget, gets no forgery through, and leaves people their mail', async () => {
    const said: string[] = [];
    const report = await form(400, 3, (line) => void said.push(line));
    expect(report).toMatchObject({ requests: 400, overCap: 0, acceptedForgeries: 0 });
    expect(report.honestServed).toBeGreaterThanOrEqual(0.95);
    expect(report.mails).toBeGreaterThan(50);
    expect(said).toHaveLength(2);
  });

  it('is the same for a seed', async () => {
    expect(await form(60, 12, () => undefined)).toEqual(await form(60, 12, () => undefined));
  });

  it('is posted at ten times the budget of an account of 50,000 mails a day, among 240 people an hour', () => {
    const posts = drawPosts(5440, new Chance(13), 0);
    expect(lengthOf(5440)).toBe(3_600_000);
    const people = posts.filter(({ isHonest }) => isHonest);
    const flooders = posts.filter(({ isHonest }) => !isHonest);
    expect([people.length, flooders.length]).toEqual([240, 5200]);
    const share = (those: typeof posts, of: (post: (typeof posts)[number]) => boolean) =>
      those.filter(of).length / those.length;
    const isAtLarge = ({ address }: (typeof posts)[number]) => !address.endsWith('.example');
    expect(share(people, ({ trick }) => trick === 'no proof')).toBeCloseTo(0.2, 1);
    expect(share(people, isAtLarge)).toBeCloseTo(0.5, 0);
    expect(share(flooders, isAtLarge)).toBeCloseTo(0.1, 1);
    expect(share(flooders, ({ trick }) => trick === 'proof')).toBeCloseTo(0.5, 1);
    const names = (of: (post: (typeof posts)[number]) => string | undefined) => new Set(flooders.map(of)).size;
    expect(names(({ sourceIp }) => sourceIp.replace(/[.:][^.:]*$/, ''))).toBeGreaterThan(900);
    expect(names(({ address }) => address.split('@')[1])).toBe(105);
  });
});
