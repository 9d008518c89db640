import { expect, it } from '@jest/globals';
import { editionCache } from '../../shared/delivery/loaded-edition.js';
import { anEdition, aRankedPaper, aTrendScore, day, paperId } from '../support/builders.js';
import { fakeEditionRepository } from '../support/fake-edition-repository.js';

const today = day('2026-08-07');
const papers = [1, 2].map((number) => aRankedPaper({ id: paperId(number) }, aTrendScore(5 - number)));

function aCache() {
  const editions = fakeEditionRepository(anEdition({ date: today, papers }));
  const warnings: string[] = [];
  const load = editionCache(editions, (message, what) => void warnings.push(`${message} ${JSON.stringify(what)}`));
  const marks = async () => (await load(today)).indexed.papers.map(({ ranked }) => ranked.paper.isWithdrawn);
  return { editions, warnings, load, marks };
}

it('marks what was withdrawn after the edition came out, even between two messages of one process', async () => {
  const { editions, load, marks } = aCache();
  expect(await marks()).toEqual([false, false]);
  expect(await load(today)).toBe(await load(today));
  await editions.noteWithdrawn([paperId(2), paperId(9)]);
  expect(await marks()).toEqual([false, true]);
  expect((await load(today)).week.papers.map(({ ranked }) => ranked.paper.isWithdrawn)).toEqual([false, true]);
  expect(await load(today)).toBe(await load(today));
  await editions.noteWithdrawn([]);
  expect(await marks()).toEqual([false, false]);
});

it('warns where the note cannot be read, and goes on with the marks it has', async () => {
  const { editions, warnings, marks } = aCache();
  await editions.noteWithdrawn([paperId(1)]);
  expect(await marks()).toEqual([true, false]);
  editions.withdrawn = () => Promise.reject(new Error('throttled'));
  expect(await marks()).toEqual([true, false]);
  expect(warnings).toEqual([expect.stringContaining('which papers are withdrawn cannot be read')]);
});

it('is made once for all jobs that begin together', async () => {
  const { load } = aCache();
  const [first, ...others] = await Promise.all([load(today), load(today), load(today)]);
  for (const other of others) expect(other).toBe(first);
});

it('is asked for again after it could not be read', async () => {
  const { editions, load } = aCache();
  const { find } = editions;
  editions.find = () => Promise.reject(new Error('throttled'));
  await expect(Promise.all([load(today), load(today)])).rejects.toThrow('throttled');
  editions.find = find;
  expect((await load(today)).date).toBe(today);
});
