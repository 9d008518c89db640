/** The address that a text is; `undefined` for every other text. */
export function parseUrl(text: string): URL | undefined {
  // Not by `URL.canParse`: Node 20 and 22 refuse hosts such as `münchen.example` once it has been called some thousand
  // times.
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
