import type { Instant } from '../../../../shared/domain/calendar-date.js';

/** An instant on a zone's clock: `Saturday 8 August 2026 at 07:00 (Europe/Berlin)`. */
export function localTime(at: Instant, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${day.replaceAll(',', '')} at ${time} (${timeZone})`;
}
