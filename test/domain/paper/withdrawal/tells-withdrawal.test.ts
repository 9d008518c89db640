import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tellsWithdrawal } from '../../../../shared/domain/paper/withdrawal/tells-withdrawal.js';

const abstract = 'We weigh the tides of a small harbour.';
const inComment = (comment: string, version = 2) => tellsWithdrawal({ comment, abstract, version });
const inAbstract = (text: string) => tellsWithdrawal({ abstract: text, version: 2 });

describe('a withdrawal in a comment', () => {
  it.each([
    'This paper has been withdrawn by the author(s), who found a leak in Lemma 7',
    'WITHDRAWN',
    '[Withdrawn]',
    '14 pages, 2 figures (withdrawn)',
    '14 pages, 2 figures, withdrawn because the gauge was broken',
    'Withdrawn by the authors',
    'Withdrawn for revision of the harbour data',
    'Withdrawn at the request of the harbour master',
    'Withdrawn: the tides were weighed twice',
    'Withdrawn, see arXiv:2607.00002',
    'Manuscript withdrawn',
    'Wrong units in Table 2, paper withdrawn',
    'Note: this submission is withdrawn',
    'v2: withdrawn because of a wrong sign',
    'March 2026: withdrawn',
    'Superseded by arXiv:2607.00002, withdrawn',
    'The manuscript is being withdrawn until the gauge is mended',
    'The paper (sent to a friend) has been withdrawn',
    'This paper, written in haste, has been withdrawn',
    'This paper has two gaps and is therefore withdrawn',
    'It has been withdrawn because the gauge was broken',
    'Our latest version is withdrawn from arXiv',
    'The authors have retracted this article',
    'The authors have retracted',
    'We hereby withdraw this preprint',
    'We, the authors, withdraw this work',
    'We have decided to withdraw the manuscript until the data are checked',
    'As the gauge was broken, we withdraw this paper',
    'I ask that this paper be withdrawn',
    'The submitter requested the withdrawal of this submission',
    'Withdrawal due to a broken gauge',
    'Retraction notice: the tides were invented',
    'Withdrawing this paper, for the gauge was broken',
    'arXiv admin note: withdrawn by arXiv administrators due to invented tides',
    'arXiv admin note: this version has been removed, as its licence was not the submitter’s to give',
    'Removed by arXiv administration',
    'Sent to PRL, withdrawn due to an error in the gauge',
  ])('is told by "%s"', (comment) => {
    expect(inComment(comment)).toBe(true);
  });

  it.each([
    '14 pages; withdrawn from ICML 2026, now at a journal',
    'Withdrawn from the proceedings of a workshop',
    'This paper has been withdrawn from NeurIPS 2025 and sent elsewhere',
    'Submitted to ICLR 2026, withdrawn',
    'ICLR 2026 (withdrawn)',
    'ICLR 2026 Conference Withdrawn Submission',
    'Withdrawn after the rebuttal',
    'We withdrew this paper from the conference',
    'We withdraw our submission to KDD',
    'arXiv admin note: text overlap with arXiv:2607.00002',
    'Corrects the previously withdrawn arXiv:2607.00002',
    'Replaces a withdrawn preprint',
    'Replaces arXiv:2607.00002, withdrawn',
    'See also arXiv:2607.00002 (withdrawn)',
    'The paper arXiv:2607.00002 has been withdrawn',
    'That paper has been withdrawn',
    'An earlier version was withdrawn',
    'The first version of this paper has been withdrawn',
    'Extends our former (withdrawn) work',
    'The tide data set was withdrawn by its owners',
    'Section 4 of this paper is withdrawn',
    'Code withdrawn on request',
    'We retract the claim in Section 2',
    'We removed a figure',
    'Removed two figures due to an error',
    'Not withdrawn',
    'Un-withdrawn',
    'This paper has not been withdrawn',
    'This paper was withdrawn by mistake and has been reinstated',
    'This paper was withdrawn in May; this version corrects the gauge',
    'It may be withdrawn if a journal asks for it',
    'This preprint will be withdrawn once the book is out',
    'A survey of withdrawn papers',
    'With an appendix on withdrawal symptoms',
    'Reads "this paper has been withdrawn" in 300 comments',
  ])('is not told by "%s"', (comment) => {
    expect(inComment(comment)).toBe(false);
  });

  it('concerns this version or a later one, not the one before', () => {
    expect(inComment('v1 withdrawn, v2 has the right sign')).toBe(false);
    expect(inComment('v3: withdrawn', 3)).toBe(true);
    expect(inComment('v2: withdrawn', 3)).toBe(false);
  });
});

describe('a withdrawal in an abstract', () => {
  it.each([
    'This paper has been withdrawn by the author, whose gauge was broken.',
    'Withdrawn by the authors.',
    'The paper is withdrawn. The gauge was broken.',
    'The gauge was broken. The paper is withdrawn.',
    'We weigh tides. This submission has been withdrawn because of a broken gauge.',
    '[This article is withdrawn, see arXiv:2607.00002] We weigh tides.',
    'arXiv admin note: this submission has been withdrawn by arXiv because of invented tides. We weigh tides.',
    'The authors have withdrawn this manuscript.',
    'We weigh tides in a harbour. As the gauge was broken, we withdraw this paper.',
    'This article is taken down.',
  ])('is told by "%s"', (text) => {
    expect(inAbstract(text)).toBe(true);
  });

  it.each([
    'We ask what readers do once a paper has been withdrawn.',
    'We study why authors withdraw the paper that made them known.',
    'A study was published in 1998. The paper was retracted in 2010. We follow its citations.',
    'We follow what was written after this paper was retracted in 2012.',
    'Retracted papers are cited for years. This work counts them.',
    'Withdrawal of the drug helped. Two patients were withdrawn from the trial.',
    'The needle is withdrawn from the bath. This paper measures the film.',
    'We withdraw the assumption of calm weather.',
    'The data set was withdrawn. This article describes what replaced it.',
    'Notices such as "this paper has been withdrawn" are classified.',
  ])('is not told by "%s"', (text) => {
    expect(inAbstract(text)).toBe(false);
  });
});

describe('telling a withdrawal', () => {
  it('reads the mark that some titles bear', () => {
    expect(tellsWithdrawal({ title: 'WITHDRAWN: Tides of a Small Harbour', abstract })).toBe(true);
    expect(tellsWithdrawal({ title: '[Retracted] Tides', abstract })).toBe(true);
    expect(tellsWithdrawal({ title: 'Withdrawn Tides and Other Stories', abstract })).toBe(false);
  });

  it('takes any text without throwing', () => {
    const piece = fc.constantFrom(
      ...'this|paper|withdrawn|has been|we|withdraw|(|)|[|]|,|;|.|12 pages|v2|note|1/1|"|from|ICLR 2026|arXiv|admin|and'.split(
        '|',
      ),
    );
    const text = fc.array(piece, { maxLength: 200 }).map((pieces) => pieces.join(' '));
    fc.assert(fc.property(text, (given) => expect(typeof inComment(given)).toBe('boolean')));
  });
});
