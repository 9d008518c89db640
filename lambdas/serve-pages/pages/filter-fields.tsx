import { filterLimits, parseFilter } from '../../../shared/domain/filter/parse-filter.js';
import { choiceLimits, filterField, type OwnFilter } from '../../../shared/domain/subscription-form.js';
import { describedBy, FieldError, type FieldErrors, Hint } from './field-parts.js';

/** How much of a filter is shown on either side of where it goes wrong. */
const shownAround = 40;

/** A name and a text for each own filter; an empty one behind others is folded away. */
export function FilterFields({ filters, errors }: { filters: readonly OwnFilter[]; errors: FieldErrors }) {
  return (
    <>
      {filters.map((own, index) => {
        const pair = <FilterPair own={own} index={index} errors={errors} />;
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

function FilterPair({ own, index, errors }: { own: OwnFilter; index: number; errors: FieldErrors }) {
  const id = filterField(index);
  const nameId = `${id}-name`;
  return (
    <div class="field">
      <label for={id}>{index === 0 ? 'A filter of your own' : 'Another filter of your own'}</label>
      <Hint of={id}>
        Optional. Words, "phrases", =exact, begin*, "near words"~4, title: abstract: keyword: author: org: cat: has:code
        source: score&gt;= upvotes&gt;= stars&gt;= age&lt;=, joined by AND, OR, NOT and brackets, such as{' '}
        <code>("flow matching" OR title:audio*) -speech stars&gt;=10</code>.
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

/** The filter with the character at which it goes wrong marked; nothing when it parses. */
function MarkedFilter({ filter }: { filter: string }) {
  const parsed = parseFilter(filter);
  if (parsed.ok) return null;
  const at = parsed.error.position - 1;
  const wrong = String.fromCodePoint(filter.codePointAt(at) ?? 0x2423);
  const before = [...filter.slice(0, at)];
  const after = [...filter.slice(at + wrong.length)];
  return (
    <span class="where" aria-hidden="true">
      {before.length > shownAround ? '…' : ''}
      {before.slice(-shownAround).join('')}
      <mark>{wrong}</mark>
      {after.slice(0, shownAround).join('')}
      {after.length > shownAround ? '…' : ''}
    </span>
  );
}
