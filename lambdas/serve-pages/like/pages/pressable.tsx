import { pressLabels } from '../../../../shared/domain/likeness/pressed.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';

/** What a reader can say of one paper. */
export type Want = keyof typeof pressLabels;

/** A paper of which a reader can say what they want. */
export interface PressablePaper {
  readonly id: PaperId;
  readonly title: string;
  /** What the reader has said of it. */
  readonly said: readonly Want[];
  /** Less was asked for, but there is nothing yet of which it could be less. */
  readonly isWithoutLikes: boolean;
}

const done: Readonly<Record<Want, string>> = {
  more: 'Papers like this one will come more often, starting with your next email.',
  less: 'Papers like this one will come less often, starting with your next email. This changes your topics like papers, not what your other topics find.',
  read: 'This paper will not come again.',
};

const withoutLikes =
  'Noted. This counts once you press “More like this” on another paper. To leave a word, an author or an organisation out of your digests now, use “Less of something?” in your email.';

const wants = Object.keys(pressLabels) as Want[];

/** What a link or a button says; `undefined` for anything else. */
export function wantOf(text: unknown): Want | undefined {
  return wants.find((want) => want === text);
}

/** Why a press changes nothing where there is no room for it. */
export function fullInWords(want: Want): string {
  return want === 'read'
    ? 'You leave out fifty things already, which is the most. Take one back in your preferences first.'
    : 'There is no room: you have three topics like papers already, or this one was learned from 200. Remove some in your preferences first.';
}

interface PressButtonsProps {
  readonly paper: Pick<PressablePaper, 'id' | 'title' | 'said'>;
  /** Where `want` or `undo`, and `paper`, are posted. */
  readonly action: string;
  /** Which button stands out. */
  readonly want?: Want | undefined;
  /** Whether each says which paper it is about, to those who hear it out of its place. */
  readonly isNamed: boolean;
}

/** The buttons for what a reader has not said of a paper. */
export function PressButtons({ paper: { id, title, said }, action, want, isNamed }: PressButtonsProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="paper" value={id} />
      <div class="actions">
        {wants
          .filter((each) => !said.includes(each))
          .map((each) => (
            <button
              type="submit"
              class={each === want ? undefined : 'quiet'}
              name="want"
              value={each}
              aria-label={isNamed ? `${pressLabels[each]}: ${title}` : undefined}
            >
              {pressLabels[each]}
            </button>
          ))}
      </div>
    </form>
  );
}

interface PressableProps extends Omit<PressButtonsProps, 'paper' | 'isNamed'> {
  readonly paper: PressablePaper;
  readonly level: 'lead' | 'other';
}

/** A paper with what its reader has said of it, each with its undo, and what else they can say. */
export function Pressable({ paper, action, want, level }: PressableProps) {
  const { id, title, said, isWithoutLikes } = paper;
  return (
    <section class="press" id={`paper-${id}`} tabindex={-1} aria-label={title}>
      {level === 'lead' ? <p class="lead">{title}</p> : <h3>{title}</h3>}
      {said.map((each) => (
        <form method="post" action={action} class="done">
          <input type="hidden" name="paper" value={id} />
          <p role="status">{each === 'less' && isWithoutLikes ? withoutLikes : done[each]}</p>
          <button
            type="submit"
            class="quiet"
            name="undo"
            value={each}
            aria-label={`Undo “${pressLabels[each]}”: ${title}`}
          >
            Undo
          </button>
        </form>
      ))}
      <PressButtons paper={paper} action={action} want={want} isNamed={level === 'other'} />
    </section>
  );
}
