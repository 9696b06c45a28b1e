/** Decodes text of unknown encoding: a byte order mark, UTF-8, what an HTML or XML head names, otherwise Windows-1252. */

/** `utf-16` and the rest are labels of the Encoding standard; a wrong one falls back. */
const NAMED = /(?:charset|encoding)\s*=\s*["']?\s*([\w-]{2,40})/i;
/** Where a head names its encoding. */
const HEAD_BYTES = 2048;

export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const [, label = 'windows-1252'] = NAMED.exec(Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')) ?? [];
    return decodeAs(label, bytes) ?? new TextDecoder('windows-1252').decode(bytes);
  }
}

function decodeAs(label: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    return undefined; // no such encoding
  }
}
