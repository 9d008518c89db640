import type { Context, Hono } from 'hono';
import { digestNowPath } from '../../../shared/contract/page-routes.js';
import { type FormFields, valuesOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { digestPreviewHtml } from '../../../shared/mail/digest/compose-digest.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf, ownForms, unkept } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { claimsOf } from '../frame/signed-link.js';
import { judgeStamp, subscriptionForm } from '../subscribe/request-subscription.js';
import { previewDigest } from './preview-digest.js';

/** Shows, in a frame beside a form, the mail that its choices would bring today. It stores nothing. */
export function digestNowRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(digestNowPath, unkept, ownForms);
  app.post(digestNowPath, async (context) => {
    const fields = await formOf(context, subscriptionForm);
    if (fields instanceof Response) return fields;
    if (!(await isOfOurForm(context, fields, deps))) {
      const advice = 'The form was open for more than a day. Reload its page to see your digest.';
      return context.html(<AdvicePage title="This form is too old" advice={advice} />, 403);
    }
    const found = await previewDigest(fields, deps);
    if (found) return context.html(digestPreviewHtml(found.preview, found.edition.parts));
    const advice = 'No edition has come out in the last seven days. Please come back when there is one.';
    return context.html(<AdvicePage title="Nothing to show at the moment" advice={advice} />);
  });
}

/** Whether the form is one that we gave out: by its stamp on the front page, by the link's token on the preferences page. */
async function isOfOurForm(context: Context, fields: FormFields, deps: ServePagesDeps): Promise<boolean> {
  const [stamp = ''] = valuesOf(fields, 'stamp');
  if (stamp === '') return (await claimsOf(context, 'preferences', deps)) !== undefined;
  return judgeStamp((await deps.keys()).signing, stamp, deps.now()) !== 'too-old';
}
