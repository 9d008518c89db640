import { noteMonth } from '../../../lambdas/score-trends/note-month.js';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { documentClient } from '../../../shared/storage/dynamo/dynamo.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { monthRepository } from '../../../shared/storage/months-repository.js';

/** In a fresh process: what score-trends does after it has published the edition of a date. */
async function main([date = '', table = '']: readonly string[]): Promise<void> {
  const dynamo = documentClient();
  const before = process.cpuUsage();
  await noteMonth(date as CalendarDate, {
    editions: editionRepository(dynamo, table),
    months: monthRepository(dynamo, table),
    catalogue,
    now: Date.now,
  });
  const { user, system } = process.cpuUsage(before);
  console.log(JSON.stringify({ cpuMs: (user + system) / 1000, rssMb: process.resourceUsage().maxRSS / 1024 }));
}

void main(process.argv.slice(2));
