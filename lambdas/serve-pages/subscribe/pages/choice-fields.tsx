import { lookBackDays } from '../../../../shared/domain/edition/archive.js';
import { formerZones, timeZones } from '../../../../shared/domain/subscriber/slot/time-zone.js';
import { choiceLimits, timeZoneOf } from '../../../../shared/domain/subscriber/subscription-form.js';
import type { Topic } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { ariaOf, describedBy, Field, FieldError, type FieldErrors, Hint } from '../../frame/pages/field-parts.js';
import { FilterFields } from '../../search/pages/filter-fields.js';
import type { FormFigures, FormValues } from '../form-values.js';
import { DaysField } from './days-field.js';
import { TickFields } from './tick-fields.js';

/** What somebody has chosen, what is wrong with it, and what there is to choose from. */
export interface ChoiceFieldsProps {
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly catalogue: readonly Topic[];
  readonly figures: FormFigures;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Topics, own filters, and when and how much: the same on the form and on the preferences page. */
export function ChoiceFields({ values, errors, catalogue, figures }: ChoiceFieldsProps) {
  return (
    <>
      <TopicField chosen={new Set(values.topics)} errors={errors} catalogue={catalogue} figures={figures} />
      <FilterFields filters={values.filters} errors={errors} notes={figures.filterNotes} />
      <DaysField days={values.days} errors={errors} />
      <div class="row">
        <HourField hour={values.hour} errors={errors} />
        <TimeZoneField timeZone={values.timezone} errors={errors} />
        <MaxPapersField maxPapers={values.maxPapers} errors={errors} />
      </div>
      <TickFields values={values} errors={errors} />
    </>
  );
}

interface TopicFieldProps {
  readonly chosen: ReadonlySet<string>;
  readonly errors: FieldErrors;
  readonly catalogue: readonly Topic[];
  readonly figures: FormFigures;
}

function TopicField({ chosen, errors, catalogue, figures }: TopicFieldProps) {
  const { topicCounts, countedTo } = figures;
  const chosenFirst = [...catalogue].sort((a, b) => Number(chosen.has(b.id)) - Number(chosen.has(a.id)));
  return (
    <fieldset id="topic" tabindex={-1} aria-describedby={describedBy('topic', errors, true)}>
      <legend>Topics</legend>
      <Hint of="topic">
        Choose as many as you like. The list scrolls.
        {countedTo
          ? ` Each shows how many papers it found in the ${lookBackDays} days up to ${dayInWords(countedTo)}.`
          : ''}
      </Hint>
      <FieldError of="topic" errors={errors} />
      <div class="topics">
        {chosenFirst.map(({ id, name, description }) => (
          <label>
            <input type="checkbox" name="topic" value={id} checked={chosen.has(id)} />
            <span>
              {name}
              <span class="hint">
                {description}
                {topicCounts[id] === undefined ? null : (
                  <span class="count">{`${topicCounts[id]} in ${lookBackDays} days`}</span>
                )}
              </span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function HourField({ hour, errors }: { hour: string; errors: FieldErrors }) {
  return (
    <Field id="hour" label="Time of day" errors={errors}>
      <select id="hour" name="hour" {...ariaOf('hour', errors)}>
        {hours.map((each) => (
          <option value={each} selected={String(each) === hour}>
            {`${String(each).padStart(2, '0')}:00`}
          </option>
        ))}
      </select>
    </Field>
  );
}

function TimeZoneField({ timeZone, errors }: { timeZone: string; errors: FieldErrors }) {
  return (
    <Field id="timezone" label="Time zone" errors={errors}>
      <select id="timezone" name="timezone" {...ariaOf('timezone', errors)}>
        <TimeZoneOptions chosen={timeZone} />
      </select>
    </Field>
  );
}

const zones = timeZones();

const continentOf = (zone: string) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'World');
const placeOf = (zone: string) =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');

const byContinent: ReadonlyMap<string, readonly string[]> = zones.reduce(
  (groups, zone) => groups.set(continentOf(zone), [...(groups.get(continentOf(zone)) ?? []), zone]),
  new Map<string, readonly string[]>(),
);

/**
 * Every time zone of the runtime by continent, under today's name, for the script with the one that browsers may still
 * give; one that is not listed is shown when it is chosen.
 */
function TimeZoneOptions({ chosen }: { chosen: string }) {
  const zone = timeZoneOf(chosen);
  return (
    <>
      <option value="" selected={zone === undefined}>
        Choose your time zone
      </option>
      {zone !== undefined && !zones.includes(zone) ? (
        <option value={zone} selected>
          {zone}
        </option>
      ) : null}
      {[...byContinent].map(([continent, members]) => (
        <optgroup label={continent}>
          {members.map((member) => (
            <option value={member} selected={member === zone} data-former={formerZones.get(member)}>
              {placeOf(member)}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}

function MaxPapersField({ maxPapers, errors }: { maxPapers: string; errors: FieldErrors }) {
  return (
    <Field id="maxPapers" label="Maximum papers" errors={errors}>
      <input
        id="maxPapers"
        name="maxPapers"
        type="number"
        inputmode="numeric"
        min="1"
        max={choiceLimits.papers}
        value={maxPapers}
        {...ariaOf('maxPapers', errors)}
      />
    </Field>
  );
}
