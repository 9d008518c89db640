/**
 * Whether a request comes from one of our own pages, as far as the browser says. Sec-Fetch-Site decides where it is given. Origin
 * does only when it names a host: under `Referrer-Policy: no-referrer` a browser sends `Origin: null` with our own forms.
 * Source: https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
export function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null || origin === 'null') return true;
  // Only hosts are compared: behind the gateway the request's own scheme is not the browser's.
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}
