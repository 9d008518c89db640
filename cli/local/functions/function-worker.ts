import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Worker } from 'node:worker_threads';

/** What a worker thread needs to know about its function. */
export interface FunctionSpec {
  readonly name: string;
  readonly arn: string;
  /** Folder of the bundled code. */
  readonly folder: string;
  /** `file.export` */
  readonly handler: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A failed invocation: the handler threw, ran out of time, could not be loaded, or was never reached. */
export class InvocationError extends Error {
  constructor(
    readonly errorType: string,
    message: string,
    readonly trace = '',
  ) {
    super(message);
  }

  /** Whether the account had no room for it. */
  get isThrottle(): boolean {
    return this.errorType === 'TooManyRequestsException';
  }
}

/** One worker thread of a function, or all of them. */
export interface FunctionWorker {
  /** Invokes the handler with an event as JSON; the result passes as JSON too. Throws InvocationError. */
  invoke(event: string, trace: string): Promise<unknown>;
  close(): Promise<void>;
}

type Answer = { readonly isReady: true } | { readonly result: string } | { readonly error: Fault };
interface Fault {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: string;
}

/**
 * The workers of one function: as many as run at the same time, idle ones kept warm. `log` receives each line that the
 * function writes.
 */
export function workerPool(
  spec: FunctionSpec,
  clock: SharedArrayBuffer | undefined,
  log: (line: string) => void,
): FunctionWorker {
  const all: FunctionWorker[] = [];
  const idle: FunctionWorker[] = [];
  let isClosed = false;
  function start(): FunctionWorker {
    const worker = functionWorker(spec, clock, log);
    all.push(worker);
    return worker;
  }
  return {
    async invoke(event, trace) {
      if (isClosed) throw new InvocationError('Runtime.Closed', 'the house is closing');
      const worker = idle.pop() ?? start();
      try {
        return await worker.invoke(event, trace);
      } finally {
        idle.push(worker);
      }
    },
    async close() {
      isClosed = true;
      await Promise.all(all.map(({ close }) => close()));
    },
  };
}

/** A worker that is started on first use, works one event at a time, and is restarted after a crash. */
function functionWorker(
  spec: FunctionSpec,
  clock: SharedArrayBuffer | undefined,
  log: (line: string) => void,
): FunctionWorker {
  const thread = restartable(() => startWorker(spec, clock, log));
  return {
    async invoke(event, trace) {
      try {
        const running = await thread.running();
        const ask = { requestId: randomUUID(), event, trace, timeoutMs: spec.timeoutMs };
        const answer = await nextAnswer(running, () => running.postMessage(ask), spec.timeoutMs);
        return 'result' in answer ? JSON.parse(answer.result) : undefined;
      } catch (error) {
        // As in Lambda, a handler's own error does not end the process.
        if (!(error instanceof InvocationError) || error.errorType.startsWith('Runtime.')) await thread.stop();
        throw error;
      }
    },
    close: thread.stop,
  };
}

/** A thread that is started when it is needed and not running. */
function restartable(start: () => Promise<Worker>) {
  let current: Promise<Worker> | undefined;
  const forget = () => {
    current = undefined;
  };
  return {
    running(): Promise<Worker> {
      current ??= start().then((thread) => thread.once('exit', forget));
      return current;
    },
    async stop(): Promise<void> {
      const stopping = current;
      forget();
      await stopping?.then((thread) => thread.terminate()).catch(() => undefined);
    },
  };
}

/** AWS allows ten seconds for loading; a busy laptop gets more. */
const startTimeoutMs = 60_000;

async function startWorker(
  { name, arn, folder, handler, memoryMb, environment }: FunctionSpec,
  clock: SharedArrayBuffer | undefined,
  log: (line: string) => void,
): Promise<Worker> {
  const thread = new Worker(new URL('./function-bootstrap.cjs', import.meta.url), {
    env: { ...environment },
    // The host's loaders and flags are not the function's.
    execArgv: [],
    stdout: true,
    stderr: true,
    workerData: { folder, handler, functionName: name, arn, memoryMb, clock },
  });
  // A handler may leave work behind that fails later: Lambda then restarts the process, and so do we.
  thread.on('error', (error) => log(error.stack ?? error.message));
  for (const input of [thread.stdout, thread.stderr]) createInterface({ input }).on('line', log);
  try {
    await nextAnswer(thread, () => undefined, startTimeoutMs);
  } catch (error) {
    await thread.terminate();
    const { message, trace } = error as InvocationError;
    throw new InvocationError('Runtime.Init', `cannot be loaded: ${message}`, trace);
  }
  return thread;
}

function nextAnswer(thread: Worker, ask: () => void, timeoutMs: number): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => fail('Runtime.Timeout', `timed out after ${timeoutMs / 1000} seconds`), timeoutMs);
    const onError = (error: Error) => fail('Runtime.Crash', error.message, error.stack);
    const onExit = (code: number) => fail('Runtime.Exit', `the process ended with code ${code}`);
    function settle(): void {
      clearTimeout(late);
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
    }
    function fail(errorType: string, message: string, trace?: string): void {
      settle();
      reject(new InvocationError(errorType, message, trace));
    }
    function onMessage(answer: Answer): void {
      if ('error' in answer) {
        fail(answer.error.errorType, answer.error.errorMessage, answer.error.trace);
        return;
      }
      settle();
      resolve(answer);
    }
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    ask();
  });
}
