import { fork } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { Agent, createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SESClient } from '@aws-sdk/client-ses';

const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
};

/** A certificate for `localhost` that signs itself with ECDSA (X.509 version 1), of these years. */
export function selfSigned(): { readonly key: string; readonly cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
  const commonName = der(0x30, der(0x06, Buffer.from('550403', 'hex')), der(0x0c, Buffer.from('localhost')));
  const name = der(0x30, der(0x31, commonName));
  const validity = der(0x30, der(0x17, Buffer.from('250101000000Z')), der(0x17, Buffer.from('491231000000Z')));
  const subject = publicKey.export({ type: 'spki', format: 'der' });
  const statement = der(0x30, der(0x02, Buffer.from([1])), ecdsaWithSha256, name, validity, name, subject);
  const signature = der(0x03, Buffer.from([0]), sign('sha256', statement, privateKey));
  const lines = der(0x30, statement, ecdsaWithSha256, signature).toString('base64').replace(/.{64}/g, '$&\n');
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  };
}

/** What SES answers when it has taken a mail. */
export const accepted =
  '<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>m</MessageId>' +
  '</SendRawEmailResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></SendRawEmailResponse>';

/** Plays an SES that takes everything, until whoever forked this process goes away. */
export function serveLoopback(): Promise<object> {
  const server = createServer(selfSigned(), (request, response) => {
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'text/xml' }).end(accepted));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  return new Promise((ended) => {
    process.on('disconnect', () => {
      server.closeAllConnections();
      server.close(() => ended({}));
    });
  });
}

/** The SDK's client, and an SES in a process of its own, so that only the client's CPU time is ours. */
export async function loopbackSes(): Promise<{ readonly client: SESClient; close(): void }> {
  const child = fork(process.argv[1] ?? '', ['compose', '--serve'], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const port = await new Promise((ready) => child.once('message', ready));
  const httpsAgent = new Agent({ keepAlive: true, rejectUnauthorized: false });
  const client = new SESClient({
    endpoint: `https://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 's' },
    maxAttempts: 1,
    requestHandler: { httpsAgent },
  });
  return {
    client,
    close() {
      client.destroy();
      httpsAgent.destroy();
      child.disconnect();
    },
  };
}
