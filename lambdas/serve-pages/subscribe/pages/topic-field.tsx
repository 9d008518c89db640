import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { describedBy, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import type { FormFigures } from '../form-values.js';

interface TopicFieldProps {
  /** Of the fieldset; the field's error is shown where it is the error's own. */
  readonly id: 'topic' | 'topics';
  readonly chosen: ReadonlySet<string>;
  readonly errors: FieldErrors;
  readonly catalogue: readonly FilterTopic[];
  readonly figures: FormFigures;
}

/** Every topic of the catalogue, those that are chosen first, each with how many papers it found. */
export function TopicField({ id: field, chosen, errors, catalogue, figures }: TopicFieldProps) {
  const { topicCounts, countedTo, countedDays } = figures;
  const days = countedDays === 1 ? 'day' : `${countedDays} days`;
  const chosenFirst = [...catalogue].sort((a, b) => Number(chosen.has(b.id)) - Number(chosen.has(a.id)));
  return (
    <fieldset id={field} tabindex={-1} aria-describedby={describedBy(field, errors, true)}>
      <legend>{field === 'topic' ? 'Topics' : 'Single topics'}</legend>
      <Hint of={field}>
        Choose as many as you like. The list scrolls.
        {countedTo ? ` Each shows how many papers it found in the ${days} up to ${dayInWords(countedTo)}.` : ''}
      </Hint>
      <FieldError of={field} errors={errors} />
      <div class="topics">
        {chosenFirst.map(({ id, name, description }) => (
          <label>
            <input type="checkbox" name="topic" value={id} checked={chosen.has(id)} />
            <span>
              {name}
              <span class="hint">
                {description}
                {topicCounts[id] === undefined ? null : (
                  <span class="count">{`${topicCounts[id]} in the last ${days}`}</span>
                )}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
