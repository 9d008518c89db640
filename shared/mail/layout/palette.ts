/**
 * Colours of a mail, those of the pages; every text colour has a contrast of at least 4.5 on `card` and `page` (WCAG 2,
 * 1.4.3).
 */
export const lightPalette = {
  page: '#fbf8f1',
  card: '#fffdf8',
  line: '#dcd3bf',
  text: '#1d1b16',
  muted: '#635c4e',
  accent: '#9c2f1f',
  link: '#9c2f1f',
};

export const darkPalette: typeof lightPalette = {
  page: '#191814',
  card: '#211f1a',
  line: '#3b372e',
  text: '#ece7dc',
  muted: '#b0a897',
  accent: '#f0937f',
  link: '#f0937f',
};

// Unquoted names only: the sheet is escaped as text, and a quote would not survive it.
const { page, card, line, text, muted, accent, link } = darkPalette;

/** The dark colours, the one thing that inline styles cannot state: a mail is whole without them. */
export const styleSheet = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  `.page{background-color:${page}!important}`,
  `.card{background-color:${card}!important}`,
  `.line{border-color:${line}!important}`,
  `.rule{border-color:${text}!important}`,
  `.text{color:${text}!important}`,
  `.muted{color:${muted}!important}`,
  `.accent{color:${accent}!important}`,
  `.link{color:${link}!important}`,
  `.button{background-color:${accent}!important;color:${card}!important}`,
  '}',
].join('');
