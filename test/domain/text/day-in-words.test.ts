import { describe, expect, it } from '@jest/globals';
import { addDays, parseCalendarDate } from '../../../shared/domain/calendar-date.js';
import { dayInWords, weekdayOf } from '../../../shared/domain/text/day-in-words.js';
