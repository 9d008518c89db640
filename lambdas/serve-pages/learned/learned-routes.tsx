import type { Context, Hono } from 'hono';
import { nameOf } from '../../../shared/domain/likeness/topic-name.js';
import type { FormFields } from '../../../shared/domain/subscriber/own-filters.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import type { ServePagesDeps } from '../dependencies.js';
import { deadLink, formOf, ownFormsWithPapers } from '../frame/answers.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { holderOf, tokenOf } from '../frame/signed-link.js';
import { fullInWords } from '../like/pages/pressable.js';
import { askedChanges, fieldOf, learnedForm, noButton } from './asked-changes.js';
import { beginLearned, changeLearned, dropLearned, takeFilter } from './change-learned.js';
import { learnedView } from './learned-view.js';
import { namedExamples } from './named-examples.js';
import { LearnedPage } from './pages/learned-page.js';
import { pressedPaper, pressFound } from './press-found.js';

/** Path of a reader's own learned topics; it opens by the token of the preferences link. */
const learnedPath = '/learned';

/** One of a reader's learned topics, where the address has its number. */
interface Opened {
  readonly context: Context;
  readonly subscriber: Subscriber;
  readonly topic: StoredTopic;
  /** All of theirs. */
  readonly learned: readonly StoredTopic[];
}

/** What was learned from the papers that a reader named or pressed. What changes it answers with a redirect to the page. */
export function learnedRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(learnedPath, ownFormsWithPapers);
  app.get(learnedPath, async (context) => {
    const subscriber = await readerOf(context, deps);
    if (!subscriber) return deadLink(context);
    const opened = await topicOf(context, subscriber, deps);
    return opened ? pageOf(opened, {}, deps) : context.redirect(preferences(context), 303);
  });
  app.post(learnedPath, async (context) => {
    const subscriber = await readerOf(context, deps);
    if (!subscriber) return deadLink(context);
    const fields = await formOf(context, learnedForm);
    if (fields instanceof Response) return fields;
    if (context.req.query('n') === undefined) return begin(context, subscriber, fields, deps);
    const opened = await topicOf(context, subscriber, deps);
    return opened ? change(opened, fields, deps) : context.redirect(preferences(context), 303);
  });
}

async function readerOf(context: Context, deps: ServePagesDeps): Promise<Subscriber | undefined> {
  const id = await holderOf(context, 'preferences', deps);
  const [subscriber] = id ? await deps.subscribers.load([id]) : [];
  return subscriber;
}

async function topicOf(context: Context, subscriber: Subscriber, deps: ServePagesDeps): Promise<Opened | undefined> {
  const learned = await deps.learnedTopics.load(subscriber.id, deps.now());
  const topic = learned.find(({ n }) => String(n) === context.req.query('n'));
  return topic && { context, subscriber, topic, learned };
}

async function begin(context: Context, subscriber: Subscriber, fields: FormFields, deps: ServePagesDeps) {
  const named = await namedExamples(fieldOf(fields, 'papers'), deps.named);
  if (!named.ok) return advise(context, 'We found no papers', named.problem);
  const beginning = { name: nameOf(named.examples), ...named, cause: 'learned topic page' } as const;
  const begun = await beginLearned(subscriber, beginning, deps);
  if (begun.answer === 'changed') return context.redirect(addressOf(context, begun.n), 303);
  if (begun.answer === 'full') {
    const advice = 'You have three topics like papers, which is the most. Remove one, or name more papers for it.';
    return advise(context, 'There is no room for another topic', advice);
  }
  return notSubscribed(context);
}

async function change(opened: Opened, fields: FormFields, deps: ServePagesDeps): Promise<Response> {
  const { context, subscriber, topic } = opened;
  if (fieldOf(fields, 'paper') !== '') return press(opened, fields, deps);
  switch (fieldOf(fields, 'do')) {
    case 'drop': {
      const result = await dropLearned(subscriber, topic.n, deps);
      return result === 'refused' ? notSubscribed(context) : context.redirect(`${preferences(context)}#learned`, 303);
    }
    case 'use-filter': {
      const offered = { name: topic.topic.name, filter: fieldOf(fields, 'value') };
      const result = await takeFilter(subscriber, offered, deps);
      if (result === 'full') return pageOf(opened, { form: noRoomForFilter }, deps);
      if (result === 'wrong') return pageOf(opened, { form: noButton }, deps);
      return result === 'refused' ? notSubscribed(context) : context.redirect(`${preferences(context)}#filter`, 303);
    }
    case 'like':
    case 'dislike':
      return namePapers(opened, fields, deps);
    default: {
      const asked = askedChanges(fields);
      if (!asked.ok) return pageOf(opened, asked.errors, deps);
      return make(opened, { changes: asked.changes, place: asked.place }, deps);
    }
  }
}

const noRoomForFilter = 'You have as many filters of your own as there may be. Remove one first.';

async function press(opened: Opened, { paper, want, undo }: FormFields, deps: ServePagesDeps): Promise<Response> {
  const { context, topic } = opened;
  const pressed = await pressFound({ paper, want, undo }, opened, deps);
  if (pressed.answer === 'wrong') return pageOf(opened, { form: noButton }, deps);
  if (pressed.answer === 'full') return pageOf(opened, { form: fullInWords(pressed.asked) }, deps);
  if (pressed.answer === 'refused') return notSubscribed(context);
  const { paper: id } = pressed;
  return context.redirect(`${addressOf(context, topic.n)}&paper=${encodeURIComponent(id)}#paper-${id}`, 303);
}

async function namePapers(opened: Opened, fields: FormFields, deps: ServePagesDeps): Promise<Response> {
  const papers = fieldOf(fields, 'papers');
  const named = await namedExamples(papers, deps.named);
  if (!named.ok) return pageOf(opened, { papers: named.problem }, deps, papers);
  const liked = fieldOf(fields, 'do') === 'like';
  const examples = named.examples.map((example) => ({ ...example, liked }));
  const changes = [{ do: 'add', examples } as const];
  return make(opened, { changes, notFound: named.notFound, place: 'examples' }, deps);
}

interface Changes extends Pick<Parameters<typeof changeLearned>[1], 'notFound'> {
  readonly changes: readonly Parameters<typeof changeLearned>[1]['change'][];
  /** The part of the page that shows them. */
  readonly place: string;
}

async function make(opened: Opened, { changes, place, ...said }: Changes, deps: ServePagesDeps): Promise<Response> {
  const { context, subscriber, topic } = opened;
  for (const each of changes) {
    const asked = { n: topic.n, change: each, cause: 'learned topic page', ...said } as const;
    const result = await changeLearned(subscriber, asked, deps);
    if (result === 'full') {
      const errors = {
        form: 'This topic has as many papers, or as many changed words, as there may be. Take some away.',
      };
      return pageOf(opened, errors, deps);
    }
    if (result === 'refused') return notSubscribed(context);
  }
  const edited = place === 'words' ? '&edit=words' : '';
  return context.redirect(`${addressOf(context, topic.n)}${edited}#${place}`, 303);
}

const tokenIn = (context: Context) => encodeURIComponent(tokenOf(context));
const preferences = (context: Context) => `/preferences?token=${tokenIn(context)}`;
const addressOf = (context: Context, n: number) => `${learnedPath}?token=${tokenIn(context)}&n=${n}`;

async function pageOf(opened: Opened, errors: FieldErrors, deps: ServePagesDeps, papers = '') {
  const { context, topic, subscriber } = opened;
  const page = (
    <LearnedPage
      view={await learnedView(topic, subscriber.profile.never, deps)}
      pressed={await pressedPaper(context.req.query('paper'), opened, deps)}
      action={addressOf(context, topic.n)}
      preferencesUrl={preferences(context)}
      errors={errors}
      papers={papers}
      isAtWords={context.req.query('edit') === 'words'}
    />
  );
  return context.html(page, Object.keys(errors).length > 0 ? 422 : 200);
}

function advise(context: Context, title: string, advice: string) {
  return context.html(<AdvicePage title={title} advice={advice} />, 422);
}

function notSubscribed(context: Context) {
  const advice = 'No digests go to you at present, so there is nothing to learn. To come back, fill in the form.';
  return context.html(<AdvicePage title="You are not subscribed" advice={advice} />, 410);
}
