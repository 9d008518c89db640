import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markup } from '../../../shared/mail/layout/mail-page.js';
import { template } from '../../../shared/mail/layout/template.js';
import { textOf } from '../../../shared/mail/send/quoted-printable.js';

const Line = ({ url, words }: { readonly url: string; readonly words: string }) => (
  <p>
    {words} <a href={`${url}#top`}>{words}</a>
  </p>
);

it('gives what rendering each time would give, whatever the texts', () => {
  const fill = template(['url', 'words'], (marks) => <Line {...marks} />);
  const text = fc
    .array(fc.constantFrom('<', '>', '"', "'", '&', '&amp;', '\ue000', '\ue001', '$1', 'é', '\u0000', 'a b'))
    .map((all) => all.join(''));
  fc.assert(
    fc.property(text, text, (url, words) => {
      expect(textOf(fill({ url, words }))).toBe(markup(<Line url={url} words={words} />));
    }),
  );
});
