/** Checks an agent's picture by its content, and keeps only what is needed to draw it: no place, camera, comment or animation. */
import { createHash } from 'node:crypto';
import { PICTURE_MAX_PX } from '@firstword/shared/agent-picture';

export interface PlainPicture {
  readonly type: 'png' | 'jpeg';
  readonly content: Buffer;
}
export type PictureOutcome =
  | ({ readonly kind: 'fine' } & PlainPicture)
  /** `type`: neither PNG nor JPEG; `broken`: it ends early or has no size; `too-large`: more pixels than allowed. */
  | { readonly kind: 'type' | 'broken' | 'too-large' };

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly parts: readonly Buffer[];
}

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG_START = Buffer.from([0xff, 0xd8]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** Size, palette, transparency, colours and pixels. All others, such as `eXIf`, `tEXt` and those of animations, are left out. */
const PNG_CHUNKS = new Set(['IHDR', 'PLTE', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'IDAT', 'IEND']);
/** Length, type and checksum. */
const CHUNK_FRAME = 12;

export function plainPicture(bytes: Buffer): PictureOutcome {
  const type = begins(bytes, PNG_SIGNATURE) ? 'png' : begins(bytes, JPEG_START) ? 'jpeg' : undefined;
  if (type === undefined) return { kind: 'type' };
  const drawing = type === 'png' ? readPng(bytes) : readJpeg(bytes);
  if (drawing === undefined || drawing.width < 1 || drawing.height < 1) return { kind: 'broken' };
  if (Math.max(drawing.width, drawing.height) > PICTURE_MAX_PX) return { kind: 'too-large' };
  return { kind: 'fine', type, content: Buffer.concat(drawing.parts) };
}

/** The same picture of two agents has two names, because each is deleted with its agent. */
export function pictureName(agentId: string, { type, content }: PlainPicture): string {
  const hash = createHash('sha256').update(`${agentId}\n`).update(content).digest('hex');
  return `${hash.slice(0, 32)}.${type}`;
}

function begins(bytes: Buffer, beginning: Buffer): boolean {
  return bytes.subarray(0, beginning.length).equals(beginning);
}

function readPng(bytes: Buffer): Drawing | undefined {
  const parts: Buffer[] = [PNG_SIGNATURE];
  let size = { width: 0, height: 0 };
  let at = PNG_SIGNATURE.length;
  while (at + CHUNK_FRAME <= bytes.length) {
    const end = at + CHUNK_FRAME + bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (end > bytes.length) return undefined;
    if (name === 'IHDR') {
      if (end - at !== CHUNK_FRAME + 13) return undefined;
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (PNG_CHUNKS.has(name)) parts.push(bytes.subarray(at, end));
    if (name === 'IEND') return { ...size, parts };
    at = end;
  }
  return undefined;
}

function readJpeg(bytes: Buffer): Drawing | undefined {
  const parts: Buffer[] = [JPEG_START];
  let size = { width: 0, height: 0 };
  let hasPixels = false;
  let at = JPEG_START.length;
  while (at + 4 <= bytes.length || isEnd(bytes, at)) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff) return undefined;
    if (marker === 0xff) {
      at += 1; // a fill byte
      continue;
    }
    if (isEnd(bytes, at)) return hasPixels ? { ...size, parts: [...parts, JPEG_END] } : undefined;
    const headEnd = at + 2 + bytes.readUInt16BE(at + 2);
    if (headEnd < at + 4 || headEnd > bytes.length) return undefined;
    if (isFrame(marker)) {
      if (headEnd - at < 9) return undefined;
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    }
    hasPixels ||= marker === 0xda;
    const end = marker === 0xda ? scanEnd(bytes, headEnd) : headEnd;
    if (!isMetadata(marker)) parts.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

const isEnd = (bytes: Buffer, at: number) => bytes[at] === 0xff && bytes[at + 1] === 0xd9;
/** Start of frame, whose number is the kind of compression; C4, C8 and CC are tables. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
/** Application data and comments. APP14 says how the colours are stored. */
const isMetadata = (marker: number) => (marker >= 0xe0 && marker <= 0xef && marker !== 0xee) || marker === 0xfe;

/** Where the pixels end that begin here: at the next marker that is neither an escaped byte nor a restart. */
function scanEnd(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1 && at + 1 < bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}
