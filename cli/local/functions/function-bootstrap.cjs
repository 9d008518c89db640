// Runs inside a function's worker thread: plain JavaScript, because the host program's loaders do not run here.
const { join } = require('node:path');
const { performance } = require('node:perf_hooks');
const { parentPort, workerData } = require('node:worker_threads');

const { folder, handler, functionName, arn, memoryMb, clock } = workerData;

/** 6 MB and a little: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const largestAnswerBytes = 6291556;

/** Replaces the machine's clock with the house's, for bundles that know nothing of it. */
function replaceDate(shared) {
  const hand = new BigInt64Array(shared);
  const now = () => Number(Atomics.load(hand, 0));
  const MachineDate = Date;
  const HouseDate = new Proxy(MachineDate, {
    apply: () => new MachineDate(now()).toString(),
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length > 0 ? given : [now()], newTarget === HouseDate ? target : newTarget),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
  MachineDate.prototype.constructor = HouseDate;
  globalThis.Date = HouseDate;
}

async function loadHandler() {
  const [file, name] = handler.split('.');
  const loaded = require(join(folder, `${file}.js`));
  if (typeof loaded[name] !== 'function') throw new Error(`${handler} is not a function`);
  return loaded[name];
}

function contextOf(requestId, timeoutMs) {
  const end = performance.now() + timeoutMs;
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: String(memoryMb),
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(end - performance.now())),
  };
}

const describe = (error) =>
  error instanceof Error
    ? { errorType: error.name, errorMessage: error.message, trace: String(error.stack) }
    : { errorType: typeof error, errorMessage: String(error), trace: '' };

/** Waits until the host has received what was written, so that a function's lines precede its answer. */
const written = () =>
  Promise.all([process.stdout, process.stderr].map((stream) => new Promise((taken) => stream.write('', taken))));

async function main() {
  if (clock) replaceDate(clock);
  const handle = await loadHandler();
  parentPort.on('message', async ({ requestId, event, trace, timeoutMs }) => {
    // The SDK passes it on, so that Lambda can tell a loop.
    process.env._X_AMZN_TRACE_ID = trace;
    try {
      const result = JSON.stringify(await handle(JSON.parse(event), contextOf(requestId, timeoutMs))) ?? 'null';
      await written();
      const bytes = Buffer.byteLength(result);
      if (bytes > largestAnswerBytes) {
        const errorMessage = `Response payload size exceeded maximum allowed payload size (${largestAnswerBytes} bytes).`;
        const error = { errorType: 'Function.ResponseSizeTooLarge', errorMessage, trace: '' };
        parentPort.postMessage({ requestId, error });
      } else parentPort.postMessage({ requestId, result });
    } catch (error) {
      await written();
      parentPort.postMessage({ requestId, error: describe(error) });
    }
  });
  parentPort.postMessage({ isReady: true });
}

main().catch((error) => parentPort.postMessage({ error: describe(error) }));
