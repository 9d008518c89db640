/** Colours of a mail; every text colour has a contrast of at least 4.5 on `card` and `page` (WCAG 2, 1.4.3). */
export const lightPalette = {
  page: '#f3f4f6',
  card: '#ffffff',
  line: '#e1e4e8',
  text: '#1b1f24',
  muted: '#565e67',
  accent: '#9a3b12',
  link: '#0a53be',
};

export const darkPalette: typeof lightPalette = {
  page: '#111417',
  card: '#1b1f24',
  line: '#363c44',
  text: '#e9ecef',
  muted: '#aab2bb',
  accent: '#f3ab7d',
  link: '#8db9f7',
};

// Unquoted names only: the sheet is escaped as text, and a quote would not survive it.
const { page, card, line, text, muted, accent, link } = darkPalette;

/** Rules that inline styles cannot state: the dark colours, and less padding on a phone. */
export const styleSheet = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (max-width:600px){.page{padding:0!important}}',
  '@media (prefers-color-scheme:dark){',
  `.page{background-color:${page}!important}`,
  `.card{background-color:${card}!important}`,
  `.line{border-color:${line}!important}`,
  `.text{color:${text}!important}`,
  `.muted{color:${muted}!important}`,
  `.accent{color:${accent}!important}`,
  `.link{color:${link}!important}`,
  `.button{background-color:${accent}!important;color:${card}!important}`,
  '}',
].join('');
