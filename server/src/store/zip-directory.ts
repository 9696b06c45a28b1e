/** Reads the directory of a zip archive on disk, which lists its parts, and the beginning of a part. */
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';

export interface ZipPart {
  readonly name: string;
  /**
   * The beginning of its content, as text.
   * @param bytes of its compressed content
   */
  beginning(bytes?: number): Promise<string>;
}

const END_MARK = 0x06054b50;
const ENTRY_MARK = 0x02014b50;
const PART_MARK = 0x04034b50;
const END_BYTES = 22;
const ENTRY_BYTES = 46;
const PART_BYTES = 30;
/** A comment at the end of an archive has up to 64 KB. */
const TAIL_BYTES = 64 * 1024 + END_BYTES;
/** The directory of an office document has a few hundred entries of about 100 bytes. */
const DIRECTORY_BYTES_MAX = 1024 * 1024;
const BEGINNING_BYTES = 4096;
const DEFLATED = 8;

const inflate = promisify(inflateRaw);

/** Undefined if the file is no archive, or one whose directory is not where it says. */
export async function readZipDirectory(file: FileHandle): Promise<ZipPart[] | undefined> {
  const { size } = await file.stat();
  const tail = await readAt(file, Math.max(0, size - TAIL_BYTES), Math.min(size, TAIL_BYTES));
  const end = tail.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || tail.length < end + END_BYTES || tail.readUInt32LE(end) !== END_MARK) return undefined;
  const [count, length, from] = [tail.readUInt16LE(end + 10), tail.readUInt32LE(end + 12), tail.readUInt32LE(end + 16)];
  if (length > DIRECTORY_BYTES_MAX || from + length > size) return undefined;
  const directory = await readAt(file, from, length);
  const parts: ZipPart[] = [];
  let at = 0;
  for (let n = 0; n < count; n++) {
    if (directory.length < at + ENTRY_BYTES || directory.readUInt32LE(at) !== ENTRY_MARK) return undefined;
    const nameBytes = directory.readUInt16LE(at + 28);
    const name = directory.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes);
    const [method, offset] = [directory.readUInt16LE(at + 10), directory.readUInt32LE(at + 42)];
    parts.push({ name, beginning: (bytes = BEGINNING_BYTES) => readBeginning(file, offset, method, bytes) });
    at += ENTRY_BYTES + nameBytes + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return parts;
}

/** Empty if there is no such part. */
async function readBeginning(file: FileHandle, offset: number, method: number, length: number): Promise<string> {
  const head = await readAt(file, offset, PART_BYTES);
  if (head.length < PART_BYTES || head.readUInt32LE(0) !== PART_MARK) return '';
  const bytes = await readAt(file, offset + PART_BYTES + head.readUInt16LE(26) + head.readUInt16LE(28), length);
  if (method !== DEFLATED) return bytes.toString('utf8');
  // The piece ends in the middle of the stream.
  const limits = { finishFlush: 2, maxOutputLength: 64 * length };
  return inflate(bytes, limits).then(
    (text) => text.toString('utf8'),
    () => '',
  );
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
