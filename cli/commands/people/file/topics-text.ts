import type { FilterChoice } from '../../../../shared/domain/subscriber/subscriber.js';

const escaped = /\\([;=\\])/g;

const written = (text: string) => text.replace(/[\\;]/g, '\\$&');

/** Writes texts into one cell, with `;` between them; a `;` or backslash of their own has a backslash before it. */
export const listText = (texts: readonly string[]): string => texts.map(written).join(';');

/** The pieces of a cell, as they are written. */
function piecesOf(text: string): readonly string[] {
  const pieces = text.match(/(?:\\.|[^;\\]|\\$)+/gs) ?? [];
  return pieces.filter((piece) => piece.trim() !== '');
}

/** Reads what `listText` wrote; empty texts are left out. */
export const readList = (text: string): readonly string[] =>
  piecesOf(text).map((piece) => piece.replace(escaped, '$1'));

/** Writes topics into one cell: `llm-serving;Rain=rain -snow`. A `=` in a name has a backslash before it. */
export function topicsText(topics: readonly FilterChoice[]): string {
  const pieces = topics.map((topic) =>
    'catalogueId' in topic
      ? topic.catalogueId
      : `${written(topic.name).replaceAll('=', '\\=')}=${written(topic.filter)}`,
  );
  return pieces.join(';');
}

/** Reads what `topicsText` wrote, or people: what has no `=` is an id of the catalogue, which is not looked up. */
export function readTopics(text: string): readonly FilterChoice[] {
  return piecesOf(text).map((piece) => {
    const [, name, filter] = /^((?:\\.|[^=\\])*)=(.*)$/s.exec(piece) ?? [];
    const plain = (part: string) => part.replace(escaped, '$1');
    if (name === undefined || filter === undefined) return { catalogueId: plain(piece).trim() };
    return { name: plain(name).trim(), filter: plain(filter) };
  });
}
