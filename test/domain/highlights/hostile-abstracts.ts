import fc from 'fast-check';

const pieces = fc.oneof(
  fc.constantFrom(
    'We present Lantern.',
    'However, oil is scarce.',
    'Results show that it outperforms Candle by 3.5 %.',
    '…',
    '...',
    '。',
    '。！？',
    '$\\alpha$',
    '$a. B$',
    '\\emph{x. Y}',
    '{',
    '\\frac{1}{',
    '</p>',
    '<b>',
    'e.g. J. Doe et al. (2020).',
    '\u202e',
    '\u0000',
    '\ud800',
    '\ufb01',
    '"Quoted." (Bracketed!) ',
    '\n\n',
    '\u2028',
    '7'.repeat(500),
    'x'.repeat(3000),
    'word '.repeat(700),
    'A. '.repeat(90),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** Texts that no abstract should be, and some that abstracts are. */
export const hostileAbstract = fc
  .array(pieces, { maxLength: 14 })
  .chain((parts) => fc.constantFrom('', ' ', '. ').map((between) => parts.join(between)));
