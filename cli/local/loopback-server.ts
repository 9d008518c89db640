import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server on this machine alone, which may be given its listener later than its address. */
export interface LoopbackServer {
  readonly url: string;
  readonly port: number;
  serve(listener: RequestListener): void;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1: on the port if it is given and free, else on any. */
export async function listenOnLoopback(port = 0): Promise<LoopbackServer> {
  const server = createServer();
  await listen(server, port).catch(() => listen(server, 0));
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    serve: (listener) => server.on('request', listener),
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
}
