import { createSocket, type RemoteInfo } from 'node:dgram';
import type { AddressInfo } from 'node:net';

/** Records by name; a name that is not there does not exist, and one that is `'refused'` is not answered for. */
export type Zone = Readonly<
  Record<
    string,
    | 'refused'
    | { readonly TXT?: readonly string[]; readonly MX?: readonly string[]; readonly CNAME?: readonly string[] }
  >
>;

const types = { CNAME: 5, MX: 15, TXT: 16 } as const;

/** A name server on loopback (RFC 1035) that knows this zone; `server` is what a resolver takes. */
export async function playDns(zone: Zone): Promise<{ readonly server: string; close(): Promise<void> }> {
  const socket = createSocket('udp4');
  socket.on('message', (query: Buffer, { port, address }: RemoteInfo) =>
    socket.send(answerTo(query, zone), port, address),
  );
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound));
  const { port } = socket.address() as AddressInfo;
  return {
    server: `127.0.0.1:${port}`,
    close: () => new Promise((closed) => void socket.close(() => closed())),
  };
}

function answerTo(query: Buffer, zone: Zone): Buffer {
  const { name, end } = readName(query, 12);
  const type = query.readUInt16BE(end);
  const known = zone[name.toLowerCase()];
  const code = known === undefined ? 3 : known === 'refused' ? 5 : 0;
  const kind = (Object.keys(types) as (keyof typeof types)[]).find((each) => types[each] === type);
  const values = known === undefined || known === 'refused' || !kind ? [] : (known[kind] ?? []);
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(values.length, 6);
  const records = values.map((value) => {
    const data =
      kind === 'TXT'
        ? text(value)
        : kind === 'MX'
          ? Buffer.concat([Buffer.from([0, 10]), nameOf(value)])
          : nameOf(value);
    const fixed = Buffer.alloc(12);
    fixed.writeUInt16BE(0xc00c, 0);
    fixed.writeUInt16BE(type, 2);
    fixed.writeUInt16BE(1, 4);
    fixed.writeUInt32BE(60, 6);
    fixed.writeUInt16BE(data.length, 10);
    return Buffer.concat([fixed, data]);
  });
  return Buffer.concat([header, query.subarray(12, end + 4), ...records]);
}

function readName(message: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = [];
  let at = start;
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.'), end: at + 1 };
}

const piece = (bytes: Buffer) => Buffer.concat([Buffer.from([bytes.length]), bytes]);
const nameOf = (name: string) =>
  Buffer.concat([...name.split('.').map((label) => piece(Buffer.from(label, 'latin1'))), Buffer.from([0])]);

/** In pieces of 255 bytes at most. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value, 'latin1');
  const starts = Array.from({ length: Math.ceil(bytes.length / 255) }, (_, at) => at * 255);
  return Buffer.concat(starts.map((start) => piece(bytes.subarray(start, start + 255))));
}
