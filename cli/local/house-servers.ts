import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type LoopbackServer, listenOnLoopback } from './loopback-server.js';

/** The three servers of a house. */
export interface HouseServers {
  readonly gateway: LoopbackServer;
  readonly pages: LoopbackServer;
  readonly inbox: LoopbackServer;
}

const savedPorts = z.object({ gateway: z.number(), pages: z.number(), inbox: z.number() });

/** Opens the servers: with a data folder on the ports of the last time, if they are free, so that links in mails stay good. */
export async function openServers(dataDir?: string): Promise<HouseServers> {
  const file = dataDir && join(dataDir, 'ports.json');
  const last = file && existsSync(file) ? savedPorts.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data : undefined;
  const gateway = await listenOnLoopback(last?.gateway);
  const pages = await listenOnLoopback(last?.pages);
  const inbox = await listenOnLoopback(last?.inbox);
  if (file) writeFileSync(file, JSON.stringify({ gateway: gateway.port, pages: pages.port, inbox: inbox.port }));
  return { gateway, pages, inbox };
}
