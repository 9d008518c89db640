import type { Context, Hono } from 'hono';
import { digestNowPath } from '../../../shared/contract/page-routes.js';
import type { CompiledFilter } from '../../../shared/domain/filter/compile-filter.js';
import { choiceOf } from '../../../shared/domain/likeness/kept-topic.js';
import { nameOf } from '../../../shared/domain/likeness/topic-name.js';
import { readExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import { type FormFields, valuesOf } from '../../../shared/domain/subscriber/own-filters.js';
import type { LikenessChoice } from '../../../shared/domain/subscriber/subscriber.js';
import { digestPreviewHtml } from '../../../shared/mail/digest/compose-digest.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf, ownFormsWithPapers } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { holderOf } from '../frame/signed-link.js';
import { freshTopic } from '../learned/change-learned.js';
import { namedExamples } from '../learned/named-examples.js';
import { judgeStamp } from '../subscribe/form-stamp.js';
import { subscriptionForm } from '../subscribe/request-subscription.js';
import { previewDigest } from './preview-digest.js';

/** Shows, in a frame beside a form, the mail that its choices would bring today. It stores nothing. */
export function digestNowRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(digestNowPath, ownFormsWithPapers);
  app.post(digestNowPath, async (context) => {
    const fields = await formOf(context, subscriptionForm);
    if (fields instanceof Response) return fields;
    const asker = await askerOf(context, fields, deps);
    if (!asker) {
      const advice = 'The form was open for more than a day. Reload its page to see your digest.';
      return context.html(<AdvicePage title="This form is too old" advice={advice} />, 403);
    }
    const found = await previewDigest({ sent: fields, ...asker }, deps);
    if (found && found.preview.papers.length === 0 && asker.unknown !== undefined) {
      return context.html(<AdvicePage title="No papers to compare with yet" advice={asker.unknown} />);
    }
    if (found) return context.html(digestPreviewHtml(found.preview, found.edition.parts));
    const advice = 'No edition has come out in the last seven days. Please come back when there is one.';
    return context.html(<AdvicePage title="Nothing to show at the moment" advice={advice} />);
  });
}

interface Asker {
  readonly learned: readonly LikenessChoice[];
  readonly never: readonly CompiledFilter[];
  /** Why nothing can be learned yet of the papers that were named, in a sentence. */
  readonly unknown?: string;
}

const notKnownYet =
  'We do not know these papers yet. Once you subscribe and confirm your address, we ask arXiv for them and learn your topic.';

/**
 * What the sender of a form that we gave out has besides: on the front page, which has a stamp, a topic like the papers that are
 * named there; on the preferences page, which has the link's token, the subscriber's learned topics and what they leave out.
 * `undefined` for any other form.
 */
async function askerOf(context: Context, fields: FormFields, deps: ServePagesDeps): Promise<Asker | undefined> {
  const [stamp = ''] = valuesOf(fields, 'stamp');
  if (stamp !== '') {
    if (judgeStamp((await deps.keys()).signing, stamp, deps.now()) === 'too-old') return undefined;
    return { ...(await likeNamed(fields, deps)), never: [] };
  }
  const id = await holderOf(context, 'preferences', deps);
  if (!id) return undefined;
  const [subscriber] = await deps.subscribers.load([id]);
  const learned = (subscriber?.profile.topics ?? []).filter((choice) => 'like' in choice);
  return { learned, never: readExclusions(subscriber?.profile.never).filters };
}

/** A topic like the papers that a form names; none where it names none, or none that are known yet. */
async function likeNamed(fields: FormFields, deps: ServePagesDeps): Promise<Pick<Asker, 'learned' | 'unknown'>> {
  const [papers = ''] = valuesOf(fields, 'papers');
  const named = papers.trim() === '' ? undefined : await namedExamples(papers, deps.named);
  if (!named?.ok) return { learned: [], ...(named && { unknown: named.problem }) };
  const topic = freshTopic(nameOf(named.examples), named.examples);
  const learned = [choiceOf(0, topic, await deps.learning.learn(topic))];
  return named.examples.some(({ words }) => words) ? { learned } : { learned, unknown: notKnownYet };
}
