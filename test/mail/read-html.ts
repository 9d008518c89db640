import { Parser } from 'htmlparser2';

/** What a reader's parser finds in a mail. */
export interface Seen {
  readonly tags: string[];
  readonly links: string[];
  readonly text: string;
}

/** Reads a mail's HTML as a mail program does. */
export function readHtml(html: string): Seen {
  const tags: string[] = [];
  const links: string[] = [];
  let text = '';
  const parser = new Parser({
    onopentag: (name, attributes) => {
      tags.push(name);
      if (attributes.href !== undefined) links.push(attributes.href);
    },
    ontext: (piece) => {
      text += piece;
    },
  });
  parser.end(html);
  return { tags, links, text };
}
