import type { SearchSort } from '../../../../shared/domain/edition/search-archive.js';
import { filterLimits } from '../../../../shared/domain/filter/read/parse-filter.js';
import { ariaOf, Field, type FieldErrors } from '../../frame/pages/field-parts.js';
import type { SearchFields } from '../read-search.js';
import { FilterHelp, filterExample, MarkedFilter } from './filter-fields.js';

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

/** What to look for, between which days, in which order. */
export function SearchForm({ fields, errors }: { fields: SearchFields; errors: FieldErrors }) {
  return (
    <form class="coupon" method="get" action="/search" novalidate>
      <Field id="q" label="Words or a filter" errors={errors} hint={example}>
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
          {...ariaOf('q', errors, true)}
        />
        <FilterHelp />
      </Field>
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
    <Field id={id} label={label} errors={errors}>
      <input id={id} name={id} type="date" value={value} {...ariaOf(id, errors)} />
    </Field>
  );
}
