/** A stand-in for ClamAV's daemon: reads INSTREAM as clamd does, and finds one name in every file that contains it. */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { listenLocally } from './listen-locally.ts';

export interface ClamdServer {
  readonly url: string;
  /** Bytes of the files that were scanned. */
  readonly scanned: number[];
  stop(): Promise<void>;
}

/** @param evil a file that contains this text is malware */
export async function startClamdServer(evil: string): Promise<ClamdServer> {
  const scanned: number[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let received: Buffer = Buffer.alloc(0);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => {}); // `close` follows
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      const file = contentOf(received);
      if (file === undefined) return;
      scanned.push(file.length);
      socket.end(file.includes(evil) ? 'stream: Test.Malware FOUND\0' : 'stream: OK\0');
    });
  });
  const port = await listenLocally(server);
  return {
    url: `tcp://127.0.0.1:${port}`,
    scanned,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const COMMAND = 'zINSTREAM\0';

/** The file, once its last piece has arrived. */
function contentOf(received: Buffer): Buffer | undefined {
  if (received.toString('latin1', 0, COMMAND.length) !== COMMAND) return undefined;
  const pieces: Buffer[] = [];
  for (let at = COMMAND.length; at + 4 <= received.length; ) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
