/** The picture beside a page's title: a folded paper with its masthead and columns. */
export const icon = {
  path: '/paperboy.svg',
  type: 'image/svg+xml',
  text: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="#9c2f1f" d="M3 4h22v24H6a3 3 0 0 1-3-3z"/><path fill="#7a2417" d="M25 10h4v15a3 3 0 0 1-4 2.8z"/><path fill="#fbf8f1" d="M6 7h16v4H6zm0 7h7v2H6zm0 4h7v2H6zm0 4h7v2H6zm9-8h7v10h-7z"/></svg>`,
} as const;
