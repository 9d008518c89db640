import { filterLimits } from '../../../../shared/domain/filter/read/parse-filter.js';
import { choiceLimits, filterField, type OwnFilter } from '../../../../shared/domain/subscriber/subscription-form.js';
import { describedBy, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import { FilterHelp, filterExample } from './filter-help.js';
import { MarkedFilter } from './marked-filter.js';

interface FilterFieldsProps {
  readonly filters: readonly OwnFilter[];
  readonly errors: FieldErrors;
  /** What each filter would have brought; the script writes there too. */
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
  readonly own: OwnFilter;
  readonly index: number;
  readonly errors: FieldErrors;
  readonly note: string;
}

function FilterPair({ own, index, errors, note }: FilterPairProps) {
  const id = filterField(index);
  const nameId = `${id}-name`;
  return (
    <div class="field">
      <label for={id}>{index === 0 ? 'A filter of your own' : 'Another filter of your own'}</label>
      <Hint of={id}>
        Optional. Words and "phrases", joined by AND, OR and NOT, such as <code>{filterExample}</code>.
      </Hint>
      <FieldError of={id} errors={errors} />
      {errors[id] === undefined ? null : <MarkedFilter filter={own.filter} />}
      <textarea
        id={id}
        name="filter"
        rows={2}
        maxlength={filterLimits.characters}
        autocapitalize="none"
        autocomplete="off"
        spellcheck={false}
        aria-describedby={describedBy(id, errors)}
        aria-invalid={errors[id] ? 'true' : undefined}
      >
        {own.filter}
      </textarea>
      <span class="note" id={`${id}-note`} aria-live="polite">
        {note}
      </span>
      {index === 0 ? <FilterHelp /> : null}
      <label for={nameId}>Its name in your mail</label>
      <input
        id={nameId}
        name="filterName"
        maxlength={choiceLimits.nameCharacters}
        autocomplete="off"
        value={own.name}
      />
    </div>
  );
}

/**
 * Tells without JavaScript what the filters would bring. It must follow the form's own button: Enter in a field presses the first
 * one. It posts, since all fields go along and an address is not to stand in a URL.
 */
export function TryFilters({ action }: { action: string }) {
  return <input type="submit" class="button quiet" formaction={`${action}#filter`} value="Try my filters first" />;
}
