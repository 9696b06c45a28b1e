/** A list of strings in shared memory, so that threads hand it over without copying. */

/** UTF-8 of all strings in a row; `ends[i]` is where string `i` ends; `slots` is a hash table of index + 1. */
export interface PackedStrings {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
  readonly slots: Uint32Array;
}

export interface StringTable {
  readonly size: number;
  at(index: number): string;
  /** -1 when absent; the first of equal strings. */
  indexOf(text: string): number;
}

export function packStrings(strings: readonly string[]): PackedStrings {
  const encoded = strings.map((text) => Buffer.from(text));
  const bytes = sharedBytes(encoded.reduce((sum, { length }) => sum + length, 0));
  const ends = sharedUint32(strings.length);
  const slots = sharedUint32(Math.max(2, 2 ** Math.ceil(Math.log2(strings.length * 2 + 1))));
  let end = 0;
  for (const [index, part] of encoded.entries()) {
    bytes.set(part, end);
    end += part.length;
    ends[index] = end;
    let slot = hashText(strings[index] ?? '') % slots.length;
    while (slots[slot] !== 0) slot = (slot + 1) % slots.length;
    slots[slot] = index + 1;
  }
  return { bytes, ends, slots };
}

export function openStrings({ bytes, ends, slots }: PackedStrings): StringTable {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const at = (index: number) => text.toString('utf8', ends[index - 1] ?? 0, ends[index] ?? 0);
  return {
    size: ends.length,
    at,
    indexOf(wanted) {
      for (let slot = hashText(wanted) % slots.length; ; slot = (slot + 1) % slots.length) {
        const index = (slots[slot] ?? 0) - 1;
        if (index < 0 || at(index) === wanted) return index;
      }
    },
  };
}

/** FNV-1a over UTF-16 units: an unsigned 32-bit number. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

export const sharedBytes = (length: number) => new Uint8Array(new SharedArrayBuffer(length));
export const sharedUint32 = (length: number) => new Uint32Array(new SharedArrayBuffer(length * 4));
export const sharedFloat32 = (length: number) => new Float32Array(new SharedArrayBuffer(length * 4));
