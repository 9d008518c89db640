import { readFileSync } from 'node:fs';
import { handler } from '../../../lambdas/serve-pages/handler.js';

type Event = Parameters<typeof handler>[0];

/** A request as the HTTP API hands it over. */
function requestOf(address: string): Event {
  const { pathname, search } = new URL(address, 'https://pages.example');
  const http = { method: 'GET', path: pathname };
  const request = {
    version: '2.0',
    rawPath: pathname,
    rawQueryString: search.slice(1),
    headers: {},
    isBase64Encoded: false,
  };
  return { ...request, requestContext: { http, domainName: 'pages.example' } } as unknown as Event;
}

async function taken(
  address: string,
): Promise<{ readonly cpuMs: number; readonly wallMs: number; readonly body: string }> {
  const event = requestOf(address);
  const wall = performance.now();
  const before = process.cpuUsage();
  const { statusCode, body } = (await handler(event)) as { statusCode: number; body: string };
  const { user, system } = process.cpuUsage(before);
  if (statusCode !== 200) throw new Error(`${address} was answered ${statusCode}: ${body.slice(0, 500)}`);
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall, body };
}

/** In a fresh process of the deployed bundle: asks for the addresses in turn, and says what each took. */
async function main(addresses: readonly string[]): Promise<void> {
  const times: { cpuMs: number; wallMs: number }[] = [];
  let found = '';
  let firstRssMb = 0;
  for (const address of addresses) {
    const { body, ...time } = await taken(address);
    times.push(time);
    if (times.length > 1) continue;
    firstRssMb = process.resourceUsage().maxRSS / 1024;
    found = /<h2 id="found">([^<]*)/.exec(body)?.[1] ?? body.slice(0, 60);
  }
  const { user, system } = process.cpuUsage();
  const rssMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ times, found, firstRssMb, rssMb, processCpuMs: (user + system) / 1000 }));
}

void main(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
