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
    return decodeAs(label, bytes, false) ?? decode('windows-1252', bytes, false);
  }
}

/** @returns undefined when there is no such encoding or, where it is `strict`, the bytes are not in it */
export function decodeAs(label: string, bytes: Uint8Array, strict = true): string | undefined {
  try {
    return decode(label, bytes, strict);
  } catch {
    return undefined;
  }
}

/** As a stream: Node 20 reads Windows-1252 in one piece as Latin-1, without the euro sign and curly quotes. */
function decode(label: string, bytes: Uint8Array, fatal: boolean): string {
  const decoder = new TextDecoder(label, { fatal });
  return decoder.decode(bytes, { stream: true }) + decoder.decode();
}
