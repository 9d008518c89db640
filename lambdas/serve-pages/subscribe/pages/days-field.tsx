import type { Child } from 'hono/jsx';
import { type TypedDays, weekdayNames, weekdays } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import { describedBy, FieldError, type FieldErrors } from '../../frame/pages/field-parts.js';

/** On which days the digest comes; the style sheet shows the days of a choice only while it is chosen. */
export function DaysField({ days, errors }: { days: TypedDays; errors: FieldErrors }) {
  const kind = days.kind === '' ? 'daily' : days.kind;
  const choice = (value: string, text: Child) => (
    <label>
      <input type="radio" name="days" value={value} checked={value === kind} />
      <span>{text}</span>
    </label>
  );
  return (
    <fieldset id="days" tabindex={-1} aria-describedby={describedBy('days', errors, false)}>
      <legend>Days</legend>
      <FieldError of="days" errors={errors} />
      <div class="days">
        {choice('daily', 'Every day')}
        {choice('workdays', 'Monday to Friday')}
        {choice('chosen', 'On these days')}
        <fieldset class="weekdays">
          <legend class="skip">These days</legend>
          {weekdays.map((weekday) => (
            <label>
              <input type="checkbox" name="day" value={weekday} checked={days.on.includes(String(weekday))} />
              <span>{weekdayNames[weekday - 1]}</span>
            </label>
          ))}
        </fieldset>
        {choice('weekly', "Once a week, the week's best")}
        <select name="weekDay" aria-label="Day of the weekly digest">
          {weekdays.map((weekday) => (
            <option value={weekday} selected={String(weekday) === days.weeklyOn}>
              {weekdayNames[weekday - 1]}
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}
