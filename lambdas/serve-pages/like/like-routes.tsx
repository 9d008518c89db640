import type { Context, Hono } from 'hono';
import { likePath } from '../../../shared/contract/page-routes.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import { shownTitle } from '../../../shared/domain/text/shown-text.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { tokenOf } from '../frame/signed-link.js';
import { mailLinkRoutes, type OpenedLink } from '../mail-link.js';
import { LikePage } from './pages/like-page.js';
import { fullInWords, wantOf } from './pages/pressable.js';
import { isWithoutLikes, type Pressed, pressPaper, saidOf, unpressPaper } from './press-paper.js';

/** What a link opens, with what was learned so far. */
interface OpenPage extends Pick<OpenedLink, 'subscriber' | 'date'> {
  readonly papers: readonly (Pressed['paper'] & Pick<Pressed, 'source'>)[];
  readonly learned: readonly StoredTopic[];
}

/**
 * More, or less, of what is like a paper of a mail. Its link is a scope of its own: it presses the papers that this mail
 * showed, takes that back, and neither shows nor changes anything else of the reader's.
 */
export function likeRoutes(app: Hono, deps: ServePagesDeps): void {
  const show = async (context: Context, link: OpenedLink) =>
    context.html(pageOf(context, await learnedFrom(link, deps)));
  const press = async (context: Context, link: OpenedLink) => pressed(context, await learnedFrom(link, deps), deps);
  mailLinkRoutes(app, { path: likePath, scope: 'like', show, press, notSubscribed }, deps);
}

async function learnedFrom({ subscriber, date, papers: mailed }: OpenedLink, deps: ServePagesDeps): Promise<OpenPage> {
  const learned = await deps.learnedTopics.load(subscriber.id);
  const papers = mailed.map(({ indexed: { paper }, reasons }) => ({
    id: paper.id,
    title: shownTitle(paper),
    words: wordCounts(paper.title, paper.abstract),
    source: learned.find(({ topic: { name } }) => reasons.some(({ topic }) => topic === name)),
  }));
  return { subscriber, date, papers, learned };
}

async function pressed(context: Context, opened: OpenPage, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['paper', 'want', 'undo'], repeated: [] });
  if (fields instanceof Response) return fields;
  const [want, undo] = [wantOf(fields.want), wantOf(fields.undo)];
  const found = opened.papers.find(({ id }) => id === fields.paper);
  const asked = want ?? undo;
  // Whoever has the link may press what this mail showed, and nothing else.
  if (!found || asked === undefined) {
    return context.html(pageOf(context, opened, 'Choose one of the buttons below.'), 422);
  }
  const { source, ...paper } = found;
  const result = await (want ? pressPaper : unpressPaper)({ ...opened, paper, source, by: 'like link' }, asked, deps);
  if (result === 'refused') return notSubscribed(context);
  if (result === 'full') return context.html(pageOf(context, opened, fullInWords(asked)), 422);
  return context.redirect(`${addressOf(context)}&paper=${encodeURIComponent(found.id)}#paper-${found.id}`, 303);
}

const addressOf = (context: Context) => `${likePath}?token=${encodeURIComponent(tokenOf(context))}`;

function pageOf(context: Context, opened: OpenPage, problem?: string) {
  const papers = opened.papers.map(({ id, title }) => ({
    ...{ id, title, said: saidOf(id, opened) },
    isWithoutLikes: isWithoutLikes(id, opened.learned),
  }));
  const paper = papers.find(({ id }) => id === context.req.query('paper'))?.id;
  const asked = { paper, want: wantOf(context.req.query('want')) };
  return <LikePage action={addressOf(context)} date={opened.date} papers={papers} asked={asked} problem={problem} />;
}

function notSubscribed(context: Context) {
  const advice = 'No digests go to you at present, so there is nothing to choose. To come back, fill in the form.';
  return context.html(<AdvicePage title="You are not subscribed" advice={advice} />, 410);
}
