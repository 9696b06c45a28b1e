/** The files that pages of the scripted server upload. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { FILE_TYPES, fileTypeOf } from '@firstword/shared/files';
import { keysOf } from '@firstword/shared/keys-of';
import type { SentFile } from '@firstword/shared/wire';

export interface ScriptedAttachments {
  /** Those that are not deleted, by id. */
  readonly kept: ReadonlyMap<string, { readonly file: SentFile; readonly bytes: Buffer }>;
  /** How many of the next uploads are refused. */
  refuse: number;
  handle(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  /** Returns whether there is such a file. */
  send(pathname: string, response: ServerResponse): boolean;
}

export function createScriptedAttachments(): ScriptedAttachments {
  const kept = new Map<string, { readonly file: SentFile; readonly bytes: Buffer }>();
  const files: ScriptedAttachments = {
    kept,
    refuse: 0,
    async handle(request, response, url) {
      const bytes = await buffer(request);
      if (request.method === 'DELETE') {
        kept.delete(url.searchParams.get('file') ?? '');
        response.writeHead(204).end();
      } else if (files.refuse > 0) {
        files.refuse -= 1;
        response.writeHead(503).end('{"code":"unavailable","message":"Try again."}');
      } else {
        const name = url.searchParams.get('name') ?? '';
        const type = FILE_TYPES[fileTypeOf(name, keysOf(FILE_TYPES)) ?? 'txt'].mime;
        const file = { id: randomUUID(), name, type, size: bytes.length };
        kept.set(file.id, { file, bytes });
        response.writeHead(200).end(JSON.stringify({ file }));
      }
    },
    send(pathname, response) {
      const found = kept.get(pathname.split('/').at(-1) ?? '');
      if (found === undefined) return false;
      response.setHeader('content-type', found.file.type);
      response.end(found.bytes);
      return true;
    },
  };
  return files;
}
