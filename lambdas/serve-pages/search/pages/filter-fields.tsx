import { isArxivCategory } from '../../../../shared/domain/filter/read/categories.js';
import { filterLimits, parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { choiceLimits, filterField } from '../../../../shared/domain/subscriber/own-filters.js';
import type { OwnTopic } from '../../../../shared/domain/subscriber/subscriber.js';
import { ariaOf, Field, type FieldErrors } from '../../frame/pages/field-parts.js';

/** A filter that shows how terms are combined. */
export const filterExample = '"flow matching" OR audio NOT speech';

/** Every form, with what it finds. */
export const filterForms: readonly (readonly [form: string, finds: string])[] = [
  ['agent', 'the word in any of its forms'],
  ['"language model"', 'these words side by side'],
  ['"efficient inference"~3', 'these words near each other'],
  ['=serving', 'the word in exactly this form'],
  ['robot*', 'words that start with this'],
  ['title:audio', 'only in the title; also abstract: and keyword:'],
  ['author:hinton org:deepmind', 'by author and by organisation'],
  ['cat:cs.CL source:arxiv', 'by arXiv category and by source'],
  ['has:code stars>=10 upvotes>=5', 'with code and at least this many stars and upvotes'],
  ['score>=2 age<=7', 'with at least this trend score, and at most this many days old'],
  ['2608.05990', 'the paper with this arXiv id, or at an arXiv or Hugging Face address'],
  ['a b', 'both a and b'],
  ['a OR b', 'a, or b, or both'],
  ['NOT a, -a', 'without a'],
  ['(a OR b) c', 'brackets: c, together with a or b'],
];

interface FilterFieldsProps {
  readonly filters: readonly OwnTopic[];
  readonly errors: FieldErrors;
  /** What each filter would have brought; the script writes here too. */
  readonly notes: readonly string[];
}

/** A name and a text for each own filter; an empty one behind others is folded away. */
export function FilterFields({ filters, errors, notes }: FilterFieldsProps) {
  return (
    <>
      {filters.map((own, index) => {
        const pair = <FilterPair own={own} index={index} errors={errors} note={notes[index] ?? ''} />;
        if (index === 0 || own.filter !== '') return pair;
        return (
          <details>
            <summary>Add a filter</summary>
            {pair}
          </details>
        );
      })}
    </>
  );
}

interface FilterPairProps {
  readonly own: OwnTopic;
  readonly index: number;
  readonly errors: FieldErrors;
  readonly note: string;
}

function FilterPair({ own, index, errors, note }: FilterPairProps) {
  const id = filterField(index);
  const nameId = `${id}-name`;
  const hint = (
    <>
      Optional. Words and "phrases" combined with AND, OR and NOT, for example <code>{filterExample}</code>.
    </>
  );
  const place = errors[id] === undefined ? undefined : wrongPlace(own.filter);
  return (
    <Field id={id} label={index === 0 ? 'Your own filter' : 'Another filter'} errors={errors} hint={hint}>
      {place ? <MarkedFilter id={id} place={place} /> : null}
      <textarea
        id={id}
        name="filter"
        rows={2}
        maxlength={filterLimits.characters}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        {...ariaOf(id, errors, true, place !== undefined)}
      >
        {own.filter}
      </textarea>
      <span class="note" id={`${id}-note`} aria-live="polite">
        {note}
      </span>
      {index === 0 ? <FilterHelp /> : null}
      <label for={nameId}>Name shown in your digest</label>
      <input
        id={nameId}
        name="filterName"
        maxlength={choiceLimits.nameCharacters}
        autocomplete="off"
        value={own.name}
      />
    </Field>
  );
}

/**
 * Previews the filters without JavaScript. It must follow the form's own button, because Enter in a field presses the
 * first one. It posts, because all fields go along and an address must not be in a URL.
 */
export function TryFilters({ action }: { action: string }) {
  return <input type="submit" class="button quiet" formaction={`${action}#filter`} value="Preview my filters" />;
}

/** How much of a filter is shown on either side of where it goes wrong. */
const shownAround = 40;

/** Where a filter goes wrong: at one of its characters, or behind the last. */
interface WrongPlace {
  readonly before: readonly string[];
  readonly wrong: string | undefined;
  readonly after: readonly string[];
}

/** Where a filter goes wrong; `undefined` when it parses. */
export function wrongPlace(filter: string): WrongPlace | undefined {
  const parsed = parseFilter(filter, isArxivCategory);
  if (parsed.ok) return undefined;
  const at = parsed.error.position - 1;
  const [wrong, ...after] = filter.slice(at);
  return { before: [...filter.slice(0, at)], wrong, after };
}

/** The place marked for those who see it, and in words for a screen reader; the script says it in the same words. */
export function MarkedFilter({ id, place: { before, wrong, after } }: { id: string; place: WrongPlace }) {
  return (
    <>
      <span class="skip" id={`${id}-place`}>
        {wrong === undefined ? 'The mistake is at the end.' : `The mistake is at character ${before.length + 1}.`}
      </span>
      <span class="where" aria-hidden="true">
        {before.length > shownAround ? '…' : ''}
        {before.slice(-shownAround).join('')}
        <mark>{wrong ?? '␣'}</mark>
        {after.slice(0, shownAround).join('')}
        {after.length > shownAround ? '…' : ''}
      </span>
    </>
  );
}

/** The whole filter language, folded away. */
export function FilterHelp() {
  return (
    <details class="help">
      <summary>Filter syntax</summary>
      <dl>
        {filterForms.map(([form, finds]) => (
          <div>
            <dt>
              <code>{form}</code>
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
