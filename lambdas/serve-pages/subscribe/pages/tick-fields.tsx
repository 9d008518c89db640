import { tickedValues } from '../../../../shared/domain/subscriber/subscription-form.js';
import { ariaOf, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import type { FormValues } from '../form-values.js';

interface TickProps {
  readonly id: keyof typeof tickedValues;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly label: string;
  readonly hint: string;
}

function Tick({ id, values, errors, label, hint }: TickProps) {
  return (
    <>
      <FieldError of={id} errors={errors} />
      <label>
        <input
          id={id}
          type="checkbox"
          name={id}
          value={tickedValues[id]}
          checked={values[id] === tickedValues[id]}
          {...ariaOf(id, errors, true)}
        />
        <span>{label}</span>
      </label>
      <Hint of={id}>{hint}</Hint>
    </>
  );
}

/** What may be ticked: the same on the form and on the preferences page. */
export function TickFields({ values, errors }: Pick<TickProps, 'values' | 'errors'>) {
  return (
    <fieldset class="ticks">
      <legend>If you like</legend>
      <Tick
        id="aiSummaries"
        values={values}
        errors={errors}
        label="The authors’ words only"
        hint="Some papers come with a summary written by an AI, marked as such, below the authors’ own words. Tick this to leave it out."
      />
      <Tick
        id="quietDays"
        values={values}
        errors={errors}
        label="On quiet days, the best of the rest"
        hint="When nothing new matches your topics, we send nothing. Tick this to get the best papers outside them that you have not seen."
      />
    </fieldset>
  );
}
