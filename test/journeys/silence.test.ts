import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Template } from '../../infra/synthesize.js';
import { hourMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { day, instant } from '../support/builders.js';
import { alarmsWithin, type DataPoint, dataPointsIn } from '../support/played-alarms.js';
import { openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(300_000);

const date = day('2026-08-07');
/** Everything has run by then; what stops, stops here. */
const stopped = instant('2026-08-07T11:05');

/** The template with the rules whose logical id begins so switched off, as somebody might by hand. */
function without(rule: string, template: Template): Template {
  const Resources = Object.fromEntries(
    Object.entries(template.Resources).map(([id, resource]) => {
      const isIt = resource.Type === 'AWS::Events::Rule' && id.startsWith(rule);
      return [id, isIt ? { ...resource, Properties: { ...resource.Properties, State: 'DISABLED' } } : resource];
    }),
  );
  return { ...template, Resources };
}

describe('when something stops in silence', () => {
  let made: Synthesized;
  let dataDir: string;
  let before: readonly DataPoint[];
  /** Answers 404 to everything, as a source that has moved. */
  const gone = { url: '', server: createServer((_request, response) => void response.writeHead(404).end()) };

  beforeAll(async () => {
    await new Promise<void>((listening) => gone.server.listen(0, '127.0.0.1', listening));
    gone.url = `http://127.0.0.1:${(gone.server.address() as AddressInfo).port}`;
    made = synthesizeOnce();
    dataDir = mkdtempSync(join(tmpdir(), 'silence-'));
    const opened = await openAt(date, made, { dataDir });
    opened.clock.set(instant('2026-08-07T10:00'));
    await opened.passTime(stopped);
    await opened.close();
    before = dataPointsIn(opened.logged);
  });
  afterAll(() => {
    gone.server.close();
    made.remove();
    rmSync(dataDir, { recursive: true });
  });

  /** The alarms that go off within some hours of life after the stop. */
  async function alarmsAfter(hours: number, template: Template, environment: Record<string, string> = {}) {
    const copy = mkdtempSync(join(tmpdir(), 'silence-copy-'));
    cpSync(dataDir, copy, { recursive: true });
    const opened = await openAt(date, { ...made, template }, { dataDir: copy, environment });
    try {
      opened.clock.set(stopped);
      await opened.passTime(stopped + hours * hourMs);
    } finally {
      await opened.close();
      rmSync(copy, { recursive: true });
    }
    const points = [...before, ...dataPointsIn(opened.logged)];
    return alarmsWithin(made.template, points, { from: stopped, to: stopped + hours * hourMs });
  }

  /** A line of the runbook's table: what stops, the heading, the hours within which its alarm goes off. */
  const table = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, what, heading, hours] = /^\| (.+) \| \[(.+)\]\(#.+\) \| (\d+) \|$/.exec(line) ?? [];
      return what && heading && hours ? [{ what, heading, hours: Number(hours) }] : [];
    });
  const lineOf = (what: string) => table.find((line) => line.what === what)!;

  it('nothing goes off while all of it runs', async () => {
    expect(await alarmsAfter(3, made.template)).toEqual({});
  });

  it.each([
    ['ingest-papers', () => without('IngestPapers', made.template), () => ({})],
    ['the tick', () => without('PlanDigestsSchedule', made.template), () => ({})],
    ['one source', () => made.template, () => ({ HUGGING_FACE_URL: gone.url })],
  ])('the alarm that the runbook names for %s goes off in time, and no other', async (what, template, environment) => {
    const { heading, hours } = lineOf(what);
    const alarms = await alarmsAfter(hours, template(), environment());
    expect(Object.keys(alarms)).toEqual([heading]);
    expect(alarms[heading]).toBeGreaterThan(minuteMs / hourMs);
  });
});
