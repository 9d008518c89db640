import { type FunctionSpec, type FunctionWorker, functionWorker } from './function-worker.js';

/** The workers of one function: as many as run at the same time, idle ones kept warm. */
export function workerPool(
  spec: FunctionSpec,
  clock: SharedArrayBuffer | undefined,
  log: (line: string) => void,
): FunctionWorker {
  const all: FunctionWorker[] = [];
  const idle: FunctionWorker[] = [];
  function start(): FunctionWorker {
    const worker = functionWorker(spec, clock, log);
    all.push(worker);
    return worker;
  }
  return {
    async invoke(event, trace) {
      const worker = idle.pop() ?? start();
      try {
        return await worker.invoke(event, trace);
      } finally {
        idle.push(worker);
      }
    },
    async close() {
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}
