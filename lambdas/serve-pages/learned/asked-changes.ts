import type { TopicChange } from '../../../shared/domain/likeness/change-topic.js';
import type { Strictness } from '../../../shared/domain/likeness/learned-topic.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import { choiceLimits, type FormFields } from '../../../shared/domain/subscriber/own-filters.js';
import { singleLine } from '../../../shared/domain/text/shown-text.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';

/** The fields of all forms of a learned topic's page. */
export const learnedForm = {
  single: ['do', 'value', 'papers', 'name', 'strictness', 'order', 'strike', 'pin', 'release', 'paper', 'want', 'undo'],
  repeated: [],
};

/** What is wrong with a form that no button of the page sends. */
export const noButton = 'Press one of the buttons of this page.';

/** What a form of the page changes, or what is wrong with it, by field. */
type AskedChanges =
  | { readonly ok: true; readonly changes: readonly TopicChange[]; readonly place: string }
  | { readonly ok: false; readonly errors: FieldErrors };

/** The value of a field that is sent once, without outer white space. */
export function fieldOf(fields: FormFields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}

const wrong = (errors: FieldErrors): AskedChanges => ({ ok: false, errors });
const one = (change: TopicChange, place: string): AskedChanges => ({ ok: true, changes: [change], place });

/** Reads what one of the page's forms asks for; `place` is the part of the page that shows it. */
export function askedChanges(fields: FormFields): AskedChanges {
  for (const edit of ['strike', 'pin', 'release'] as const) {
    const word = fieldOf(fields, edit);
    if (word !== '') return one({ do: edit, word }, 'words');
  }
  switch (fieldOf(fields, 'do')) {
    case 'pin':
      return pinned(fieldOf(fields, 'value'));
    case 'remove':
      return one({ do: 'remove', id: fieldOf(fields, 'value') }, 'examples');
    case 'rename':
      return renamed(singleLine(fieldOf(fields, 'name')));
    case 'set':
      return set(Number(fieldOf(fields, 'strictness')), fieldOf(fields, 'order'));
    default:
      return wrong({ form: noButton });
  }
}

function pinned(text: string): AskedChanges {
  const word = wordKey(text);
  return word === undefined
    ? wrong({ word: 'Write one word, or two that stand side by side, such as “token budget”.' })
    : one({ do: 'pin', word }, 'words');
}

/** A word, or two side by side, as profiles have them; `undefined` for anything else. */
function wordKey(text: string): string | undefined {
  const keys = [...wordCounts('', text.slice(0, 100)).keys()];
  return keys.length === 1 || keys.length === 3 ? keys.at(-1) : undefined;
}

function renamed(name: string): AskedChanges {
  return name === '' || name.length > choiceLimits.nameCharacters
    ? wrong({ name: `Give the topic a name of at most ${choiceLimits.nameCharacters} characters.` })
    : one({ do: 'rename', name }, 'name');
}

function set(strictness: number, order: string): AskedChanges {
  if (![1, 2, 3, 4, 5].includes(strictness) || (order !== 'trend' && order !== 'likeness')) {
    return wrong({ strictness: 'Choose how wide, and which papers come first.' });
  }
  const changes = [
    { do: 'set-strictness', strictness: strictness as Strictness },
    { do: 'set-order', order },
  ] as const;
  return { ok: true, changes, place: 'strictness' };
}
