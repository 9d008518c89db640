import { describe, expect, it } from '@jest/globals';
import { choosePapers, indexEdition } from '../../../shared/domain/edition/choose-papers.js';
import { withKnown } from '../../../shared/domain/edition/seen-places.js';
import { choiceOf } from '../../../shared/domain/likeness/kept-topic.js';
import { paperHash } from '../../../shared/domain/subscriber/seen-papers.js';
import { aKeptTopic, anExample, paperId } from '../../support/builders.js';
import { aTopic } from '../../support/filters.js';
import { editionOf, plainPaper } from '../edition/archive-builder.js';

const like = new Uint8Array();

describe('what a profile has of a learned topic', () => {
  it('knows the papers that were named, the newest forty, and none that only the reader’s file describes', () => {
    const examples = [
      anExample(1, { id: 'entry:abc' }),
      ...Array.from({ length: 45 }, (_, at) => anExample(at, { id: paperId(at) })),
    ];
    const { known = [] } = choiceOf(3, aKeptTopic({ examples }).topic, like);
    expect(known).toHaveLength(40);
    expect(known[0]).toBe(paperHash(paperId(44)));
    expect(known).not.toContain(paperHash(paperId(4)));
    expect(choiceOf(3, aKeptTopic({ examples: [] }).topic, like)).not.toHaveProperty('known');
  });

  it('keeps a digest from bringing them, whatever topic finds them', () => {
    const edition = indexEdition(editionOf('2026-08-07', plainPaper(1), plainPaper(2)));
    const id = edition.papers[0]?.ranked.paper.id ?? '';
    const choice = choiceOf(3, aKeptTopic({ examples: [anExample(1, { id })] }).topic, like);
    const topics = [aTopic('all', 'upvotes>=0')];
    const shown = (seen: Parameters<typeof withKnown>[0]) =>
      choosePapers(edition, { topics, seen, maxPapers: 5 }).papers.map(({ ranked }) => ranked.paper.id);
    expect(shown([])).toHaveLength(2);
    expect(shown(withKnown([], [choice]))).toEqual([edition.papers[1]?.ranked.paper.id]);
    const among = { entries: [], hashesAt: () => [] };
    expect(shown(withKnown(among, [choice]))).toHaveLength(1);
    expect(withKnown(among, [{ catalogueId: 'robots' }])).toBe(among);
  });
});
