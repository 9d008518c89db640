import { ariaOf, describedBy, Field, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import type { FormValues } from '../form-values.js';

interface FollowFieldsProps {
  readonly followed: FormValues['followed'];
  readonly errors: FieldErrors;
  /** arXiv categories that are read. */
  readonly categories: readonly string[];
}

/** People, organisations and categories to follow: each becomes a filter of one's own. */
export function FollowFields({ followed, errors, categories }: FollowFieldsProps) {
  return (
    <>
      <NamesField id="authors" label="Authors to follow" value={followed.authors} errors={errors} />
      <NamesField id="organisations" label="Organisations to follow" value={followed.organisations} errors={errors} />
      <fieldset id="category" tabindex={-1} aria-describedby={describedBy('category', errors, true)}>
        <legend>arXiv categories</legend>
        <Hint of="category">Those that are read here.</Hint>
        <FieldError of="category" errors={errors} />
        <div class="chips">
          {categories.map((category) => (
            <label>
              <input
                type="checkbox"
                name="category"
                value={category}
                checked={followed.categories.includes(category)}
              />
              <span>{category}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

interface NamesFieldProps {
  readonly id: 'authors' | 'organisations';
  readonly label: string;
  readonly value: string;
  readonly errors: FieldErrors;
}

function NamesField({ id, label, value, errors }: NamesFieldProps) {
  return (
    <Field id={id} label={label} errors={errors} hint="Optional. Names, with commas between them.">
      <input id={id} name={id} autocomplete="off" spellcheck={false} value={value} {...ariaOf(id, errors, true)} />
    </Field>
  );
}
