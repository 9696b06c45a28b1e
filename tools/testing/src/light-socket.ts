/**
 * A minimal Socket.IO client, so that hundreds run on the same machine as the measured server. It implements just enough
 * of WebSocket (RFC 6455) and Engine.IO 4 to connect, send text, answer pings and receive packets.
 */
import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';

export interface LightSocket {
  /** A Socket.IO packet as text, such as `42["ask","…"]`. */
  send(packet: string): void;
  close(): void;
}

export interface LightSocketOptions {
  readonly port: number;
  readonly origin: string;
  /** Where it seems to connect from; the server must trust one proxy. */
  readonly address?: string;
  /** Called for every text packet except pings. */
  readonly onPacket: (packet: string, socket: LightSocket) => void;
  readonly onClose: () => void;
}

const TEXT = 0x81;
const CLOSE = 0x88;
const PING = '2';
const PONG = '3';

export function openLightSocket({ port, origin, address, onPacket, onClose }: LightSocketOptions): LightSocket {
  const tcp = connect({ port, host: '127.0.0.1', noDelay: true });
  let upgraded = false;
  let pending: Buffer = Buffer.alloc(0);

  const socket: LightSocket = {
    send: (packet) => void tcp.write(maskedFrame(packet)),
    close: () => tcp.destroy(),
  };
  tcp.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${origin}\r\n` +
      (address === undefined ? '' : `X-Forwarded-For: ${address}\r\n`) +
      `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n` +
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}\r\n\r\n`,
  );
  tcp.on('error', () => {}); // `close` follows
  tcp.on('close', onClose);
  tcp.on('data', (bytes: Buffer) => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    if (!upgraded) {
      const end = pending.indexOf('\r\n\r\n');
      if (end < 0) return;
      upgraded = true;
      pending = pending.subarray(end + 4);
    }
    for (let frame = readFrame(pending); frame !== undefined; frame = readFrame(pending)) {
      pending = pending.subarray(frame.end);
      if (frame.kind === CLOSE) return void tcp.destroy();
      if (frame.text === PING) socket.send(PONG);
      else onPacket(frame.text, socket);
    }
  });
  return socket;
}

/** Servers send whole, unmasked frames. Undefined if the frame is incomplete. */
function readFrame(bytes: Buffer): { kind: number; text: string; end: number } | undefined {
  if (bytes.length < 2) return undefined;
  const short = (bytes[1] ?? 0) & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return undefined;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  const end = head + length;
  if (bytes.length < end) return undefined;
  return { kind: bytes[0] ?? 0, text: bytes.toString('latin1', head, end), end };
}

function maskedFrame(text: string): Buffer {
  const payload = Buffer.from(text);
  const mask = randomBytes(4);
  const size = payload.length < 126 ? [payload.length] : [126, payload.length >> 8, payload.length & 0xff];
  for (let at = 0; at < payload.length; at++) payload[at] = (payload[at] ?? 0) ^ (mask[at % 4] ?? 0);
  return Buffer.concat([Buffer.from([TEXT, (size[0] ?? 0) | 0x80, ...size.slice(1)]), mask, payload]);
}
