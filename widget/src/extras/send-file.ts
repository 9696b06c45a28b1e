/** Uploads one file over HTTP, because the socket carries text only, and reports its progress. */
import type { Chat } from '../chat/create-chat.ts';

/** `unreachable` without an answer, `empty` before it is sent, otherwise the server's code. */
export type FileFailure = string;

export interface Sending {
  /** Undefined once the server has saved the file. */
  readonly ended: Promise<FileFailure | undefined>;
  cancel(): void;
}

/** `id` stays the same for each attempt, so that the server saves the file once. */
export function sendFile(chat: Chat, id: string, file: File, onProgress: (share: number) => void): Sending {
  const { server, site, session } = chat.fileAccess();
  const request = new XMLHttpRequest();
  const ended = new Promise<FileFailure | undefined>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () => {
      const { ok, code }: { ok?: boolean; code?: string } = request.response ?? {};
      resolve(ok ? undefined : (code ?? 'unreachable'));
    };
    request.onerror = () => resolve('unreachable');
    request.onabort = () => resolve(undefined);
  });
  request.open('POST', `${server}/files?${new URLSearchParams({ site, id, name: file.name })}`);
  request.responseType = 'json';
  request.setRequestHeader('authorization', `Bearer ${session}`);
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.send(file);
  return { ended, cancel: () => request.abort() };
}

/** A file of this conversation; undefined when it can't be loaded. */
export async function fetchFile(chat: Chat, fileId: string): Promise<Blob | undefined> {
  const { server, site, session, conversationId } = chat.fileAccess();
  try {
    const response = await fetch(`${server}/files/${conversationId}/${fileId}?${new URLSearchParams({ site })}`, {
      headers: { authorization: `Bearer ${session}` },
      credentials: 'omit',
    });
    return response.ok ? await response.blob() : undefined;
  } catch {
    return undefined;
  }
}
