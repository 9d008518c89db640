import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** Tables in this process, for others to ask, and what was read of them since it was last asked. */
export interface CountingTables {
  readonly endpoint: string;
  readonly takeReads: () => { readonly items: number; readonly bytes: number };
  readonly close: () => Promise<void>;
}

const listening = (server: Server) =>
  new Promise<number>((ready) => {
    server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port));
  });

/** A value as the service writes it, by its type: text, number, bytes in base64, list or map. */
type Wire = Readonly<Record<string, unknown>>;
type WireItem = Readonly<Record<string, Wire>>;

interface Answer {
  readonly Item?: WireItem;
  readonly Items?: readonly WireItem[];
  readonly Responses?: Readonly<Record<string, readonly WireItem[]>>;
}

function bytesOf(item: WireItem): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + name.length + wireBytes(value), 0);
}

function wireBytes({ S, B, L, M, ...other }: Wire): number {
  if (typeof S === 'string') return Buffer.byteLength(S);
  if (typeof B === 'string') return Buffer.byteLength(B, 'base64');
  if (Array.isArray(L)) return L.reduce((sum: number, each: Wire) => sum + 1 + wireBytes(each), 3);
  return M ? 3 + bytesOf(M as WireItem) : String(Object.values(other)[0]).length;
}

/** Starts an embedded DynamoDB behind a door that counts the items that leave it, and their bytes as DynamoDB counts them. */
export async function countingTables(): Promise<CountingTables> {
  // A bundle has no modules beside it.
  const dynalite = createRequire(join(process.cwd(), 'package.json'))('dynalite') as (options: object) => Server;
  const tables = dynalite({ createTableMs: 0 });
  const inner = await listening(tables);
  let read = { items: 0, bytes: 0 };
  const door = createServer(async (request, response) => {
    const body: Buffer[] = [];
    for await (const chunk of request) body.push(chunk as Buffer);
    const headers = Object.fromEntries(
      ['content-type', 'x-amz-target', 'authorization', 'x-amz-date'].map((name) => [
        name,
        String(request.headers[name]),
      ]),
    );
    const answer = await fetch(`http://127.0.0.1:${inner}/`, { method: 'POST', headers, body: Buffer.concat(body) });
    const text = await answer.text();
    const { Item, Items = [], Responses = {} } = JSON.parse(text) as Answer;
    for (const item of [...(Item ? [Item] : []), ...Items, ...Object.values(Responses).flat()]) {
      read = { items: read.items + 1, bytes: read.bytes + bytesOf(item) };
    }
    response.writeHead(answer.status, { 'content-type': 'application/x-amz-json-1.0' }).end(text);
  });
  const port = await listening(door);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    takeReads: () => {
      const taken = read;
      read = { items: 0, bytes: 0 };
      return taken;
    },
    close: async () => {
      for (const server of [door, tables]) {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      }
    },
  };
}
