import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import { parsePaperId } from '../../../shared/domain/paper/paper-id.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { shownTitle } from '../../../shared/domain/text/shown-text.js';
import type { FindKnownDeps } from '../../../shared/learning/find-known.js';
import type { StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import { type PressablePaper, wantOf } from '../like/pages/pressable.js';
import { isWithoutLikes, pressPaper, saidOf, unpressPaper } from '../like/press-paper.js';

/** Whose page it is, of which of their topics. */
interface ReadersTopic {
  readonly subscriber: Subscriber;
  readonly topic: StoredTopic;
  /** All of the reader's. */
  readonly learned: readonly StoredTopic[];
}

type PressFoundDeps = Parameters<typeof pressPaper>[2] & { readonly named: Pick<FindKnownDeps, 'papers'> };

type Described = Pick<Paper, 'id' | 'title' | 'abstract'>;

async function describedPaper(id: unknown, { named }: PressFoundDeps): Promise<Described | undefined> {
  const paper = typeof id === 'string' ? parsePaperId(id) : undefined;
  return paper && (await named.papers.descriptions([paper.id]))[0];
}

/** The paper of which something was just said, as the page shows it; `undefined` for one that is not known here. */
export async function pressedPaper(
  id: string | undefined,
  { subscriber, learned }: ReadersTopic,
  deps: PressFoundDeps,
): Promise<PressablePaper | undefined> {
  const paper = await describedPaper(id, deps);
  if (!paper) return undefined;
  const said = saidOf(paper.id, { subscriber, learned });
  return { id: paper.id, title: shownTitle(paper), said, isWithoutLikes: isWithoutLikes(paper.id, learned) };
}

/** What was pressed on the page of a topic, and what became of it; `wrong` for what no button says. */
export async function pressFound(
  { paper: id, want, undo }: Readonly<Record<'paper' | 'want' | 'undo', unknown>>,
  { subscriber, topic, learned }: ReadersTopic,
  deps: PressFoundDeps,
) {
  const asked = wantOf(want) ?? wantOf(undo);
  const paper = await describedPaper(id, deps);
  if (!paper || asked === undefined) return { answer: 'wrong' } as const;
  const words = wordCounts(paper.title, paper.abstract);
  const example = { id: paper.id, title: shownTitle(paper), words };
  const pressed = { subscriber, learned, paper: example, source: topic, by: 'learned topic page' } as const;
  const answer = await (wantOf(want) ? pressPaper : unpressPaper)(pressed, asked, deps);
  return { answer, asked, paper: paper.id };
}
