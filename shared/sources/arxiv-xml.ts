import { Parser } from 'htmlparser2';

/** An element with its local name, because prefixes differ between the layouts of arXiv's feeds. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly content: (string | XmlElement)[];
}

/** The parts of an Atom feed that Paperboy reads. */
interface AtomFeed {
  readonly entries: readonly XmlElement[];
}

/** A text that is not a feed, or one built to harm its reader. */
export class FeedError extends Error {
  override readonly name = 'FeedError';
}

interface FeedLimits {
  /** UTF-16 units of the whole text. */
  readonly length: number;
  readonly depth: number;
  readonly entries: number;
  readonly elements: number;
}

const usualLimits: FeedLimits = { length: 16 * 1024 * 1024, depth: 16, entries: 5000, elements: 500_000 };

/**
 * Parses an Atom feed. Throws `FeedError` for a document type (no feed has one, and entities are declared in it), for
 * more than the limits allow, and for a text that is not a feed or is cut off.
 */
export function parseFeed(text: string, limits: FeedLimits = usualLimits): AtomFeed {
  if (text.length > limits.length) throw new FeedError('the feed is too long');
  const entries: XmlElement[] = [];
  const open: XmlElement[] = [];
  let elements = 0;
  let isWhole = false;
  const parser = new Parser(
    {
      onprocessinginstruction(name) {
        if (name.startsWith('!')) throw new FeedError('the feed declares a document type');
      },
      onopentag(name, attributes) {
        const element = { name: localName(name), attributes, content: [] };
        if (open.length === 0 && element.name !== 'feed') throw new FeedError('the text is no Atom feed');
        if (open.length >= limits.depth) throw new FeedError('the feed is too deep');
        elements += 1;
        if (elements > limits.elements) throw new FeedError('the feed has too many elements');
        open.at(-1)?.content.push(element);
        open.push(element);
      },
      ontext(piece) {
        // White space between entries belongs to no element.
        if (open.length > 1) open.at(-1)?.content.push(piece);
      },
      onclosetag(_name, isImplied) {
        const element = open.pop();
        if (open.length === 0) isWhole = !isImplied;
        if (open.length === 1 && element?.name === 'entry') entries.push(element);
        if (entries.length > limits.entries) throw new FeedError('the feed has too many entries');
      },
    },
    { xmlMode: true },
  );
  parser.end(text);
  if (!isWhole) throw new FeedError(elements === 0 ? 'the text is no Atom feed' : 'the feed is cut short');
  return { entries };
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** The children with that local name, in order. */
export function children(element: XmlElement, name: string): XmlElement[] {
  return element.content.filter((child): child is XmlElement => typeof child !== 'string' && child.name === name);
}

/** The text of an element and everything inside it. */
export function textOf(element: XmlElement | undefined): string {
  return element?.content.map((child) => (typeof child === 'string' ? child : textOf(child))).join('') ?? '';
}

/** The text of the first child with that local name; empty without one. */
export function childText(element: XmlElement, name: string): string {
  return textOf(children(element, name)[0]);
}
