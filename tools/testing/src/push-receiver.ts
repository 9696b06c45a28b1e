/** A push service and the browsers that it serves: it verifies who sends (RFC 8292) and decrypts what is sent (RFC 8291). */
import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { PushMessage, PushSubscription } from '@firstword/shared/push-device';
import { importJWK, jwtVerify } from 'jose';
import { listenLocally } from './listen-locally.ts';

export interface ReceivedPush {
  /** The name of the browser. */
  readonly to: string;
  readonly headers: IncomingHttpHeaders;
  /** The public key that signed the request, and what it states. */
  readonly sender: { readonly publicKey: string; readonly subject: string | undefined };
  readonly text: string;
  readonly message: PushMessage;
}

export interface PushReceiver {
  /** As `privateHosts` names it. */
  readonly host: string;
  readonly received: ReceivedPush[];
  /** Why requests were refused. */
  readonly refused: string[];
  /** The statuses of its next responses; 201 when there is none. */
  readonly statuses: number[];
  /** A browser subscribes. */
  subscribe(name: string, language?: PushSubscription['language']): PushSubscription;
  close(): Promise<void>;
}

interface Browser {
  readonly privateKey: Uint8Array;
  readonly auth: Uint8Array;
}

export async function startPushReceiver(): Promise<PushReceiver> {
  const browsers = new Map<string, Browser>();
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const name = request.url?.slice(1) ?? '';
    const browser = browsers.get(name);
    try {
      if (browser === undefined) throw new Error(`there is no browser ${name}`);
      const sender = await senderOf(request.headers.authorization, `http://${receiver.host}`);
      const text = decrypt(body, browser);
      receiver.received.push({ to: name, headers: request.headers, sender, text, message: JSON.parse(text) });
      response.writeHead(receiver.statuses.shift() ?? 201).end();
    } catch (error) {
      receiver.refused.push(String(error));
      response.writeHead(400).end();
    }
  });
  const host = `127.0.0.1:${await listenLocally(server)}`;
  const receiver: PushReceiver = {
    host,
    received: [],
    refused: [],
    statuses: [],
    subscribe(name, language = 'en') {
      const pair = createECDH('prime256v1');
      const p256dh = pair.generateKeys('base64url');
      const auth = randomBytes(16);
      browsers.set(name, { privateKey: pair.getPrivateKey(), auth });
      return { endpoint: `http://${host}/${name}`, keys: { p256dh, auth: auth.toString('base64url') }, language };
    },
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return receiver;
}

async function senderOf(header: string | undefined, audience: string): Promise<ReceivedPush['sender']> {
  const [, token = '', publicKey = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header ?? '') ?? [];
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const key = await importJWK({ kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }, 'ES256');
  const { payload } = await jwtVerify(token, key, { algorithms: ['ES256'], audience });
  const hours = ((payload.exp ?? Number.POSITIVE_INFINITY) * 1000 - Date.now()) / 3_600_000;
  if (hours > 24) throw new Error(`the token is valid for ${hours} hours`);
  return { publicKey, subject: payload.sub };
}

/** The record: salt (16 bytes), its size (4), the length of the sender's key (1), that key, and the rest is encrypted. */
function decrypt(body: Buffer, { privateKey, auth }: Browser): string {
  const salt = body.subarray(0, 16);
  const keyEnd = 21 + body.readUInt8(20);
  const senderKey = body.subarray(21, keyEnd);
  const receiver = createECDH('prime256v1');
  receiver.setPrivateKey(privateKey);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), receiver.getPublicKey(), senderKey]);
  const input = Buffer.from(hkdfSync('sha256', receiver.computeSecret(senderKey), auth, info, 32));
  const derive = (what: string, bytes: number) =>
    Buffer.from(hkdfSync('sha256', input, salt, `Content-Encoding: ${what}\0`, bytes));
  const decipher = createDecipheriv('aes-128-gcm', derive('aes128gcm', 16), derive('nonce', 12));
  decipher.setAuthTag(body.subarray(-16));
  const padded = Buffer.concat([decipher.update(body.subarray(keyEnd, -16)), decipher.final()]);
  return padded.toString('utf8', 0, padded.lastIndexOf(2));
}
