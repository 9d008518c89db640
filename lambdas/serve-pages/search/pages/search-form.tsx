import type { SearchSort } from '../../../../shared/domain/edition/search-archive.js';
import { filterLimits } from '../../../../shared/domain/filter/read/parse-filter.js';
import { ariaOf, Field, type FieldErrors } from '../../frame/pages/field-parts.js';
import type { SearchFields } from '../read-search.js';
import { FilterHelp, filterExample, MarkedFilter, wrongPlace } from './filter-fields.js';

const sortNames: Readonly<Record<SearchSort, string>> = {
  trend: 'Fastest rising',
  newest: 'Newest',
  relevance: 'Most relevant',
};

const example = (
  <>
    For example <code>{filterExample}</code>.
  </>
);

interface SearchFormProps {
  readonly fields: SearchFields;
  readonly errors: FieldErrors;
  /** Whether the days and the order are what a search has without being asked for any. */
  readonly isUsual: boolean;
}

/** What to look for; between which days and in which order is folded away unless somebody chose it. */
export function SearchForm({ fields, errors, isUsual }: SearchFormProps) {
  const place = errors.q === undefined ? undefined : wrongPlace(fields.q);
  const isOpen = !isUsual || errors.from !== undefined || errors.to !== undefined;
  return (
    <form class="coupon" method="get" action="/search" novalidate>
      <Field id="q" label="Words or a filter" errors={errors} hint={example}>
        {place ? <MarkedFilter id="q" place={place} /> : null}
        <div class="ask">
          <input
            id="q"
            name="q"
            type="search"
            maxlength={filterLimits.characters}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            value={fields.q}
            {...ariaOf('q', errors, true, place !== undefined)}
          />
          <button type="submit">Search</button>
        </div>
      </Field>
      <div class="asked">
        <details class="help" open={isOpen}>
          <summary>Days and order</summary>
          <div class="row even">
            <DayField id="from" label="First day" value={fields.from} errors={errors} />
            <DayField id="to" label="Last day" value={fields.to} errors={errors} />
            <div class="field">
              <label for="sort">Sort by</label>
              <select id="sort" name="sort">
                {Object.entries(sortNames).map(([sort, name]) => (
                  <option value={sort} selected={sort === fields.sort}>
                    {name}
                  </option>
                ))}
              </select>
            </div>
          </div>
        </details>
        <FilterHelp />
      </div>
    </form>
  );
}

interface DayFieldProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly errors: FieldErrors;
}

function DayField({ id, label, value, errors }: DayFieldProps) {
  return (
    <Field id={id} label={label} errors={errors}>
      <input id={id} name={id} type="date" value={value} {...ariaOf(id, errors)} />
    </Field>
  );
}
