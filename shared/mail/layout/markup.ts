/** Anything that renders to HTML: a hono/jsx element. */
export interface Renderable {
  toString(): string | Promise<string>;
}

/** Renders an element of synchronous components to a flat string. */
export function markup(element: Renderable): string {
  const rendered: unknown = element.toString();
  if (rendered instanceof Promise) throw new Error('a mail has no asynchronous parts');
  // Rendering builds the text piece by piece, which V8 keeps as a rope: through bytes it becomes flat, once.
  return Buffer.from(String(rendered)).toString();
}

const slot = '<slot></slot>';

/** Cuts rendered HTML at its `<slot>` elements, one piece more than there are slots; escaped text cannot contain one. */
export function betweenSlots(html: string): string[] {
  return html.split(slot);
}
