import type { Child } from 'hono/jsx';
import { lightPalette as colour } from './palette.js';

/** Style of running text. */
export const paragraph = 'margin:0 0 10px;font-size:16px;line-height:1.5';

/** Style of what stands beside the text. */
export const small = 'margin:0 0 8px;font-size:14px;line-height:1.45';

/** Style of a link that a thumb can hit. */
export const touchable = 'display:inline-block;padding:8px 18px 8px 0;text-decoration:underline';

/** A link in the colours of both schemes. */
export const Link = ({ to, style, children }: { to: string; style?: string; children?: Child }) => (
  <a class="link" href={to} style={`color:${colour.link};${style ?? 'text-decoration:underline'}`}>
    {children}
  </a>
);

/** Running text. */
export const Paragraph = ({ children }: { children?: Child }) => (
  <p class="text" style={`${paragraph};color:${colour.text}`}>
    {children}
  </p>
);

/** A small, quiet line. */
export const Muted = ({ children }: { children?: Child }) => (
  <p class="muted" style={`${small};color:${colour.muted}`}>
    {children}
  </p>
);
