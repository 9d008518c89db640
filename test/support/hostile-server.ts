import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback server that answers as badly as its test wants. */
export interface HostileServer {
  readonly url: string;
  /** Path and query of every request, in order. */
  readonly asked: readonly string[];
  /** User agents of every request, in order. */
  readonly userAgents: readonly string[];
  /** Most requests that were open at the same time. */
  mostAtOnce(): number;
  close(): Promise<void>;
}

/** `count` numbers the requests of the same address from 1. */
export type Answer = (response: ServerResponse, request: IncomingMessage, count: number) => void;

export async function hostileServer(answer: Answer): Promise<HostileServer> {
  const asked: string[] = [];
  const userAgents: string[] = [];
  let open = 0;
  let most = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    asked.push(path);
    userAgents.push(request.headers['user-agent'] ?? '');
    open += 1;
    most = Math.max(most, open);
    response.once('close', () => {
      open -= 1;
    });
    answer(response, request, asked.filter((other) => other === path).length);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    userAgents,
    mostAtOnce: () => most,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

/** An ordinary answer. */
export function say(
  response: ServerResponse,
  status: number,
  body: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, headers).end(body);
}

/** One byte at a time, for ever. */
export function drip(response: ServerResponse, everyMs: number): void {
  response.writeHead(200);
  const tap = setInterval(() => response.write(' '), everyMs);
  response.once('close', () => clearInterval(tap));
}

/** So many megabytes, as fast as they are read; `sent` counts what was handed over. */
export function flood(response: ServerResponse, megabytes: number, sent: (megabyte: number) => void): void {
  const megabyte = Buffer.alloc(1024 * 1024, ' ');
  let written = 0;
  const pour = () => {
    while (written < megabytes && !response.destroyed) {
      written += 1;
      sent(written);
      if (!response.write(megabyte)) return void response.once('drain', pour);
    }
    response.end();
  };
  response.writeHead(200);
  pour();
}
