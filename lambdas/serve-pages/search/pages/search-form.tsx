import type { SearchSort } from '../../../../shared/domain/edition/search-archive.js';
import { filterLimits } from '../../../../shared/domain/filter/read/parse-filter.js';
import { describedBy, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import type { SearchFields } from '../read-search.js';
import { FilterHelp, filterExample, MarkedFilter } from './filter-fields.js';

const sortNames: Readonly<Record<SearchSort, string>> = {
  trend: 'Fastest rising',
  newest: 'Newest',
  relevance: 'Most relevant',
};

/** What to look for, between which days, in which order. */
export function SearchForm({ fields, errors }: { fields: SearchFields; errors: FieldErrors }) {
  return (
    <form class="coupon" method="get" action="/search" novalidate>
      <div class="field">
        <label for="q">Words or a filter</label>
        <Hint of="q">
          For example <code>{filterExample}</code>.
        </Hint>
        <FieldError of="q" errors={errors} />
        {errors.q === undefined ? null : <MarkedFilter filter={fields.q} />}
        <input
          id="q"
          name="q"
          type="search"
          maxlength={filterLimits.characters}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          value={fields.q}
          aria-describedby={describedBy('q', errors)}
          aria-invalid={errors.q ? 'true' : undefined}
        />
        <FilterHelp />
      </div>
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
      <button type="submit" class="wide">
        Search
      </button>
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
    <div class="field">
      <label for={id}>{label}</label>
      <FieldError of={id} errors={errors} />
      <input
        id={id}
        name={id}
        type="date"
        value={value}
        aria-describedby={describedBy(id, errors, false)}
        aria-invalid={errors[id] ? 'true' : undefined}
      />
    </div>
  );
}
