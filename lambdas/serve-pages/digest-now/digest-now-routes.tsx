import type { Context, Hono } from 'hono';
import { digestNowPath } from '../../../shared/contract/page-routes.js';
import type { CompiledFilter } from '../../../shared/domain/filter/compile-filter.js';
import { readExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import { type FormFields, valuesOf } from '../../../shared/domain/subscriber/own-filters.js';
import { digestPreviewHtml } from '../../../shared/mail/digest/compose-digest.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf, ownFormsWithPapers } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { holderOf } from '../frame/signed-link.js';
import { judgeStamp } from '../subscribe/form-stamp.js';
import { subscriptionForm } from '../subscribe/request-subscription.js';
import { previewDigest } from './preview-digest.js';

/** Shows, in a frame beside a form, the mail that its choices would bring today. It stores nothing. */
export function digestNowRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(digestNowPath, ownFormsWithPapers);
  app.post(digestNowPath, async (context) => {
    const fields = await formOf(context, subscriptionForm);
    if (fields instanceof Response) return fields;
    const never = await leftOut(context, fields, deps);
    if (!never) {
      const advice = 'The form was open for more than a day. Reload its page to see your digest.';
      return context.html(<AdvicePage title="This form is too old" advice={advice} />, 403);
    }
    const found = await previewDigest({ sent: fields, never }, deps);
    if (found) return context.html(digestPreviewHtml(found.preview, found.edition.parts));
    const advice = 'No edition has come out in the last seven days. Please come back when there is one.';
    return context.html(<AdvicePage title="Nothing to show at the moment" advice={advice} />);
  });
}

/**
 * What the sender of a form that we gave out leaves out: nothing on the front page, which has a stamp, and what the
 * subscriber chose on the preferences page, which has the link's token. `undefined` for any other form.
 */
async function leftOut(
  context: Context,
  fields: FormFields,
  deps: ServePagesDeps,
): Promise<readonly CompiledFilter[] | undefined> {
  const [stamp = ''] = valuesOf(fields, 'stamp');
  if (stamp !== '') return judgeStamp((await deps.keys()).signing, stamp, deps.now()) === 'too-old' ? undefined : [];
  const id = await holderOf(context, 'preferences', deps);
  if (!id) return undefined;
  const [subscriber] = await deps.subscribers.load([id]);
  return readExclusions(subscriber?.profile.never).filters;
}
