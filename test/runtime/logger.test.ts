import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

/** The lines that a process of its own writes to its standard output when it logs. */
function logged(program: string, environment: Readonly<Record<string, string>> = {}): readonly unknown[] {
  const script = `const { logger } = require('./shared/runtime/logger.ts');\n${program}`;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--eval', script], {
    encoding: 'utf8',
    env: { ...process.env, ...environment },
  });
  expect(stderr).toBe('');
  return stdout
    .trim()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('the log of a function', () => {
  it('has a line of JSON for each event, with its service and its trace', () => {
    const environment = { POWERTOOLS_SERVICE_NAME: 'paperboy-try', _X_AMZN_TRACE_ID: 'Root=1-5759e988;Sampled=0' };
    expect(logged("logger.info('handled', { sent: 2 }); logger.warn('odd', {});", environment)).toEqual([
      {
        level: 'INFO',
        message: 'handled',
        timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'paperboy-try',
        xray_trace_id: '1-5759e988',
        sent: 2,
      },
      expect.objectContaining({ level: 'WARN', message: 'odd', service: 'paperboy-try' }),
    ]);
  });

  it('says of an error what it is, where it was thrown and what caused it, and nothing that came with it', () => {
    const program =
      "logger.error('failed', { error: Object.assign(new TypeError('no', { cause: new Error('deep') }), { to: 'somebody' }) });";
    expect(logged(program)).toEqual([
      expect.objectContaining({
        level: 'ERROR',
        service: 'paperboy',
        error: {
          name: 'TypeError',
          message: 'no',
          stack: expect.stringMatching(/^TypeError: no\n +at /),
          cause: expect.objectContaining({ name: 'Error', message: 'deep' }),
        },
      }),
    ]);
  });

  it('is silent where its environment asks for silence', () => {
    expect(logged("logger.error('failed', {});", { POWERTOOLS_LOG_LEVEL: 'SILENT' })).toEqual([]);
  });
});
