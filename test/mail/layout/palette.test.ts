import { describe, expect, it } from '@jest/globals';
import { darkPalette, lightPalette, styleSheet } from '../../../shared/mail/layout/palette.js';

/** Relative luminance: https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

describe.each<[string, typeof lightPalette]>([
  ['light', lightPalette],
  ['dark', darkPalette],
])('the %s palette', (_, palette) => {
  it.each(['text', 'muted', 'accent', 'link'] as const)('keeps %s readable', (name) => {
    expect(contrast(palette[name], palette.card)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(palette[name], palette.page)).toBeGreaterThanOrEqual(4.5);
  });
});

it('has no character in the style sheet that escaping would change', () => {
  expect(styleSheet).not.toMatch(/[<>&"']/);
});
