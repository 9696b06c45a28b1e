/** Uploads one file with its progress, which `fetch` does not report. */

export interface FileUpload {
  readonly file: Blob;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** How much has been sent, 0 to 1. */
  readonly onShare: (share: number) => void;
  /** Cancels the upload. */
  readonly signal: AbortSignal;
}

/** Undefined when no response arrived. */
export function sendFile(url: string, upload: FileUpload): Promise<{ status: number; text: string } | undefined> {
  const request = new XMLHttpRequest();
  const answered = new Promise<{ status: number; text: string } | undefined>((resolve) => {
    request.upload.onprogress = ({ loaded, total }) => upload.onShare(total > 0 ? loaded / total : 0);
    request.onload = () => resolve({ status: request.status, text: request.responseText });
    request.onloadend = () => resolve(undefined);
  });
  upload.signal.addEventListener('abort', () => request.abort(), { once: true });
  request.open('POST', url);
  request.timeout = upload.timeoutMs;
  for (const [name, value] of Object.entries(upload.headers)) request.setRequestHeader(name, value);
  request.send(upload.file);
  return answered;
}
