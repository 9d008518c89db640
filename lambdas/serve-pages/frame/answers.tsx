import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { FormFields } from '../../../shared/domain/subscriber/own-filters.js';
import { AdvicePage } from './pages/layout.js';
import { type FormShape, formBytes, papersFormBytes, readForm } from './read-form.js';

/** A link whose token opens nothing. */
export function deadLink(context: Context) {
  const advice =
    'The link is incomplete, has expired, or belongs to someone whose data was erased. Use the one in your latest digest.';
  return context.html(<AdvicePage title="This link does not work" advice={advice} />, 403);
}

const tooLong = 'We accept forms of up to 16 KB. Shorten your filters and send it again.';

function tooLarge(context: Context, advice: string) {
  return context.html(<AdvicePage title="Form too large" advice={advice} />, 413);
}

function limitedTo(maxSize: number, advice: string): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: (context) => tooLarge(context, advice) });
}

/** How long the fields are, but for the one in which papers are named. */
function bytesBeside({ papers: _, ...others }: FormFields): number {
  return Object.values(others)
    .flat()
    .reduce((sum, value) => sum + Buffer.byteLength(value), 0);
}

/**
 * Whether a request comes from one of our own pages, as far as the browser says. Sec-Fetch-Site decides where it is
 * given. Origin does only when it names a host: under `Referrer-Policy: no-referrer` a browser sends `Origin: null`
 * with our own forms.
 * Source: https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
function isSameOrigin(request: Request): boolean {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = request.headers.get('origin');
  if (origin === null || origin === 'null') return true;
  // Only hosts are compared: behind the gateway the request's own scheme is not the browser's.
  return URL.canParse(origin) && new URL(origin).host === new URL(request.url).host;
}

function fromOurPages(limited: MiddlewareHandler): MiddlewareHandler {
  return (context, next) => {
    if (context.req.method !== 'POST') return next();
    if (isSameOrigin(context.req.raw)) return limited(context, next);
    const advice = 'We accept forms only from our own pages. Open the form on this site and send it from there.';
    return Promise.resolve(context.html(<AdvicePage title="Form sent from another site" advice={advice} />, 403));
  };
}

/** Lets through what one of our own pages sent, within the size limit. */
export const ownForms = fromOurPages(limitedTo(formBytes, tooLong));

/** The same for forms in which papers can be named. */
export const ownFormsWithPapers = fromOurPages(
  limitedTo(papersFormBytes, 'We read up to 1 MB of papers. Name at most 200, or paste their ids alone, one a line.'),
);

/** Reads the form of a request, or answers with what is wrong with its body. */
export async function formOf(context: Context, shape: FormShape): Promise<FormFields | Response> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  const form = readForm(context.req.header('Content-Type'), body, shape);
  if (form.ok) return bytesBeside(form.fields) > formBytes ? tooLarge(context, tooLong) : form.fields;
  return context.html(<AdvicePage title="We could not read that form" advice={form.advice} />, form.status);
}
