import { expect, it } from '@jest/globals';
import { composeDigest } from '../../../shared/mail/digest/compose-digest.js';
import { aDigest } from '../digest-builder.js';

it('hides the preheader from what Outlook shows too', () => {
  const [, style = ''] = /<div style="([^"]*display:none[^"]*)"/.exec(composeDigest(aDigest()).html) ?? [];
  expect(style.split(';')).toEqual(expect.arrayContaining(['display:none', 'mso-hide:all']));
});
