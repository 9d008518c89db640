import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { paperLinks } from '../../../shared/domain/paper/paper-links.js';
import { aPaper } from '../../mail/digest-builder.js';

describe('paper links', () => {
  it('rebuilds arXiv and discussion addresses from the id', () => {
    expect(paperLinks(aPaper())).toEqual({
      paper: 'https://arxiv.org/abs/2608.00001',
      pdf: 'https://arxiv.org/pdf/2608.00001',
      discussion: 'https://huggingface.co/papers/2608.00001',
    });
  });

  it('keeps the archive of an old id', () => {
    expect(paperLinks(aPaper({}, 'hep-ex/0406020')).paper).toBe('https://arxiv.org/abs/hep-ex/0406020');
  });

  it('has no discussion for a paper that only arXiv named', () => {
    expect(paperLinks(aPaper({ sources: ['arxiv'] }))).not.toHaveProperty('discussion');
  });

  it('shows code and project pages', () => {
    const links = paperLinks(
      aPaper({ codeUrl: 'https://github.com/moss/maps.js', projectUrl: 'https://maps.example/a b' }),
    );
    expect(links).toMatchObject({ code: 'https://github.com/moss/maps.js', project: 'https://maps.example/a%20b' });
  });

  it('leaves out whatever is no plain https address', () => {
    const hostile = ['javascript:alert(1)', 'http://maps.example/', 'https://reader:secret@maps.example/', 'maps', ''];
    for (const url of hostile) {
      const links = paperLinks(aPaper({ codeUrl: url, projectUrl: url }));
      expect(links).not.toHaveProperty('code');
      expect(links).not.toHaveProperty('project');
    }
  });

  it('gives https addresses only, whatever a source said', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), (url) => {
        for (const link of Object.values(paperLinks(aPaper({ codeUrl: url, projectUrl: url })))) {
          expect(new URL(link).protocol).toBe('https:');
        }
      }),
    );
  });
});
