import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { FormFields } from '../../../shared/domain/subscriber/subscription-form.js';
import { isSameOrigin } from './is-same-origin.js';
import { AdvicePage } from './pages/message-page.js';
import { type FormShape, formBytes, readForm } from './read-form.js';

/** Pages that belong to one reader, or are good for one use, are kept by no cache. */
export const unkept: MiddlewareHandler = async (context, next) => {
  await next();
  context.header('Cache-Control', 'no-store');
};

/** A link whose token opens nothing. */
export function deadLink(context: Context) {
  const advice =
    'This link is not complete, too old, or of someone who was erased. Take the one from your newest digest.';
  return context.html(<AdvicePage title="This link does not open" advice={advice} />, 403);
}

const limited = bodyLimit({
  maxSize: formBytes,
  onError: (context) =>
    context.html(
      <AdvicePage title="That is too much" advice="A form may have 16 KB. Shorten your filters and send it again." />,
      413,
    ),
});

/** Lets through what one of our own pages sent, within the limit of size. */
export const ownForms: MiddlewareHandler = (context, next) => {
  if (context.req.method !== 'POST') return next();
  if (isSameOrigin(context.req.raw)) return limited(context, next);
  const advice = 'This form was sent from another site. Open the page here and fill in its own form.';
  return Promise.resolve(context.html(<AdvicePage title="Not from here" advice={advice} />, 403));
};

/** Reads the form of a request, or answers what is wrong with its body. */
export async function formOf(context: Context, shape: FormShape): Promise<FormFields | Response> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  const form = readForm(context.req.header('Content-Type'), body, shape);
  if (form.ok) return form.fields;
  return context.html(<AdvicePage title="That form cannot be read" advice={form.advice} />, form.status);
}
