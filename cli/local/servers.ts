import { once } from 'node:events';
import { existsSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readJson } from './data-folder.js';

/** A server that only this machine can reach; it may get its listener after its address. */
export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1, on the given port if it is free, else on any. */
export async function listenOnLoopback(port = 0): Promise<LoopbackServer> {
  const server = createServer();
  await listen(server, port).catch(() => listen(server, 0));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: addressOf(taken),
    port: taken,
    serve: (listener) => server.on('request', listener),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
}

/** The three servers of a house. */
export interface HouseServers {
  readonly gateway: LoopbackServer;
  readonly pages: LoopbackServer;
  readonly inbox: LoopbackServer;
}

const savedPorts = z.object({ gateway: z.number(), pages: z.number(), inbox: z.number() });

/**
 * Opens the servers, with a data folder on the previous ports if they are free: links in mails then keep working. A house at rest
 * keeps its pages shut, and its ports: whoever has one of them meanwhile must not make old links dead.
 */
export async function openServers(dataDir?: string, isAtRest = false): Promise<HouseServers> {
  const file = dataDir && join(dataDir, 'ports.json');
  const last = file && existsSync(file) ? savedPorts.safeParse(readJson(file)).data : undefined;
  if (isAtRest && last) {
    return { gateway: await listenOnLoopback(), pages: shut(last.pages), inbox: shut(last.inbox) };
  }
  const gateway = await listenOnLoopback(last?.gateway);
  const pages = await listenOnLoopback(last?.pages);
  const inbox = await listenOnLoopback(last?.inbox);
  if (file) writeFileSync(file, JSON.stringify({ gateway: gateway.port, pages: pages.port, inbox: inbox.port }));
  return { gateway, pages, inbox };
}

const addressOf = (port: number) => `http://127.0.0.1:${port}`;

const shut = (port: number): LoopbackServer => ({
  url: addressOf(port),
  port,
  serve: () => {},
  close: async () => {},
});

/** The address of a request; `undefined` for one that cannot be read. */
export function readUrl({ url = '/' }: IncomingMessage): URL | undefined {
  try {
    const read = new URL(url, 'http://house');
    decodeURI(read.pathname);
    return read;
  } catch {
    return undefined;
  }
}

/** Reads a request's body; throws when it is over the limit. */
export async function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    size += (part as Buffer).length;
    if (size > limitBytes) throw new Error(`a request of more than ${limitBytes} bytes`);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}
