import { choiceLimits } from '../../../../shared/domain/subscriber/own-filters.js';
import { formerZones, timeZones } from '../../../../shared/domain/subscriber/slot/time-zone.js';
import { timeZoneOf } from '../../../../shared/domain/subscriber/subscription-form.js';
import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { ariaOf, Field, type FieldErrors } from '../../frame/pages/field-parts.js';
import { FilterFields } from '../../search/pages/filter-fields.js';
import type { FormFigures, FormValues } from '../form-values.js';
import { DaysField } from './days-field.js';
import { TickFields } from './tick-fields.js';
import { TopicField } from './topic-field.js';

/** What somebody has chosen, what is wrong with it, and what there is to choose from. */
export interface ChoiceFieldsProps {
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly catalogue: readonly FilterTopic[];
  readonly figures: FormFigures;
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

/** Topics, own filters, and when and how much, as the preferences page has them. */
export function ChoiceFields({ values, errors, catalogue, figures }: ChoiceFieldsProps) {
  return (
    <>
      <TopicField id="topic" chosen={new Set(values.topics)} errors={errors} catalogue={catalogue} figures={figures} />
      <FilterFields filters={values.filters} errors={errors} notes={figures.filterNotes} />
      <DeliveryFields values={values} errors={errors} />
    </>
  );
}

/** When and how much: the same on the form and on the preferences page. */
export function DeliveryFields({ values, errors }: Pick<ChoiceFieldsProps, 'values' | 'errors'>) {
  return (
    <>
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
      <select
        id="timezone"
        name="timezone"
        data-guess={timeZone === '' ? 'yes' : undefined}
        {...ariaOf('timezone', errors)}
      >
        <TimeZoneOptions chosen={timeZone} />
      </select>
    </Field>
  );
}

/** What holds until somebody, or the script, has chosen a zone. */
const noZone = 'UTC';

const continentOf = (zone: string) => (zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : 'World');
const placeOf = (zone: string) =>
  zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');

let grouped: ReadonlyMap<string, readonly string[]> | undefined;

/** The runtime takes a while to list them: only who is shown a form waits for it. */
function zonesByContinent(): ReadonlyMap<string, readonly string[]> {
  grouped ??= timeZones().reduce(
    (groups, zone) => groups.set(continentOf(zone), [...(groups.get(continentOf(zone)) ?? []), zone]),
    new Map<string, readonly string[]>(),
  );
  return grouped;
}

/**
 * Every time zone of the runtime by continent, under today's name, for the script with the one that browsers may still
 * give; one that is not listed is shown when it is chosen.
 */
function TimeZoneOptions({ chosen }: { chosen: string }) {
  const zone = timeZoneOf(chosen);
  const byContinent = zonesByContinent();
  return (
    <>
      {zone === undefined ? (
        <option value={noZone} selected>
          {noZone}: choose your time zone
        </option>
      ) : null}
      {zone !== undefined && !byContinent.get(continentOf(zone))?.includes(zone) ? (
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
