/** Asks a ClamAV daemon (clamd) whether a file contains malware, by its command INSTREAM. */
import { createReadStream } from 'node:fs';
import { connect, type NetConnectOpts } from 'node:net';

export type ScanResult = { readonly kind: 'clean' } | { readonly kind: 'found'; readonly name: string };
/** @throws Error when the daemon does not answer or reports an error */
export type FileScan = (path: string) => Promise<ScanResult>;

const SCAN_MS = 30_000;
const PIECE_BYTES = 64 * 1024;

/** @param url `tcp://host:port`, or `unix:///path` */
export function createClamd(url: string): FileScan {
  const options = addressOf(url);
  return async (path) => {
    const reply = await ask(options, path);
    const found = /: (.+) FOUND$/.exec(reply)?.[1];
    if (found !== undefined) return { kind: 'found', name: found };
    if (/: OK$/.test(reply)) return { kind: 'clean' };
    throw new Error(`clamd answered "${reply.slice(0, 200)}"`);
  };
}

function addressOf(url: string): NetConnectOpts {
  const { protocol, hostname, port, pathname } = new URL(url);
  return protocol === 'unix:' ? { path: pathname } : { host: hostname, port: Number(port || 3310) };
}

async function ask(options: NetConnectOpts, path: string): Promise<string> {
  const socket = connect({ ...options, signal: AbortSignal.timeout(SCAN_MS) });
  let failure: unknown;
  socket.on('error', (error) => {
    failure = error;
  });
  const reading = (async () => {
    let reply = '';
    for await (const bytes of socket) reply += String(bytes);
    return reply.replace(/\0$/, '').trim();
  })();
  reading.catch(() => {}); // awaited below
  socket.write('zINSTREAM\0');
  for await (const bytes of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    if (socket.destroyed || socket.readableEnded) break; // it has answered already, such as that the file is too large
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    socket.write(length);
    if (!socket.write(bytes)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve));
  }
  socket.write(Buffer.alloc(4));
  const reply = await reading;
  if (reply === '')
    throw new Error(`clamd did not answer: ${failure instanceof Error ? failure.message : 'it closed the connection'}`);
  return reply;
}
