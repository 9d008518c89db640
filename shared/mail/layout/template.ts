import { escapeToBuffer, type StringBuffer } from 'hono/utils/html';
import { type Piece, sharedPiece } from '../send/quoted-printable.js';
import { markup, type Renderable } from './mail-page.js';

/** A mark stands for a text while a template is rendered; the signs are of nobody's use (Unicode, private use area). */
const firstMark = 0xe000;

/**
 * Renders once, when it is first filled, what only texts differ in, at places for text or for an attribute's value; the answer puts texts there,
 * escaped, and gives the HTML in pieces.
 */
export function template<Name extends string>(
  names: readonly Name[],
  render: (marks: Readonly<Record<Name, string>>) => Renderable,
): (texts: Readonly<Record<Name, string>>) => readonly Piece[] {
  let rendered: Rendered<Name> | undefined;
  return (texts) => {
    rendered ??= renderMarked(names, render);
    const { fixed, places } = rendered;
    const pieces: Piece[] = [];
    fixed.forEach((piece, at) => {
      pieces.push(piece);
      const place = places[at];
      if (place !== undefined) pieces.push(escaped(texts[place]));
    });
    return pieces;
  };
}

/** What stands between the places of a template, and which text each place takes. */
interface Rendered<Name extends string> {
  readonly fixed: readonly Piece[];
  readonly places: readonly Name[];
}

function renderMarked<Name extends string>(
  names: readonly Name[],
  render: (marks: Readonly<Record<Name, string>>) => Renderable,
): Rendered<Name> {
  const marked = names.map((name, at) => [name, String.fromCharCode(firstMark + at)] as const);
  const parts = markup(render(Object.fromEntries(marked) as Record<Name, string>)).split(/([\ue000-\uf8ff])/);
  return {
    fixed: parts.filter((_, at) => at % 2 === 0).map(sharedPiece),
    places: parts.filter((_, at) => at % 2 === 1).flatMap((mark) => names[mark.charCodeAt(0) - firstMark] ?? []),
  };
}

/** A text as HTML, in an element or in an attribute. */
export function escaped(text: string): string {
  const buffer: StringBuffer = [''];
  escapeToBuffer(text, buffer);
  return String(buffer[0]);
}
