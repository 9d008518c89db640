import { describe, expect, it } from '@jest/globals';
import { changedObservation, mergeRecord } from '../../../shared/domain/paper/merge-record.js';
import { aPaper, aPaperRecord, day, instant } from '../../support/builders.js';

const at = instant('2026-08-07T05:00');

describe('joining what sources say of a paper', () => {
  it('makes a new paper of the first record', () => {
    const paper = mergeRecord(undefined, aPaperRecord({ listedOn: day('2026-08-07'), submitter: 'quill' }), at);
    expect(paper).toMatchObject({
      firstSeenAt: at,
      listedDays: ['2026-08-07'],
      submitter: 'quill',
      sources: ['hugging-face'],
    });
    expect(paper).toMatchObject({ categories: [], keywords: [], isWithdrawn: false });
  });

  it('keeps what a later record does not say', () => {
    const known = aPaper({ aiSummary: 'Reads tables.', codeUrl: 'https://github.com/quill/lantern', version: 2 });
    expect(mergeRecord(known, aPaperRecord(), at)).toEqual({ ...known });
  });

  it('takes a repository that a text mentions only where none is known, and lets a stated one replace it', () => {
    const [mentioned, other, stated] = ['a', 'b', 'c'].map((name) => `https://github.com/quill/${name}`);
    const first = mergeRecord(undefined, aPaperRecord({ source: 'arxiv', mentionedCodeUrl: mentioned! }), at);
    expect(first.codeUrl).toBe(mentioned);
    const second = mergeRecord(first, aPaperRecord({ mentionedCodeUrl: other! }), at);
    expect(second.codeUrl).toBe(mentioned);
    const third = mergeRecord(second, aPaperRecord({ codeUrl: stated!, mentionedCodeUrl: other! }), at);
    expect(third.codeUrl).toBe(stated);
    const fourth = mergeRecord(third, aPaperRecord({ source: 'arxiv', mentionedCodeUrl: mentioned! }), at);
    expect(fourth.codeUrl).toBe(stated);
    expect(fourth).not.toHaveProperty('mentionedCodeUrl');
  });

  it('notes which source gives stars, also none yet, and keeps it when the source is silent', () => {
    const known = mergeRecord(undefined, aPaperRecord({ counts: { upvotes: 1 } }), at);
    expect(known).not.toHaveProperty('starsFrom');
    const starred = mergeRecord(known, aPaperRecord({ counts: { upvotes: 1, stars: 0 } }), at);
    expect(starred.starsFrom).toBe('hugging-face');
    expect(mergeRecord(starred, aPaperRecord({ source: 'arxiv' }), at).starsFrom).toBe('hugging-face');
  });

  it('notes when a code address came to a known paper, or another took its place', () => {
    const { codeUrl: _, ...without } = aPaper();
    const withCode = aPaperRecord({ codeUrl: 'https://github.com/quill/lantern' });
    expect(mergeRecord(undefined, withCode, at)).not.toHaveProperty('codeSince');
    const found = mergeRecord(without, withCode, at);
    expect(found.codeSince).toBe(at);
    expect(mergeRecord(found, withCode, at + 1).codeSince).toBe(at);
    const moved = aPaperRecord({ codeUrl: 'https://github.com/quill/lamp' });
    expect(mergeRecord(found, moved, at + 2).codeSince).toBe(at + 2);
  });

  it('adds days, sources and categories, and keeps the first sight and the first submitter', () => {
    const known = aPaper({ submitter: 'quill' });
    const again = mergeRecord(known, aPaperRecord({ listedOn: day('2026-08-03'), submitter: 'okafor' }), at);
    expect(again).toMatchObject({
      listedDays: ['2026-08-03', '2026-08-07'],
      submitter: 'quill',
      firstSeenAt: known.firstSeenAt,
    });
    const described = mergeRecord(again, aPaperRecord({ source: 'arxiv', categories: ['stat.ML'], version: 3 }), at);
    expect(described).toMatchObject({ sources: ['arxiv', 'hugging-face'], categories: ['stat.ML'], version: 3 });
  });

  it('lets arXiv’s own title stand against others', () => {
    const described = mergeRecord(aPaper(), aPaperRecord({ source: 'arxiv', title: 'Lantern, revised' }), at);
    expect(mergeRecord(described, aPaperRecord({ title: 'lantern' }), at).title).toBe('Lantern, revised');
  });

  it('notes a withdrawal and keeps it against sources that do not know', () => {
    const withdrawn = mergeRecord(aPaper(), aPaperRecord({ source: 'arxiv', isWithdrawn: true }), at);
    expect(mergeRecord(withdrawn, aPaperRecord(), at).isWithdrawn).toBe(true);
  });

  it('waits for a description of every new version, and keeps that of the same or an older one', () => {
    const known = aPaper({ version: 2, describedAt: at });
    const told = (version: number) => mergeRecord(known, aPaperRecord({ source: 'arxiv', version }), at);
    expect(told(3)).not.toHaveProperty('describedAt');
    expect(told(2)).toMatchObject({ version: 2, describedAt: at });
    expect(told(1)).toMatchObject({ version: 2, describedAt: at });
  });
});

describe('an observation is stored', () => {
  const latest = { at: at - 1000, upvotes: 5, comments: 1 };

  it('when a count changed, with the counts the source did not give carried on', () => {
    expect(changedObservation(latest, { upvotes: 6 }, at)).toEqual({ at, upvotes: 6, comments: 1 });
    expect(changedObservation(undefined, { upvotes: 0 }, at)).toEqual({ at, upvotes: 0 });
    expect(changedObservation(latest, { stars: 3 }, at)).toEqual({ at, upvotes: 5, comments: 1, stars: 3 });
  });

  it('not when everything is as it was, or nothing was given', () => {
    expect(changedObservation(latest, { upvotes: 5 }, at)).toBeUndefined();
    expect(changedObservation(latest, undefined, at)).toBeUndefined();
  });
});
